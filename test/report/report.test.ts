import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../src/model/run-record.ts';
import { formats, renderReport } from '../../src/report/report.ts';
import { manyFindings, sampleRun } from '../support/sample-run.ts';

describe('renderReport', () => {
  it('names its documents', () => {
    expect([...renderReport(sampleRun(), formats)].map(({ fileName }) => fileName)).toEqual([
      'report.html',
      'run.json',
      'findings.csv',
      'report.md',
      'retirements.ics',
      'retirements.csv',
    ]);
  });

  it('renders each format once, in the order asked', () => {
    expect([...renderReport(sampleRun(), ['csv', 'html', 'csv'])].map(({ fileName }) => fileName)).toEqual(['findings.csv', 'report.html']);
  });

  it('refuses an unknown word and lists the known ones', () => {
    expect(() => renderReport(sampleRun(), ['pdf'])).toThrow(
      new RangeError('Unknown report format "pdf". Known formats: html, json, csv, md, ics, retirements.'),
    );
  });

  it('gives the same documents twice', () => {
    expect(renderReport(sampleRun(), formats)).toEqual(renderReport(sampleRun(), formats));
  });

  it('writes a run record that reads back unchanged', () => {
    const [json] = renderReport(sampleRun(), ['json']);
    expect(RunRecord.parse(JSON.parse(json?.content ?? ''))).toEqual(sampleRun());
  });

  it('holds an anchor for every check of the run, once', () => {
    const [page] = renderReport(sampleRun(), ['html']);
    const ids = [...(page?.content ?? '').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    for (const { check } of sampleRun().results) expect(ids).toContain(check);
  });

  it('points every inner link at something', () => {
    const [page] = renderReport(sampleRun(), ['html']);
    const ids = new Set([...(page?.content ?? '').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...(page?.content ?? '').matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it('shows the remark of a pass beside its title, as text', () => {
    const run = sampleRun();
    const remark = 'Tolerated as emergency accounts: <b>ada</b>@contoso.com.';
    const results = run.results.map((result) => (result.check === 'mfa-not-required-admins' ? { ...result, because: remark } : result));
    const [page] = renderReport({ ...run, results }, ['html']);
    expect(page?.content).toContain('5 examined. <span lang="en">Tolerated as emergency accounts: &lt;b&gt;ada&lt;/b&gt;@contoso.com.</span></small>');
    expect(page?.content).not.toContain('<b>ada</b>');
  });

  it.each([1, 20, 100, 391])('stays under a megabyte with 50,000 findings of %i checks', (checks) => {
    const [page] = renderReport(manyFindings(50_000, checks), ['html']);
    expect(Buffer.byteLength(page?.content ?? '')).toBeLessThan(1_000_000);
  });
});
