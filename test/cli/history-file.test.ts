import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { complaintOf } from '../../src/cli/exit.ts';
import { usedHistory } from '../../src/cli/history-file.ts';
import { StoreError } from '../../src/store/store.ts';

let folder = '';
const said: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  said.length = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

type Settings = Parameters<typeof usedHistory>[1];
const settings = { config: {}, environment: {} } as Settings;
const file = () => join(folder, 'tidytenant.sqlite');

describe('the history in the default place', () => {
  it('is made', () => {
    usedHistory({}, settings, 'make')?.close();
    expect(existsSync(file())).toBe(true);
    expect(said).toEqual([]);
  });

  it('is told and done without where it cannot be written, though the folder can', async () => {
    await mkdir(file());
    expect(usedHistory({}, settings, 'make')).toBeUndefined();
    expect(said).toEqual([expect.stringMatching(/^No history is kept: .*tidytenant\.sqlite: cannot be opened/)]);
  });

  it('is an error where it is something else, which nobody may lose sight of', async () => {
    await writeFile(file(), 'my notes, which are no database at all');
    expect(() => usedHistory({}, settings, 'make')).toThrow('is not a history of tidytenant');
  });
});

describe('a history that somebody named', () => {
  it('must work', async () => {
    await mkdir(file());
    expect(() => usedHistory({ history: file() }, settings, 'make')).toThrow('cannot be opened');
  });
});

describe('a full disk', () => {
  it('is called so', () => {
    expect(complaintOf(new StoreError('run.json: cannot be written (ENOSPC).', false)).fix).toBe('Free some space, then run again.');
    expect(complaintOf(new StoreError('run.json: cannot be written (EACCES).', false)).fix).toBe('Check the path and its permissions.');
  });
});
