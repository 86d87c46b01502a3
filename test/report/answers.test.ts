import { describe, expect, it } from 'vitest';
import { buildView } from '../../src/report/view.ts';
import { textsOf } from '../support/page-texts.ts';
import { pictureMeasures } from '../support/picture-measures.ts';
import { textOf } from '../support/rendered.ts';
import { sampleRun } from '../support/sample-run.ts';

const run = sampleRun({ measures: pictureMeasures() });
const view = buildView(run);
const facts = (number: number) => Object.fromEntries(view.answers[number - 1]?.facts.map(({ label, value }) => [label, value]) ?? []);

describe('the first page', () => {
  it('answers each question in one sentence', () => {
    for (const locale of ['en-GB', 'de-DE'])
      for (const { sentence } of buildView(run, { locale }).answers) expect(sentence.replace(/\d\. /g, '').match(/[.!?](\s|$)/g), sentence).toHaveLength(1);
  });

  it('says in words which part of a question is not known', () => {
    expect(facts(1)).toEqual({ Now: '72 %', 'After 7 days': '37 % to 45.6 %', 'After 14 days': 'Not known', 'After 30 days': 'Not known' });
    expect(facts(3)).toMatchObject({ 'Tested on a few first': 'No', 'Can be taken back': 'Not known' });
  });

  it('tells the time to patch, how sure that is, and that the open holes are the least', () => {
    expect(view.answers[1]).toMatchObject({
      figure: '9 days',
      sentence: 'Half of the fixes for holes that criminals already use were installed within 9 days of their release.',
      caveat: 'Lower confidence: the data end on 6 July 2026',
    });
    expect(facts(2)).toMatchObject({ 'Holes that criminals use': '7.4 days to 9 days', 'Critical holes': 'Not known', 'Exposed today': 'at least 5 devices' });
  });

  it('answers what was patched from the ledger', () => {
    expect(view.answers[3]).toMatchObject({
      figure: '142 updates',
      sentence: 'In the 30 days before this scan, 142 updates were seen installed on 118 computers and phones.',
    });
    expect(facts(4)).toEqual({ 'Devices updated': '118', 'Known holes closed': 'at least 7', 'Of these used by criminals': 'Not known' });
  });

  it('never calls an open hole none where the data may lack some', () => {
    const measures = pictureMeasures().map((each) => (each.id === 'open-exploited-exposure' ? { ...each, value: 0 } : each));
    expect(buildView({ ...run, measures }).answers[1]?.facts.find(({ label }) => label === 'Exposed today')?.value).toBe('none known');
  });

  it('gives the reason where nothing is known, and no row of empty fields', () => {
    const because = 'One scan shows what is installed today, not since when: that takes a history of scans.';
    const measures = pictureMeasures().map(({ id, label, unit }) => ({ id, label, unit, value: null, because }));
    for (const locale of ['en-GB', 'de-DE']) {
      const [coverage, time] = buildView({ ...run, measures, results: [], checks: [] }, { locale }).answers;
      for (const answer of [coverage, time]) expect(answer).toMatchObject({ tone: 'unknown', facts: [], picture: null });
      expect(time?.sentence).toContain(locale === 'en-GB' ? 'further scans will tell' : 'weitere Scans');
    }
  });

  it('prints no number that is none in either language', async () => {
    for (const locale of ['en-GB', 'de-DE']) {
      const page = await textOf('html', run, { locale, previous: sampleRun({ finishedAt: '2026-07-20T12:00:00Z' }) });
      expect(
        textsOf(page)
          .map(({ text }) => text)
          .join('\n'),
      ).not.toMatch(/NaN|Infinity|\bnull\b|undefined/);
    }
  });
});

describe('patching', () => {
  const worst = view.patching.worst;

  it('lists the worst devices with owner and what they lack, and leads to the finding', () => {
    const update = { ...run.results.find(({ check }) => check === 'update-rings-not-tiered'), check: 'update-rings-not-tiered', verdict: 'fail' as const };
    const found = { ...update, findings: [{ subject: { type: 'managedDevice', id: 'device-3', name: 'PC-3' }, message: 'Late.' }] };
    const linked = buildView({ ...run, results: run.results.map((each) => (each.check === found.check ? found : each)) }).patching.worst;
    expect(linked?.rows[3]).toMatchObject({ name: 'PC-3', user: 'anna@contoso.example', behind: '4 months', missing: '555', check: 'update-rings-not-tiered' });
    expect(worst?.rows[3]?.check).toBeNull();
  });

  it('says what is not known of a device', () => {
    expect(worst?.rows[1]?.user).toBe('Nobody named');
    expect(worst?.rows[2]?.behind).toBe('not known');
    const bare = pictureMeasures().map((each) => {
      const rows = each.table?.rows.map((row) => row.map((cell, nth) => (nth >= 9 && nth <= 13 ? null : nth === 14 ? 0 : cell)));
      return each.id === 'worst-devices' && each.table && rows ? { ...each, table: { ...each.table, rows } } : each;
    });
    expect(buildView({ ...run, measures: bare }).patching.worst?.rows[0]).toMatchObject({ missing: 'not known', sets: [], days: 'none known' });
    expect(worst?.rows[0]?.sets[1]).toEqual({ label: 'CVSS 9.0 and more', value: 'not known' });
    expect(worst?.rows.map(({ service }) => service).slice(0, 3)).toEqual(['out of service since 14 October 2025', 'out of service since long ago', '']);
    expect([worst?.rows.length, worst?.rest.length]).toEqual([10, 2]);
  });
});

describe('measures', () => {
  it('stand under the question they answer, with range and confidence', () => {
    expect(view.measured.parts.map(({ title }) => title)).toEqual([
      'Patch state',
      'Time to patch and exposure',
      'Roll-out',
      'What was installed',
      'Access',
      'Other figures',
    ]);
    const [coverage, after] = view.measured.parts[0]?.rows ?? [];
    expect(after).toMatchObject({ value: '37 %', share: '37 of 100', range: '37 % to 45.6 %', lowerConfidence: true });
    expect(coverage?.table?.rows).toHaveLength(32);
    expect(view.measured.parts[1]?.rows[0]).toMatchObject({ moreRows: '10 more rows are in run.json.' });
  });

  it('that are not known stand together by reason', () => {
    expect(view.measured.unknown.map(({ labels }) => labels.length)).toEqual([1, 1]);
    expect(view.measured.unknownCount).toBe(2);
    expect(view.measured.unknown[0]?.reason).toBe('One scan shows what is installed today, not since when; further scans will tell');
  });

  it('have German names for what the record calls in English', () => {
    const german = buildView(run, { locale: 'de-DE' });
    expect(german.measured.parts[0]?.rows.map(({ label }) => label)).toContain('Updatestand 7 Tage nach Erscheinen');
    expect(german.answers.map(({ question }) => question).join()).not.toMatch(/\b(the|what|which)\b/i);
  });
});
