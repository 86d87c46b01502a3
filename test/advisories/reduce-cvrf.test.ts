import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCvrf } from '../../src/advisories/cvrf.ts';
import { monthOfDocument, reduceMonth } from '../../src/advisories/reduce-cvrf.ts';
import { acceptMonth } from '../../src/advisories/refusal.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { parseXml } from '../../src/lib/xml.ts';
import { MonthData } from '../../src/model/snapshot.ts';
import { cvrfJson, cvrfXml, manyCves, type SmallCve } from '../support/feed-documents.ts';

const cumulative = { build: '10.0.26100.8457', kb: '5089549' };
const hotpatch = { build: '10.0.26100.8390', kb: '5089466', type: 'SecurityHotpatchUpdate' };
const cves: SmallCve[] = [
  {
    id: 'CVE-2026-0002',
    severity: 'Critical',
    cvss: 9.8,
    exploited: true,
    fixes: { p24h2: cumulative, p24h2arm: cumulative, s2012: { build: '6.3.9600.1', kb: '1' } },
  },
  { id: 'CVE-2026-0001', cvss: 7.8, fixes: { p24h2: cumulative, s2025: { build: '10.0.26100.32860', kb: '5087539' } } },
  { id: 'CVE-2026-0003', published: '2026-05-14T23:30:00', fixes: { exchange: { build: '15.02.2562.043', kb: '5094139' } } },
  { id: 'CVE-2026-0004', fixes: { apps: { build: 'https://aka.ms/OfficeSecurityReleases', kb: 'Click to Run' } } },
  { id: 'CVE-2026-0005', fixes: { linux: { build: '1.0', kb: 'x' } } },
  { id: 'CVE-2026-0006', fixes: { p22h2: { build: '10.0.22631.7000', kb: '1' } } },
  { id: 'CVE-2026-0007', exploited: true, fixes: { exchange: null } },
];
const reduced = reduceMonth(readCvrf(cvrfJson('2026-May', cves)));

describe('a month document', () => {
  it('becomes one row per build, with the ids it fixes', () => {
    expect(reduced.fixes).toEqual([
      {
        ...{ build: 26100, revision: 8457, kb: 'KB5089549', server: false, hotpatch: false, cves: 2, critical: 1 },
        ...{ exploited: ['CVE-2026-0002'], ids: ['CVE-2026-0001', 'CVE-2026-0002'], criticalIds: ['CVE-2026-0002'] },
      },
      {
        ...{ build: 26100, revision: 32860, kb: 'KB5087539', server: true, hotpatch: false, cves: 1, critical: 0 },
        ...{ exploited: [], ids: ['CVE-2026-0001'], criticalIds: [] },
      },
    ]);
  });

  it('keeps date, rating, score and exploitation of each vulnerability, also before its fix', () => {
    expect(reduced.vulnerabilities).toEqual([
      { id: 'CVE-2026-0001', published: '2026-05-12', severity: 'important', cvss: 7.8, exploited: false },
      { id: 'CVE-2026-0002', published: '2026-05-12', severity: 'critical', cvss: 9.8, exploited: true },
      { id: 'CVE-2026-0003', published: '2026-05-14', severity: 'important', cvss: null, exploited: false },
      { id: 'CVE-2026-0004', published: '2026-05-12', severity: 'important', cvss: null, exploited: false },
      { id: 'CVE-2026-0006', published: '2026-05-12', severity: 'important', cvss: null, exploited: false },
      { id: 'CVE-2026-0007', published: '2026-05-12', severity: 'important', cvss: null, exploited: true },
    ]);
    expect(reduced).toMatchObject({ month: '2026-05', revised: '2026-06-01T08:00:00Z', count: 7, complete: true });
    expect(MonthData.parse(reduced)).toEqual(reduced);
  });

  it('keeps fixes of Office without a build, and of Exchange with its build', () => {
    expect(reduced.products).toEqual([
      { product: 'Microsoft 365 Apps for Enterprise', kb: null, build: null, ids: ['CVE-2026-0004'], criticalIds: [] },
      { product: 'Microsoft Exchange Server Subscription Edition RTM', kb: 'KB5094139', build: '15.02.2562.043', ids: ['CVE-2026-0003'], criticalIds: [] },
    ]);
  });

  it('tells of a build that does not fit its product, and does not keep it', () => {
    const told: string[] = [];
    reduceMonth(readCvrf(cvrfJson('2026-May', cves)), true, (_why, what) => told.push(what));
    expect(told).toEqual(['2026-05 Windows 11 Version 22H2 10.0.22631.7000']);
  });

  it.each(['Security Hotpatch Update', 'SecurityHotpatchUpdate', 'Security HotPatch Update'])('knows a hotpatch by "%s"', (type) => {
    const month = reduceMonth(readCvrf(cvrfJson('2026-May', [{ id: 'CVE-2026-0001', fixes: { p24h2: { ...hotpatch, type } } }])));
    expect(month.fixes).toMatchObject([{ revision: 8390, hotpatch: true }]);
  });

  it('reads the same from XML as from JSON', () => {
    expect(reduceMonth(readCvrf(cvrfXml('2026-May', cves)))).toEqual(reduced);
    expect(reduceMonth(readCvrf(`\ufeff${cvrfXml('2026-May', cves)}`))).toEqual(reduced);
  });

  it('does not depend on the order of its vulnerabilities', () => {
    expect(reduceMonth(readCvrf(cvrfJson('2026-May', cves.toReversed())))).toEqual(reduced);
  });

  it('rates a row by its own product', () => {
    const document = JSON.parse(
      cvrfJson('2026-May', [{ id: 'CVE-2026-0001', severity: 'Important', fixes: { p24h2: cumulative, apps: { build: '', kb: '' } } }]),
    );
    document.Vulnerability[0].Threats[1].Description.Value = 'Critical';
    const month = reduceMonth(readCvrf(JSON.stringify(document)));
    expect(month.fixes[0]).toMatchObject({ critical: 0, criticalIds: [] });
    expect(month.products[0]).toMatchObject({ criticalIds: ['CVE-2026-0001'] });
    expect(month.vulnerabilities[0]).toMatchObject({ severity: 'critical' });
  });
});

describe('a document that is refused', () => {
  const whole = cvrfJson('2026-May', cves);
  it.each([
    ['cut JSON', whole.slice(0, -40), 'it is not complete JSON'],
    ['cut XML', cvrfXml('2026-May', cves).slice(0, -400), 'it is not complete XML'],
    ['a web page', '<!DOCTYPE html><html><body>Sign in</body></html>', 'it is a web page'],
    ['a tidy web page', '<html><body>Sign in</body></html>', 'it is a web page'],
    ['another JSON', '{"value":[]}', 'it is not a CVRF document'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaa">]><cvrf:cvrfdoc>&a;</cvrf:cvrfdoc>', 'it is not complete XML'],
  ])('%s', (_what, text, why) => expect(() => readCvrf(text)).toThrow(why));

  const month = (id: string, count: number) => reduceMonth(readCvrf(cvrfJson(id, manyCves(count))));
  it('one of another month, an empty one, and one that lost more than a tenth', () => {
    expect(() => acceptMonth('2026-06', month('2026-May', 5), undefined)).toThrow('it is the document of 2026-05');
    expect(() => acceptMonth('2026-05', month('2026-May', 0), undefined)).toThrow('it has no vulnerabilities');
    expect(() => acceptMonth('2026-05', month('2026-May', 89), month('2026-May', 100))).toThrow('it has 89 vulnerabilities, and there were 100');
    expect(acceptMonth('2026-05', month('2026-May', 90), month('2026-May', 100)).count).toBe(90);
  });

  it('one that lost those of Windows only', () => {
    const linux = Array.from({ length: 100 }, (_, at): SmallCve => ({ id: `CVE-2026-${80_000 + at}`, fixes: { linux: { build: '1', kb: '1' } } }));
    expect(() => acceptMonth('2026-05', reduceMonth(readCvrf(cvrfJson('2026-May', linux))), month('2026-May', 20))).toThrow('of the products that are kept');
  });

  it('one against counted rows, where the document was not read before', () => {
    const counted = { ...month('2026-May', 50), count: null, vulnerabilities: [] };
    expect(() => acceptMonth('2026-05', month('2026-May', 44), counted)).toThrow('and there were 50');
    expect(acceptMonth('2026-05', month('2026-May', 45), counted).count).toBe(45);
  });
});

it('names months as MSRC does', () => {
  expect(monthOfDocument('2026-May')).toBe('2026-05');
  for (const wrong of ['2026-05', '2026-Mai', 'May-2026', '2026-May/..']) expect(() => monthOfDocument(wrong)).toThrow('names no month');
});

/** The real documents, where the checkout has them beside it. */
const feeds = fileURLToPath(new URL('../../../shared/advisories/feeds/msrc/', import.meta.url));
const real = ['2026-Feb', '2026-May'].map((id) => ({ id, path: `${feeds}${id}.trimmed.xml` }));
describe.skipIf(!real.every(({ path }) => existsSync(path)))('the shipped months whose documents are at hand (skipped where they are absent)', () => {
  const snapshot = loadSnapshot();
  it.each(real)('$id: every CVE and date equals the source', ({ id, path }) => {
    // Read a second way, so that the reduction is not compared with itself.
    const document = parseXml(readFileSync(path, 'utf8'));
    const within = (element: ReturnType<typeof parseXml>, name: string): (typeof element)[] =>
      element.children.flatMap((child) => (child.name === name ? [child] : within(child, name)));
    const sources = within(document, 'Vulnerability').map((element) => ({
      id: within(element, 'CVE')[0]?.text ?? '',
      published: within(within(element, 'RevisionHistory')[0] as typeof element, 'Date')
        .map(({ text }) => text.slice(0, 10))
        .sort()[0],
      scores: within(element, 'BaseScore').map(({ text }) => Number(text)),
      severities: within(element, 'Threat')
        .filter(({ attributes }) => attributes.Type === 'Severity')
        .map((threat) => within(threat, 'Description')[0]?.text.toLowerCase()),
      exploited: within(element, 'Threat').some((threat) => within(threat, 'Description')[0]?.text.includes('Exploited:Yes')),
      builds: within(element, 'FixedBuild').map(({ text }) => text),
    }));
    const month = monthOfDocument(id);
    const rows = snapshot.windows.fixes.filter((fix) => fix.month === month && fix.ids);
    const kept = new Set([
      ...rows.flatMap(({ ids }) => ids ?? []),
      ...snapshot.vulnerabilities.products.filter((row) => row.month === month).flatMap(({ ids }) => ids),
    ]);
    expect([...kept].sort()).toEqual(sources.map((source) => source.id).sort());
    for (const source of sources) {
      const entry = snapshot.vulnerabilities.entries.find((each) => each.id === source.id);
      expect(entry?.published, source.id).toBe(source.published);
      expect(entry?.cvss, source.id).toBe(source.scores.length > 0 ? Math.max(...source.scores) : null);
      expect(source.severities, source.id).toContain(entry?.severity);
      expect(entry?.exploited, source.id).toBe(source.exploited);
      const builds = rows.filter(({ ids }) => ids?.includes(source.id)).map((row) => `10.0.${row.build}.${row.revision}`);
      expect([...new Set(builds)].sort(), source.id).toEqual([...new Set(source.builds.filter((build) => build.startsWith('10.0.')))].sort());
    }
    expect(sources.length).toBeGreaterThan(30);
  });
});
