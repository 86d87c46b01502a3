import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import { defaultSettings, patchStandards } from '../../src/model/settings.ts';
import { formatFor } from '../../src/report/format.ts';
import { labelIn } from '../../src/report/measure-labels.ts';
import { languages, messagesOf } from '../../src/report/messages.ts';
import { type CheckTranslation, shippedTranslations } from '../../src/report/translations.ts';
import { gapsOf, targets } from '../../tools/translations.ts';
import { catalogue } from '../support/catalogue.ts';

const inFull = (texts: Omit<CheckTranslation, 'of'>) => [texts.title, texts.failTitle, texts.why, texts.impact, ...texts.steps, texts.rollback].join('\n');

/** What a translation must not change: numbers, addresses, commands, placeholders, names of permissions. */
function fixed(text: string): string[] {
  return (
    text.match(/https:\/\/[^\s,]+|<[a-z-]+>|\b(?:Set|Get|New|Update|Remove|Connect)-[A-Z]\w+|\b[A-Z]\w+\.(?:Selected|ReadWrite|Read)\b|\b\d+\b/g) ?? []
  ).sort();
}

describe.each(targets)('checks in %s', (language) => {
  it('are all translated, from the English texts of today (npm run translations)', () => {
    expect(gapsOf(language, catalogue)).toEqual({ missing: [], stale: [], wordless: [], leftOver: [] });
  });

  it.each(catalogue.map(({ check }) => [check.id, check] as const))(
    '%s: says the same',
    (id, { title, failTitle, why, remediation: { impact, steps, rollback } }) => {
      const translation = shippedTranslations(language).get(id);
      // What is missing is told above, all at once.
      if (!translation) return;
      expect(translation.steps).toHaveLength(steps.length);
      expect(fixed(inFull(translation))).toEqual(fixed(inFull({ title, failTitle, why, impact, steps: [...steps], rollback })));
      for (const heading of [translation.title, translation.failTitle]) expect(heading).not.toMatch(/\.$/);
      expect(translation.title).not.toBe(translation.failTitle);
    },
  );
});

describe('labels of measures', () => {
  const now = new Date('2026-08-20T12:00:00Z');
  const measures = patchStandards.flatMap((patchStandard) =>
    takeMeasures({ evidence: new Map(), now, snapshot: loadSnapshot(), settings: { ...defaultSettings, patchStandard } }),
  );

  it.each(targets)('are known in %s, whatever the settings', (language) => {
    expect(measures.filter((measure) => labelIn(measure, formatFor(language)) === undefined).map(({ id, label }) => `${id}: ${label}`)).toEqual([]);
  });

  it('belong to a measure', () => {
    const ids = new Set(measures.map(({ id }) => id));
    const translated = [...messagesOf('en').keys()].flatMap((key) => /^measureLabels\.([\w-]+)/.exec(key)?.[1] ?? []);
    expect(translated.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('keep the values of the record', () => {
    const german = formatFor('de');
    expect(labelIn({ id: 'patch-coverage-today', label: 'Patch coverage, update of July 2026' }, german)).toBe('Updatestand, Update vom Juli 2026');
    expect(labelIn({ id: 'patch-coverage-today', label: 'Patch coverage' }, german)).toBe('Updatestand');
    expect(labelIn({ id: 'deadline-pci-dss', label: 'Updates installed in time: PCI DSS 6.3.3 (4.0.1), chosen' }, german)).toBe(
      'Rechtzeitig installierte Updates: PCI DSS 6.3.3 (4.0.1), gewählt',
    );
    expect(labelIn({ id: 'deadline-essential-eight-ml1', label: 'Updates installed in time: Essential Eight, maturity level 1 (November 2023)' }, german)).toBe(
      'Rechtzeitig installierte Updates: Essential Eight, Reifegrad 1 (November 2023)',
    );
    expect(labelIn({ id: 'patch-coverage-today', label: 'Coverage as an older version named it' }, german)).toBeUndefined();
    expect(labelIn({ id: 'of-my-own', label: 'Mine' }, german)).toBeUndefined();
  });
});

it('English needs no translation', () => {
  expect(targets).toEqual(languages.filter((language) => language !== 'en'));
});
