import { describe, expect, it } from 'vitest';
import { ageOf } from '../../src/advisories/age.ts';
import { bodTier, criticalSets } from '../../src/advisories/critical-sets.ts';
import { acceptIndex, monthsToRead, reduceIndex } from '../../src/advisories/msrc-index.ts';
import { newestParts } from '../../src/advisories/newest.ts';
import { reduceExchangeBuilds, reduceOfficeBuilds, reduceWindowsBuilds } from '../../src/advisories/reduce-builds.ts';
import { reduceCveRecord, reduceDeadlineTable, reduceEpss, reduceKev } from '../../src/advisories/reduce-cisa.ts';
import { reduceApple, reduceLifecycle } from '../../src/advisories/reduce-lifecycle.ts';
import { loadSnapshot, shippedParts } from '../../src/advisories/snapshot.ts';
import { parseXml } from '../../src/lib/xml.ts';
import type { AdvisoryFile } from '../../src/model/advisories.ts';
import type { MonthData, Parts } from '../../src/model/snapshot.ts';
import { cveRecordJson, indexJson, kevJson, listJson } from '../support/feed-documents.ts';

const windowsRow = { build: '26100.8457', os_type: 'client', release_date: '2026-05-12', kb_article: 'KB5089549', release_type: 'Standard' };

describe('the lists of builds', () => {
  it('become updates in the order of their lines', () => {
    const rows = [
      windowsRow,
      { ...windowsRow, build: '19045.5000', release_type: 'Hotpatch-OOB' },
      { ...windowsRow, os_type: 'server', build: '14393.9', release_date: '2026-06-09' },
    ];
    expect(reduceWindowsBuilds(listJson(rows))).toEqual({
      asOf: '2026-06-09',
      updates: [
        { build: 19045, revision: 5000, date: '2026-05-12', kb: 'KB5089549', kind: 'hotpatchOutOfBand', server: false },
        { build: 26100, revision: 8457, date: '2026-05-12', kb: 'KB5089549', kind: 'monthly', server: false },
        { build: 14393, revision: 9, date: '2026-06-09', kb: 'KB5089549', kind: 'monthly', server: true },
      ],
    });
  });

  it('leave out what is older than 2024, whatever form it has', () => {
    expect(reduceWindowsBuilds(listJson([windowsRow, { release_date: '2016-02-09', build: 'odd' }])).updates).toHaveLength(1);
  });

  it.each([
    ['a kind that is not known', listJson([{ ...windowsRow, release_type: 'Surprise' }]), 'another form'],
    ['a build without a revision', listJson([{ ...windowsRow, build: '26100' }]), 'another form'],
    ['no rows', listJson([]), 'it has no rows'],
    ['a web page', '<html></html>', 'it is a web page'],
    ['half of it', listJson([windowsRow]).slice(0, 50), 'it is not complete JSON'],
  ])('are refused with %s', (_what, text, why) => expect(() => reduceWindowsBuilds(text)).toThrow(why));

  it('of Office and Exchange keep channel, version and day', () => {
    const office = { release_date: '2026-08-11', channel: 'Current', build: '20228.20190', version: '2607', full_build: '16.0.20228.20190' };
    expect(reduceOfficeBuilds(listJson([office]))).toEqual({
      asOf: '2026-08-11',
      builds: [{ channel: 'Current', version: '2607', build: '20228.20190', date: '2026-08-11' }],
    });
    const exchange = { product_name: 'Exchange Server SE RTM Jun26SU', build: '15.2.2562.43', release_date: '2026-06-09' };
    expect(reduceExchangeBuilds(listJson([exchange])).builds).toEqual([{ product: exchange.product_name, build: '15.2.2562.43', date: '2026-06-09' }]);
  });
});

it('service dates come by version and edition', () => {
  const release = (name: string, latest: string | null, eolFrom: string | null, eoesFrom?: string) => ({
    name,
    eolFrom,
    eoesFrom,
    latest: latest ? { name: latest } : null,
  });
  const product = (releases: unknown[]) => JSON.stringify({ schema_version: '1.0.0', result: { releases } });
  const windows = product([
    release('11-24h2-e', '10.0.26100', '2027-10-12'),
    release('11-24h2-iot-lts', '10.0.26100', '2034-10-10'),
    release('10-22h2', '10.0.19045', '2025-10-14', '2028-10-10'),
    release('10-1507', '10.0.10240', '2017-05-09'),
    release('7-sp1', '6.1.7601', '2023-01-10'),
    release('12-next', null, null),
  ]);
  expect(reduceLifecycle(windows, product([release('2025', '10.0.26100', '2034-11-14'), release('23h2-ac', '10.0.25398', '2025-10-24')]))).toEqual([
    { name: '11 24H2', build: 26100, edition: 'enterprise', endOfService: '2027-10-12' },
    { name: '11 24H2', build: 26100, edition: 'iot', endOfService: '2034-10-10' },
    { name: '10 22H2', build: 19045, edition: 'all', endOfService: '2025-10-14', extendedUntil: '2028-10-10' },
    { name: 'Server 2025', build: 26100, edition: 'server', endOfService: '2034-11-14' },
    { name: 'Server, version 23H2', build: 25398, edition: 'server', endOfService: '2025-10-24' },
  ]);
  expect(() => reduceLifecycle(product([]), product([]))).toThrow('no version');
});

it('the pages of Apple systems become major versions with their newest one', () => {
  const page = (...releases: object[]) => JSON.stringify({ result: { releases } });
  const release = (name: string, more: object = {}) => ({
    ...{ name, releaseDate: '2025-09-15', isEol: false, eolFrom: null, latest: { name: `${name}.6.1`, date: '2026-08-17' }, ...more },
  });
  const mac = page(
    release('26'),
    release('13', { isEol: true, eolFrom: '2025-09-15' }),
    release('12', { isEol: true }),
    release('9', { isEol: true, eolFrom: '2020-01-01' }),
    release('10.15', { isEol: true, eolFrom: '2026-01-01' }),
    release('27', { latest: null }),
  );
  expect(reduceApple([{ platform: 'macOS', text: mac }])).toEqual([
    { platform: 'macOS', major: 26, released: '2025-09-15', latest: '26.6.1', date: '2026-08-17', endOfService: null },
    { platform: 'macOS', major: 13, released: '2025-09-15', latest: '13.6.1', date: '2026-08-17', endOfService: '2025-09-15' },
  ]);
  expect(() => reduceApple([{ platform: 'iOS', text: page() }])).toThrow('no version of iOS');
});

describe('what CISA says', () => {
  const row = { id: 'CVE-2026-0001', added: '2026-06-12', due: '2026-06-15', action: 'Follow BOD 26-04 guidance.', ransomware: 'Known' };
  it('of exploitation keeps the dates and the directive', () => {
    expect(reduceKev(kevJson([row, { ...row, id: 'CVE-2025-0001', vendor: 'Contoso', action: 'Patch.', ransomware: 'Unknown' }], '2026-08-21'))).toEqual({
      asOf: '2026-08-21',
      scope: 'all',
      entries: [
        { id: 'CVE-2026-0001', vendor: 'Microsoft', product: 'Windows', added: '2026-06-12', due: '2026-06-15', ransomware: true, directive: 'BOD 26-04' },
        { id: 'CVE-2025-0001', vendor: 'Contoso', product: 'Windows', added: '2026-06-12', due: '2026-06-15', ransomware: false, directive: null },
      ],
    });
  });

  it('is refused where rows are missing', () => {
    expect(() => reduceKev(kevJson([row], '2026-08-21').replace('"count":1', '"count":2'))).toThrow('announces 2 rows and has 1');
    expect(() => reduceKev(kevJson([], '2026-08-21'))).toThrow('has 0');
  });

  it('of one vulnerability is taken from its own container only', () => {
    expect(reduceCveRecord(cveRecordJson('CVE-2026-0001', 'yes', 'total'), 'CVE-2026-0001')).toEqual({
      id: 'CVE-2026-0001',
      automatable: true,
      technicalImpact: 'total',
    });
    expect(reduceCveRecord(cveRecordJson('CVE-2026-0001', 'perhaps', 'odd'), 'CVE-2026-0001')).toMatchObject({ automatable: null, technicalImpact: null });
    const foreign = cveRecordJson('CVE-2026-0001', 'yes', 'total').replace('CISA-ADP', 'other-ADP');
    expect(reduceCveRecord(foreign, 'CVE-2026-0001')).toMatchObject({ automatable: null, technicalImpact: null });
    expect(() => reduceCveRecord(foreign, 'CVE-2026-0002')).toThrow('another vulnerability');
  });

  it('of deadlines is one row per answer', () => {
    const { rows } = shippedParts().bod2604;
    expect(
      new Set(rows.map(({ inKev, publiclyExposed, automatable, technicalImpact }) => `${inKev} ${publiclyExposed} ${automatable} ${technicalImpact}`)).size,
    ).toBe(16);
    expect(rows.filter(({ days }) => days === 3)).toHaveLength(5);
    expect(rows.filter(({ forensics }) => forensics)).toHaveLength(3);
    expect(() => reduceDeadlineTable('[]')).toThrow();
  });
});

it('scores of FIRST are numbers', () => {
  const text = JSON.stringify({ status: 'OK', data: [{ cve: 'CVE-2026-0001', epss: '0.90001', percentile: '0.99', date: '2026-08-21' }] });
  expect(reduceEpss(text)).toEqual({ asOf: '2026-08-21', scores: [{ id: 'CVE-2026-0001', score: 0.900_01, percentile: 0.99 }] });
});

describe('the index of MSRC', () => {
  const listed = reduceIndex(
    indexJson({
      '2026-May': '2026-06-01T00:00:00Z',
      '2026-Apr': '2026-04-30T00:00:00Z',
      '2026-Mar': '2026-03-30T00:00:00Z',
      'ADV-old': '2026-01-01T00:00:00Z',
    }),
  );
  const month = (id: string, revised: string | null, complete = true) => ({ month: id, revised, complete }) as MonthData;
  it('tells which months to read, newest first', () => {
    expect(listed.map(({ month: id }) => id)).toEqual(['2026-03', '2026-04', '2026-05']);
    const held = [month('2026-03', '2026-03-30T00:00:00Z'), month('2026-04', '2026-04-30T00:00:00Z', false), month('2026-05', '2026-05-30T00:00:00Z')];
    expect(monthsToRead(listed, held, 13).map(({ id }) => id)).toEqual(['2026-May', '2026-Apr']);
    expect(monthsToRead(listed, held, 1).map(({ id }) => id)).toEqual(['2026-May']);
    expect(monthsToRead(listed, [], 13)).toHaveLength(3);
  });
  it('is refused where it lists nothing, or lost a month', () => {
    expect(() => reduceIndex(indexJson({}))).toThrow('lists no month');
    expect(() => acceptIndex(listed, [month('2026-06', '2026-06-30T00:00:00Z')])).toThrow('it no longer lists 2026-06');
    expect(acceptIndex(listed, [month('2024-01', null)])).toEqual(listed);
  });
});

describe('the newer of shipped and renewed', () => {
  const shipped = shippedParts();
  const file = <P extends 'kev' | 'vulnerabilities' | 'ssvc'>(part: P, data: NonNullable<Parts[P]>) => ({
    [part]: { part, data } as unknown as AdvisoryFile<P>,
  });
  it('is taken part by part', () => {
    expect(newestParts(shipped, {})).toEqual(shipped);
    const later = { ...shipped.kev, asOf: '2026-11-01' };
    expect(newestParts(shipped, file('kev', later)).kev).toBe(later);
    expect(newestParts(shipped, file('kev', { ...later, asOf: '2026-01-01' })).kev).toBe(shipped.kev);
    expect(newestParts(shipped, file('ssvc', { asOf: '2026-01-01', points: [] })).ssvc).toEqual({ asOf: '2026-01-01', points: [] });
  });
  it('and of vulnerabilities month by month', () => {
    const [may] = shipped.vulnerabilities.months.filter(({ month }) => month === '2026-05') as [MonthData];
    const whole = { ...may, complete: true, revised: '2026-01-01T00:00:00Z' };
    const { vulnerabilities } = newestParts(shipped, file('vulnerabilities', { asOf: '2026-01-01', months: [whole] }));
    expect(vulnerabilities.asOf).toBe(shipped.vulnerabilities.asOf);
    expect(vulnerabilities.months.find(({ month }) => month === '2026-05')).toBe(whole);
    expect(vulnerabilities.months).toHaveLength(shipped.vulnerabilities.months.length);
  });
});

describe('the four critical sets', () => {
  const snapshot = loadSnapshot();
  const sets = criticalSets(snapshot, new Date('2026-08-22T00:00:00Z'));
  it('stay apart', () => {
    // Rated important, in KEV.
    expect(sets('CVE-2026-21510', false)).toMatchObject({
      microsoft: false,
      cvss: false,
      kev: true,
      threeDays: true,
      tier: { days: 3, forensics: true, assumed: ['automatable', 'technicalImpact'] },
    });
    expect(sets('CVE-2026-41096', false)).toMatchObject({ microsoft: true, cvss: true, kev: false, threeDays: false, tier: { days: 60 } });
  });
  it('say nothing of what the data does not hold', () => expect(sets('CVE-1999-0001', false)).toMatchObject({ microsoft: null, cvss: null, kev: null }));
  it('count a listing from the day it was made', () =>
    expect(criticalSets(snapshot, new Date('2026-02-01T00:00:00Z'))('CVE-2026-21510', false).kev).toBe(false));
  it('follow the table where the questions are answered', () => {
    const { rows } = snapshot.bod2604;
    for (const row of rows) expect(bodTier(rows, row.inKev, row.publiclyExposed, row)).toEqual({ days: row.days, forensics: row.forensics, assumed: [] });
    expect(bodTier(rows, true, false, { automatable: false, technicalImpact: null })).toEqual({ days: 14, forensics: false, assumed: ['technicalImpact'] });
    expect(bodTier(rows, null, true, undefined)).toEqual({ days: 3, forensics: true, assumed: ['inKev', 'automatable', 'technicalImpact'] });
  });
});

it.each([
  ['2026-07-18', 'fresh'],
  ['2026-07-17', 'old'],
  ['2026-06-13', 'old'],
  ['2026-06-12', 'tooOld'],
] as const)('data of %s is %s on 22 August', (asOf, age) => {
  expect(ageOf('windows', asOf, new Date('2026-08-22T12:00:00Z')).age).toBe(age);
  expect(ageOf('bod2604', asOf, new Date('2026-08-22T12:00:00Z')).age).toBe('fixed');
  expect(ageOf('epss', null, new Date('2026-08-22T12:00:00Z')).age).toBe('absent');
});

describe('XML', () => {
  it('gives elements, attributes and text', () => {
    expect(parseXml('<?xml version="1.0"?><a:r x="1&lt;"><!-- c --><b y=\'2\'/>t&#x41;<![CDATA[<&]]></a:r>')).toEqual({
      name: 'r',
      attributes: { x: '1<' },
      children: [{ name: 'b', attributes: { y: '2' }, children: [], text: '' }],
      text: 'tA<&',
    });
  });
  it.each([
    '',
    '<a>',
    '<a></b>',
    '</a>',
    '<a/><b/>',
    'x<a/>',
    '<a>&nbsp;</a>',
    '<a>&amp</a>',
    '<!DOCTYPE a><a/>',
    '<a x=1/>',
    `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`,
  ])('refuses %s', (text) => expect(() => parseXml(text)).toThrow());
});
