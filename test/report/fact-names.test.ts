import { expect, it } from 'vitest';
import { subjectName, toldFacts } from '../../src/report/fact-names.ts';
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

it('names that no tenant gives are told in the language of the page, others never', () => {
  const german = formatFor('de');
  const name = 'KB5083769 for Windows build 26100';
  expect(subjectName({ type: 'knowledgeBaseArticle', name }, 'critical-fix-overdue', german)).toBe('KB5083769 für Windows-Build 26100');
  expect(subjectName({ type: 'group', name }, 'critical-fix-overdue', german)).toBe(name);
  expect(subjectName({ type: 'updatePolicy', name: 'Policy p1' }, 'update-deployments-unmonitored', german)).toBe('Richtlinie p1');
  expect(subjectName({ type: 'device', name: 'more computers' }, 'secure-boot-certificates-old', german)).toBe('weitere Computer');
});
