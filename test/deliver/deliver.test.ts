import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError, deliverDocuments } from '../../src/deliver/deliver.ts';

const documents = [
  { fileName: 'report.html', content: '<!doctype html>' },
  { fileName: 'run.json', content: '{"ü":1}' },
];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deliver-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function failure(promise: Promise<unknown>): Promise<DeliveryError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

describe('deliverDocuments', () => {
  it('writes every document and says where', async () => {
    const receipts = await deliverDocuments(documents, join(folder, 'out', 'deep'));
    expect(receipts.map(({ fileName, bytes }) => [fileName, bytes])).toEqual([
      ['report.html', 15],
      ['run.json', 8],
    ]);
    expect(await readFile(receipts[1]?.path ?? '', 'utf8')).toBe('{"ü":1}');
  });

  it('writes a document that is made while it is written', async () => {
    function* lines() {
      for (let nth = 0; nth < 50_000; nth += 1) yield `ü ${nth}\n`;
    }
    const [receipt] = await deliverDocuments([{ fileName: 'lines.txt', content: lines() }], folder);
    const whole = Buffer.from([...lines()].join(''));
    expect((await readFile(receipt?.path ?? '')).equals(whole)).toBe(true);
    expect(receipt?.bytes).toBe(whole.length);
    expect(await readdir(folder)).toEqual(['lines.txt']);
  });

  it.skipIf(process.platform === 'win32')('lets nobody but the owner read them', async () => {
    const out = join(folder, 'out');
    const [receipt] = await deliverDocuments(documents, out);
    expect((await stat(out)).mode & 0o777).toBe(0o700);
    expect((await stat(receipt?.path ?? '')).mode & 0o777).toBe(0o600);
  });

  it('replaces an older document and leaves no draft behind', async () => {
    await writeFile(join(folder, 'report.html'), 'old', { mode: 0o644 });
    await deliverDocuments(documents, folder);
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('<!doctype html>');
    expect((await readdir(folder)).sort()).toEqual(['report.html', 'run.json']);
  });

  it('says in one line that the folder cannot be made, and what to do', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await failure(deliverDocuments(documents, join(folder, 'file', 'out')));
    expect(error.message).toBe(`Cannot write to ${join(folder, 'file', 'out')}: a part of the path is a file.`);
    expect(error.hint).toContain('--out');
    expect(error.delivered).toEqual([]);
  });

  it('keeps what was written before the one that failed', async () => {
    await mkdir(join(folder, 'run.json'));
    const error = await failure(deliverDocuments(documents, folder));
    expect(error.message).not.toContain('\n');
    expect(error.delivered.map(({ fileName }) => fileName)).toEqual(['report.html']);
    expect((await readdir(folder)).sort()).toEqual(['report.html', 'run.json']);
  });

  it.each(['../escape.html', 'a/b.html', '', '..'])('refuses the file name %j', async (fileName) => {
    await failure(deliverDocuments([{ fileName, content: 'x' }], folder));
    expect(await readdir(folder)).toEqual([]);
  });
});
