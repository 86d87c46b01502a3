import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packedNames } from '../../src/report/name-index.ts';
import { judgedOf } from '../../src/report/view-judged.ts';
import { checkMeta, finding, sampleRun } from '../support/sample-run.ts';

function judgedWith(names: Record<string, readonly string[]>) {
  const checks = Object.keys(names).map((id) => checkMeta({ id }));
  const results = Object.entries(names).map(([check, list]) => ({ check, verdict: 'fail' as const, findings: list.map((name, at) => finding(`${at}`, name)) }));
  return judgedOf(sampleRun({ checks, results, controls: [] }));
}

const unpacked = (packed: string) => inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8');

describe('the names a page carries without printing them', () => {
  it('are none where all are printed', () => {
    expect(packedNames(judgedWith({ a: ['Ada', 'Bo'] }))(2)).toBe('');
  });

  it('are listed once, and by their places per check', () => {
    const packed = packedNames(judgedWith({ a: ['Ada', 'Cy', 'Bo', 'Cy'], b: ['x', 'Bo'], c: ['Ada'] }))(1);
    expect(unpacked(packed)).toBe('Bo\nCy\n\na 0 1\nb 0');
  });

  it('stay one line each whatever they hold, and nameless entries need none', () => {
    const packed = packedNames(judgedWith({ a: ['first', 'two\n\nlines', '', '\u202egnp.exe'] }))(1);
    expect(unpacked(packed)).toBe('two lines\n\ufffdgnp.exe\n\na 0 1');
  });
});
