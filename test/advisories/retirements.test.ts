import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { retirementEntries, retirementsAsOf } from '../../src/advisories/retirements.ts';

it('ships the whole list with its date, ids once', () => {
  expect(retirementsAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(retirementEntries.length).toBeGreaterThan(170);
  expect(new Set(retirementEntries.map((entry) => entry.id)).size).toBe(retirementEntries.length);
});

it('names only checks that exist, and decides many retirements by them', () => {
  const files = readdirSync(new URL('../../checks', import.meta.url), { recursive: true, encoding: 'utf8' });
  const ids = new Set(files.map((file) => file.replaceAll('\\', '/').split('/').at(-1)?.replace(/\.ts$/, '')));
  const decided = retirementEntries.filter((entry) => entry.checks !== undefined);
  expect(decided.filter((entry) => entry.checks?.some((check) => !ids.has(check)))).toEqual([]);
  expect(decided.length).toBeGreaterThanOrEqual(40);
});

it('has no title with a full stop and no entry without a place to look', () => {
  expect(retirementEntries.filter((entry) => entry.title.endsWith('.') || !entry.needs)).toEqual([]);
});
