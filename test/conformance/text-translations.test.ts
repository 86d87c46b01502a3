import { describe, expect, it } from 'vitest';
import { judgeRetirements } from '../../src/advisories/retirement-radar.ts';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import type { CheckResult, RetirementRecord } from '../../src/model/run-record.ts';
import { formatFor } from '../../src/report/format.ts';
import { retirementTextsIn } from '../../src/report/retirement-texts.ts';
import { shippedTexts } from '../../src/report/shipped-texts.ts';
import { type Source, textGaps, textSources } from '../../tools/text-translations.ts';
import { targets } from '../../tools/translations.ts';

const { retirements, datasets } = await textSources();
const now = new Date('2026-08-20T12:00:00Z');
const nothingWrong = { missing: [], stale: [], leftOver: [] };

/** What a translation must not change: numbers, addresses, paths of an interface, commands, names of permissions. */
const untouched = [
  /https:\/\/[^\s,]+/,
  /\/(?:v1\.0|beta)\/[^\s,;]+/,
  /\b(?:Get|Set|New|Update|Remove|Connect|Search|Revoke)-[A-Z]\w+/,
  /\b[A-Z]\w+\.(?:Selected|ReadWrite|Read)\b/,
  /\b(?:KB|CVE-|MC)[\d-]+/,
  /\b\d+\b/,
];
const anyOfThem = new RegExp(untouched.map(({ source }) => source).join('|'), 'g');

function fixed(texts: object): string[] {
  return (Object.values(texts).flat().join('\n').match(anyOfThem) ?? []).sort();
}

const shape = ({ texts }: Source) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Array.isArray(text) ? text.length : 1]));

describe.each(targets)('retirements in %s', (language) => {
  const translated = shippedTexts(language, 'retirements');

  it('are all translated, from the English texts of today (npm run translations)', () => {
    expect(retirements.map(({ id }) => id).sort()).toEqual(retirementEntries.map(({ id }) => id));
    expect(textGaps(language, 'retirements', retirements)).toEqual(nothingWrong);
  });

  it.each(retirements.map((source) => [source.id, source] as const))('%s: says the same', (id, source) => {
    const { of = '', ...texts } = translated.get(id) ?? {};
    if (!of) return;
    expect(shape({ ...source, texts })).toEqual(shape(source));
    expect(fixed(texts)).toEqual(fixed(source.texts));
    expect(translated.get(id)?.title).not.toMatch(/\.$/);
  });

  it('may have one text for two entries only where the English is one too', () => {
    const english = new Map(retirements.map(({ id, texts }) => [id, texts as Record<string, unknown>]));
    const pairs = [...translated].map(([id, { title, breaks }]) => [`${english.get(id)?.title}`, title, `${english.get(id)?.breaks}`, breaks] as const);
    for (const at of [0, 2] as const) expect(new Set(pairs.map((each) => each[at + 1])).size).toBe(new Set(pairs.map((each) => each[at])).size);
  });
});

describe.each(targets)('datasets in %s', (language) => {
  it('are all translated, from the English of today', () => {
    expect(textGaps(language, 'datasets', datasets)).toEqual(nothingWrong);
  });

  it.each(datasets.map(({ id, texts }) => [id, texts] as const))('%s: says the same', (id, texts) => {
    const about = shippedTexts(language, 'datasets').get(id)?.about ?? '';
    expect(fixed({ about })).toEqual(fixed(texts));
    expect(about).toMatch(/\.$/);
  });
});

describe.each(targets)('reasons of retirements in %s', (language) => {
  const run = { results: [], datasets: [] };
  const texts = retirementTextsIn(formatFor(language), run);
  const isKnown = (record: RetirementRecord) => texts(record).langs.because !== 'en';
  const all = (results: readonly CheckResult[]) => judgeRetirements(retirementEntries, { results, now }).filter(({ because }) => because);

  it('are known where nothing was judged', () => {
    const records = all([]);
    expect(records).toHaveLength(retirementEntries.length);
    expect(records.filter((record) => !isKnown(record)).map(({ id, because }) => `${id}: ${because}`)).toEqual([]);
  });

  it('are known where the checks found nothing, and where they have nothing to look at', () => {
    const checks = [...new Set(retirementEntries.flatMap(({ checks: ids = [] }) => ids))];
    for (const verdict of ['pass', 'notApplicable'] as const) {
      const records = all(checks.map((check) => ({ check, verdict })));
      expect(records.filter((record) => !isKnown(record)).map(({ id, because }) => `${id}: ${because}`)).toEqual([]);
    }
  });

  it('are known of posts that the list does not know', () => {
    const posts = [
      { id: 'MC9999991', title: 'Something ends', tags: ['Retirement'], lastModifiedDateTime: '2026-08-01T00:00:00Z' },
      { id: 'MC9999992', title: 'Do something', actionRequiredByDateTime: '2026-10-01T00:00:00Z' },
    ];
    const records = judgeRetirements([], { results: [], posts, now });
    expect(records.map(isKnown)).toEqual([true, true]);
    expect(records.map((record) => texts(record).langs.title)).toEqual(['en', 'en']);
    for (const record of records) expect(texts(record).because).toContain(record.messageCenterIds[0]);
  });
});
