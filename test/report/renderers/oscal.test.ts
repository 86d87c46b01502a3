import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/model/run-record.ts';
import { token } from '../../../src/report/oscal-text.ts';
import { emptyRun, hostileRun } from '../../support/hostile-run.ts';
import { textOf } from '../../support/rendered.ts';
import { sampleRun } from '../../support/sample-run.ts';
import { oscalSchema } from '../../support/schemas/oscal.ts';
import { officialValidator, validator } from '../../support/schemas/validate.ts';

interface Result {
  'reviewed-controls': {
    'control-selections': { description: string; 'include-controls'?: { 'control-id': string }[]; 'exclude-controls'?: { 'control-id': string }[] }[];
  };
  observations?: { uuid: string; title: string; props: { name: string; value: string }[]; subjects?: { remarks: string }[] }[];
  risks?: { uuid: string; title: string; status: string; props: { name: string; value: string }[] }[];
  findings?: { target: { 'target-id': string; status: { state: string } }; 'related-observations'?: object[]; 'related-risks'?: object[] }[];
}
interface Document {
  'assessment-results': { uuid: string; results: [Result] };
}

const complaints = validator(oscalSchema);
const official = officialValidator('oscal_assessment-results_schema.json');

async function documentOf(run: RunRecord): Promise<Document> {
  const document = JSON.parse(await textOf('oscal', run)) as Document;
  expect(complaints(document)).toEqual([]);
  if (official) expect(official(document)).toEqual([]);
  return document;
}

/** Every value of one of the keys, wherever it stands. */
function valuesOf(value: unknown, matches: (key: string) => boolean): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (typeof each === 'string' && matches(key) ? [each] : valuesOf(each, matches)));
}

describe('oscal-assessment-results.json', () => {
  it.each([
    ['of every verdict', sampleRun()],
    ['in which everything is hostile', hostileRun()],
    ['without checks', emptyRun()],
    ['with checks of no page', sampleRun({ checks: sampleRun().checks.map((check) => ({ ...check, references: [] })) })],
  ])('is valid for a run %s; every id stands for one thing, every reference leads to one', async (_name, run) => {
    const document = await documentOf(run);
    const defined = valuesOf(document, (key) => key === 'uuid');
    expect(new Set(defined).size).toBe(defined.length);
    const references = valuesOf(document, (key) => key.endsWith('-uuid'));
    expect(references.filter((uuid) => !defined.includes(uuid))).toEqual([]);
    const plan = valuesOf(document['assessment-results'], (key) => key === 'href').filter((href) => href.startsWith('#'));
    expect(plan.map((href) => defined.includes(href.slice(1)))).toEqual([true]);
  });

  it('calls a control satisfied or not only where it was judged', async () => {
    const [result] = (await documentOf(sampleRun()))['assessment-results'].results;
    expect(result.findings?.map(({ target }) => [target['target-id'], target.status.state])).toEqual([
      ['CISA-SCuBA_MS.AAD.10.1v1', 'satisfied'],
      ['CISA-SCuBA_MS.AAD.2.1v1', 'not-satisfied'],
    ]);
    const selections = result['reviewed-controls']['control-selections'];
    expect(selections.map((each) => each['include-controls']?.length)).toEqual([undefined, 2]);
    expect(selections[0]?.['exclude-controls']).toEqual([{ 'control-id': 'CIS-M365-7.0_5.2.2.3' }]);
  });

  it('observes every check, and names what was found with it', async () => {
    const [{ observations = [] }] = (await documentOf(sampleRun()))['assessment-results'].results;
    expect(observations).toHaveLength(sampleRun().results.length);
    const verdicts = observations.map(({ props }) => props.find(({ name }) => name === 'verdict')?.value);
    expect(new Set(verdicts)).toEqual(new Set(['pass', 'fail', 'manual', 'notApplicable', 'notLicensed', 'error']));
    const apps = observations.find(({ title }) => title === 'Some apps can make themselves administrator');
    expect(apps?.subjects?.map(({ remarks }) => remarks.slice(0, 12))).toEqual(['Payroll brid', 'Old scanner ']);
  });

  it('makes a risk of what failed: open, or deviated from where all of it was accepted', async () => {
    const [{ risks = [] }] = (await documentOf(sampleRun()))['assessment-results'].results;
    expect(risks.map(({ status }) => status)).toEqual(['open', 'open', 'open', 'deviation-approved']);
    expect(risks[3]?.props.map(({ name, value }) => `${name} ${value}`)).toContain('accepted-by Maria Keller');
  });

  it('keeps the ids of risks and of what they concern from run to run', async () => {
    const [first, later] = await Promise.all([documentOf(sampleRun()), documentOf(sampleRun({ startedAt: '2026-09-01T08:00:00Z' }))]);
    const risks = (document: Document) => document['assessment-results'].results[0].risks?.map(({ uuid }) => uuid);
    expect(risks(later)).toEqual(risks(first));
    expect(later['assessment-results'].uuid).not.toBe(first['assessment-results'].uuid);
  });

  it('lets no name become markup', async () => {
    const document = await textOf('oscal', hostileRun());
    const titles = valuesOf(JSON.parse(document), (key) => ['title', 'description', 'remarks', 'statement'].includes(key));
    for (const title of titles) expect(title).not.toMatch(/<(script|img|svg|a)\b|(?<!\\)\]\(/i);
  });
});

describe('token', () => {
  it.each([
    ['CIS M365 7.0_5.2.2.3', 'CIS-M365-7.0_5.2.2.3'],
    ['5.1', '_5.1'],
    ['<a> b', '_-a-b'],
    ['ä/ö', 'ä-ö'],
  ])('of %j is %j', (from, to) => {
    expect(token(from)).toBe(to);
  });
});
