import { expect, it } from 'vitest';
import { toldFacts } from '../../src/report/fact-names.ts';
import { formatFor } from '../../src/report/format.ts';
import { cellWords } from '../../src/report/measure-words.ts';

it('facts without a word are not told, those that say no or nought are', () =>
  expect(toldFacts({ retirements: '', devices: 0, approved: false, version: '1' })).toEqual([
    ['devices', 0],
    ['approved', false],
    ['version', '1'],
  ]));

it('codes and lists of codes are told in the language of the page', () => {
  const german = formatFor('de');
  expect(cellWords('CVE-2026-1, CVE-2026-2 and 3 more', { id: 'cves' }, german)).toBe('CVE-2026-1, CVE-2026-2 und 3 weitere');
  expect(german.tell('10 deferral + 7 deadline + unset grace', { as: 'fact' }).text).toBe('10 Verzögerung + 7 Frist + nicht gesetzte Toleranzzeit');
  expect(german.tell('automatable and technicalImpact', { as: 'fact' }).text).toBe('automatisierbar und technische Auswirkung');
  expect(german.tell('Windows, iOS and iPadOS, macOS, Android', { as: 'fact' }).text).toBe('Windows, iOS und iPadOS, macOS, Android');
});
