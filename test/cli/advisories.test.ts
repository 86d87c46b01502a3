import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedParts } from '../../src/advisories/snapshot.ts';
import { renewParts } from '../../src/cli/advisories.ts';
import type { Outcome } from '../../src/cli/advisories-update.ts';
import { readAdvisoryData } from '../../src/cli/advisory-data.ts';
import type { Parts } from '../../src/model/snapshot.ts';
import { cveRecord } from '../../src/sources/feeds/addresses.ts';
import { createFeedSource } from '../../src/sources/feeds/feeds.ts';
import { saveAdvisory } from '../../src/store/advisories.ts';
import { cveRecordJson, cvrfJson, indexJson, kevJson, listJson, manyCves } from '../support/feed-documents.ts';
import { type FeedReply, type FeedsServer, startFeeds } from '../support/feeds-server.ts';
import { tidytenant } from '../support/tidytenant.ts';

const shipped = shippedParts();
const msrc = 'api.msrc.microsoft.com/cvrf/v3.0';
const lists = 'raw.githubusercontent.com/altrhombus/DataForGeeks/main/content/ms';
const kevPath = 'www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
const now = new Date('2026-09-10T12:00:00Z');
const exploited = 'CVE-2026-90000';

let feeds: FeedsServer;
let folder: string;

beforeEach(async () => {
  feeds = await startFeeds();
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-feeds-'));
  calm();
});
afterEach(async () => {
  await feeds.close();
  await rm(folder, { recursive: true, force: true });
});

function reply(path: string, body: string | FeedReply | (() => FeedReply)): void {
  feeds.replies.set(path, typeof body === 'string' ? { body } : body);
}

/** Months the index lists: those whose documents ship, and a newer one. */
const months = { '2026-Feb': '2026-07-05T00:00:00Z', '2026-May': '2026-07-05T00:00:00Z', '2026-Sep': '2026-09-09T00:00:00Z' };

/** Every feed as it should be: what ships, and a month more. */
function calm(): void {
  const kinds: Record<string, string> = {
    monthly: 'Standard',
    preview: 'Preview',
    outOfBand: 'Out-of-band',
    hotpatch: 'Hotpatch',
    hotpatchOutOfBand: 'Hotpatch-OOB',
  };
  const windows = shipped.windows.updates.map((each) => ({
    ...{ build: `${each.build}.${each.revision}`, os_type: each.server ? 'server' : 'client', release_date: each.date },
    ...{ kb_article: each.kb, release_type: kinds[each.kind] },
  }));
  const next = { build: '26100.9999', os_type: 'client', release_date: '2026-09-08', kb_article: 'KB5999999', release_type: 'Standard' };
  reply(`${lists}/win/buildnumbers.json`, listJson([...windows, next]));
  reply(`${lists}/apps/buildnumbers.json`, listJson(shipped.office.builds.map(({ date, ...rest }) => ({ ...rest, release_date: date }))));
  reply(
    `${lists}/exchange/buildnumbers.json`,
    listJson(shipped.exchange.builds.map(({ date, product, build }) => ({ product_name: product, build, release_date: date }))),
  );
  const rows = shipped.kev.entries.map(({ id, added, due }) => ({ id, added, due }));
  reply(kevPath, kevJson([{ id: exploited, added: '2026-09-09', due: '2026-09-12' }, ...rows], '2026-09-09'));
  const release = (name: string, end: string, latest: string) => ({ name, eolFrom: end, latest: { name: latest } });
  const versions = shipped.lifecycle.versions.filter(({ edition }) => edition !== 'server');
  reply(
    'endoflife.date/api/v1/products/windows/',
    JSON.stringify({ result: { releases: versions.map((each) => release(`11-${each.name.slice(3)}-e`, each.endOfService, `10.0.${each.build}`)) } }),
  );
  const servers = shipped.lifecycle.versions.filter(({ edition }) => edition === 'server');
  reply(
    'endoflife.date/api/v1/products/windows-server/',
    JSON.stringify({ result: { releases: servers.map((each) => release(each.name, each.endOfService, `10.0.${each.build}`)) } }),
  );
  for (const platform of ['macOS', 'iOS', 'iPadOS']) {
    const cycles = shipped.apple.cycles.filter((each) => each.platform === platform);
    const releases = cycles.map(({ major, released, latest, date, endOfService }) => ({
      ...{ name: `${major}`, releaseDate: released, isEol: endOfService !== null, eolFrom: endOfService, latest: { name: latest, date } },
    }));
    reply(`endoflife.date/api/v1/products/${platform.toLowerCase()}/`, JSON.stringify({ result: { releases } }));
  }
  reply(`${msrc}/updates`, indexJson(months));
  for (const id of ['2026-Feb', '2026-May']) reply(`${msrc}/cvrf/${id}`, cvrfJson(id, manyCves(120)));
  reply(`${msrc}/cvrf/2026-Sep`, cvrfJson('2026-Sep', manyCves(100), '2026-09-09T00:00:00'));
  for (const id of [exploited, ...shipped.kev.entries.map((entry) => entry.id)]) reply(pathOf(id), cveRecordJson(id, 'no', 'total'));
  reply('api.first.org/data/v1/epss', JSON.stringify({ data: [{ cve: exploited, epss: '0.5', percentile: '0.9', date: '2026-09-10' }] }));
}

function pathOf(id: string): string {
  return new URL(cveRecord(id).url).href.replace('https://', '');
}

async function update(at = now, force = false): Promise<Record<string, Outcome>> {
  const source = createFeedSource({ endpoint: feeds.endpoint, userAgent: 'test', limits: { request: 700, retries: 1, backoff: 1, longestWait: 50 } });
  const { files, parts } = await readAdvisoryData(folder);
  const context = { source, files, parts, now: at, force, signal: new AbortController().signal, save: (file: never) => saveAdvisory(folder, file) };
  feeds.asked.length = 0;
  const outcomes = await renewParts(context, () => {});
  await source.close();
  return Object.fromEntries(outcomes.map((outcome) => [outcome.part, outcome]));
}

async function parts(): Promise<Parts> {
  return (await readAdvisoryData(folder)).parts;
}

function states(outcomes: Record<string, Outcome>): Record<string, string> {
  return Object.fromEntries(Object.entries(outcomes).map(([part, { state }]) => [part, state]));
}

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe('an update', () => {
  it('renews every part, and the next one asks only what may have changed', async () => {
    const first = await update();
    expect(first).toMatchObject({ windows: { detail: 'data of 2026-09-08, 608 rows' }, vulnerabilities: { detail: '3 months read, data of 2026-09-09' } });
    expect(new Set(Object.values(states(first)))).toEqual(new Set(['renewed']));
    const renewed = await parts();
    expect(renewed.windows.asOf).toBe('2026-09-08');
    expect(renewed.kev.entries[0]).toMatchObject({ id: exploited, due: '2026-09-12' });
    expect(renewed.ssvc?.points).toContainEqual({ id: exploited, automatable: false, technicalImpact: 'total' });
    // Only for what is exploited and followed.
    expect(renewed.ssvc?.points.every(({ id }) => renewed.kev.entries.some((entry) => entry.id === id))).toBe(true);
    expect(renewed.vulnerabilities.months.find(({ month }) => month === '2026-09')).toMatchObject({ complete: true, count: 100 });
    expect(renewed.vulnerabilities.months.find(({ month }) => month === '2024-01')).toEqual(shipped.vulnerabilities.months[0]);

    // At once: nobody is asked again.
    expect(new Set(Object.values(states(await update(later(1)))))).toEqual(new Set(['recent', 'unchanged']));
    expect(feeds.asked).toEqual([]);

    // A day later: everybody says that nothing changed, and no month document is read.
    const third = await update(later(24));
    expect(third).toMatchObject({
      windows: { state: 'unchanged' },
      kev: { state: 'unchanged' },
      lifecycle: { state: 'unchanged' },
      vulnerabilities: { state: 'unchanged' },
    });
    expect(feeds.asked.filter((path) => path.includes('/cvrf/2026'))).toEqual([]);
    expect((await parts()).vulnerabilities.asOf).toBe('2026-09-09');
    expect((await parts()).windows.asOf).toBe('2026-09-08');
  });

  it('reads a month only when the index says that it was revised', async () => {
    await update();
    reply(`${msrc}/updates`, indexJson({ ...months, '2026-May': '2026-09-11T00:00:00Z' }));
    expect(await update(later(24))).toMatchObject({ vulnerabilities: { state: 'renewed', detail: '1 month read, data of 2026-09-11' } });
    expect(feeds.asked.filter((path) => path.includes('/cvrf/2026'))).toEqual([`${msrc}/cvrf/2026-May`]);
  });

  it('gives the same data for the same documents, and leaves no half file', async () => {
    await update();
    const before = await parts();
    await update(now, true);
    expect(await parts()).toEqual(before);
    expect((await readdir(folder)).sort()).toEqual([
      'apple.json',
      'epss.json',
      'exchange.json',
      'kev.json',
      'lifecycle.json',
      'office.json',
      'ssvc.json',
      'vulnerabilities.json',
      'windows.json',
    ]);
  });
});

describe('a feed that misbehaves is not believed, and the others are renewed', () => {
  const lost = cvrfJson('2026-Sep', manyCves(80));
  it.each<[string, string, FeedReply, string, string]>([
    ['a month that is cut', `${msrc}/cvrf/2026-Sep`, { body: lost.slice(0, 900) }, 'vulnerabilities', '2026-09 refused: it is not complete JSON'],
    [
      'another month',
      `${msrc}/cvrf/2026-Sep`,
      { body: cvrfJson('2026-Aug', manyCves(80)) },
      'vulnerabilities',
      '2026-09 refused: it is the document of 2026-08',
    ],
    [
      'a month without vulnerabilities',
      `${msrc}/cvrf/2026-Sep`,
      { body: cvrfJson('2026-Sep', []) },
      'vulnerabilities',
      '2026-09 refused: it has no vulnerabilities',
    ],
    ['a month as a web page', `${msrc}/cvrf/2026-Sep`, { body: '<!doctype html><html>' }, 'vulnerabilities', '2026-09 refused: it is a web page'],
    [
      'a month that shrank',
      `${msrc}/cvrf/2026-May`,
      { body: cvrfJson('2026-May', manyCves(81)) },
      'vulnerabilities',
      '2026-05 refused: it has 81 vulnerabilities, and there were 91',
    ],
    [
      'an index that lost months',
      `${msrc}/updates`,
      { body: indexJson({ '2026-Sep': '2026-09-09T00:00:00Z' }) },
      'vulnerabilities',
      'it no longer lists 2026-02 and 2026-05',
    ],
    [
      'an index of last year',
      `${msrc}/updates`,
      { body: indexJson({ '2026-Feb': '2026-06-01T00:00:00Z', '2026-May': '2026-06-01T00:00:00Z' }) },
      'vulnerabilities',
      'it ends 2026-06-01',
    ],
    ['a web page', `${msrc}/updates`, { body: '<html></html>' }, 'vulnerabilities', 'it is a web page'],
    [
      'half a catalog',
      kevPath,
      { body: kevJson([{ id: exploited, added: '2026-09-09', due: '2026-09-12' }], '2026-09-09') },
      'kev',
      'it has 1 rows, and there were 385',
    ],
    [
      'a catalog of yesterday',
      kevPath,
      {
        body: kevJson(
          shipped.kev.entries.map(({ id, added, due }) => ({ id, added, due })),
          '2026-01-01',
        ),
      },
      'kev',
      'it ends 2026-01-01',
    ],
    ['a list of another form', `${lists}/win/buildnumbers.json`, { body: '{"data":[{"release_date":"2026-09-08"}]}' }, 'windows', 'another form'],
    ['a cut list', `${lists}/apps/buildnumbers.json`, { body: '{"data":[' }, 'office', 'it is not complete JSON'],
  ])('%s', async (_what, path, answer, part, why) => {
    reply(path, answer);
    const outcomes = await update();
    expect(outcomes[part]).toMatchObject({ state: 'refused', detail: expect.stringContaining(why) });
    expect(Object.entries(states(outcomes)).filter(([, state]) => state === 'refused')).toEqual([[part, 'refused']]);
    const after = await parts();
    if (part !== 'vulnerabilities') expect(after[part as keyof Parts]).toEqual(shipped[part as keyof Parts]);
  });

  it.each<[string, FeedReply]>([
    ['throttles', { status: 429, headers: { 'retry-after': '600' } }],
    ['fails', { status: 503 }],
    ['hangs', { hang: true }],
    ['breaks off', { body: Buffer.from('{"data":['), cutAfter: 4 }],
    ['is gone', { status: 404 }],
  ])('a host that %s', async (_what, answer) => {
    reply(kevPath, answer);
    expect(await update()).toMatchObject({
      kev: { state: 'unreachable', detail: expect.stringContaining('What was there before stays.') },
      windows: { state: 'renewed' },
    });
    expect((await parts()).kev).toEqual(shipped.kev);
  });

  it('a month that is owed is asked for next time, and until then the data is no younger', async () => {
    reply(`${msrc}/cvrf/2026-Sep`, { body: lost.slice(0, 900) });
    await update();
    expect((await parts()).vulnerabilities.asOf).toBe(shipped.vulnerabilities.asOf);
    calm();
    expect(await update(later(1))).toMatchObject({ vulnerabilities: { state: 'renewed', detail: '1 month read, data of 2026-09-09' } });
    expect((await parts()).vulnerabilities.asOf).toBe('2026-09-09');
  });

  it('an old month that is refused keeps its data and holds nothing up', async () => {
    reply(`${msrc}/cvrf/2026-Feb`, { status: 200, body: cvrfJson('2026-Feb', manyCves(3)) });
    expect(await update()).toMatchObject({ vulnerabilities: { state: 'refused' } });
    const { vulnerabilities } = await parts();
    expect(vulnerabilities.asOf).toBe('2026-09-09');
    expect(vulnerabilities.months.find(({ month }) => month === '2026-02')).toEqual(shipped.vulnerabilities.months.find(({ month }) => month === '2026-02'));
  });

  it('a host that stops answering is not asked for the other months', async () => {
    for (const id of Object.keys(months)) reply(`${msrc}/cvrf/${id}`, { status: 404 });
    expect(await update()).toMatchObject({
      vulnerabilities: { state: 'unreachable', detail: expect.stringContaining('2026-09, 2026-05 and 2026-02 not read') },
    });
    expect(feeds.asked.filter((path) => path.includes('/cvrf/2026'))).toHaveLength(1);
  });
});

it("CISA's answers that are owed are asked for again after a week, and three silent records are enough", async () => {
  reply(pathOf(exploited), JSON.stringify({ cveMetadata: { cveId: exploited }, containers: { cna: {} } }));
  expect(await update()).toMatchObject({ ssvc: { state: 'renewed' } });
  expect(await update(later(6 * 24))).toMatchObject({ ssvc: { state: 'unchanged' } });
  reply(pathOf(exploited), cveRecordJson(exploited, 'yes', 'partial'));
  expect(await update(later(7 * 24))).toMatchObject({ ssvc: { state: 'renewed', detail: '1 record read' } });
  expect((await parts()).ssvc?.points).toContainEqual({ id: exploited, automatable: true, technicalImpact: 'partial' });

  await rm(join(folder, 'ssvc.json'));
  for (const { id } of shipped.kev.entries) feeds.replies.delete(pathOf(id));
  expect(await update(later(8 * 24))).toMatchObject({ ssvc: { state: 'unreachable', detail: expect.stringContaining('1 of ') } });
  expect(feeds.asked.filter((path) => path.includes('cvelistV5'))).toHaveLength(4);
});

describe('the command', () => {
  const env = () => ({ TIDYTENANT_FEEDS_ENDPOINT: feeds.endpoint });
  it('renews, says what it did, and status tells how old each part is', async () => {
    const done = await tidytenant(['advisories', 'update', '--to', join(folder, 'data')], env(), folder);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/vulnerabilities\s+renewed\s+3 months read/);
    const status = await tidytenant(['advisories', 'status', '--json'], { TIDYTENANT_ADVISORIES: join(folder, 'data') }, folder);
    const { parts: told, folder: where } = JSON.parse(status.stdout);
    expect(where).toBe(join(folder, 'data'));
    expect(told.find(({ part }: { part: string }) => part === 'kev')).toMatchObject({
      asOf: '2026-09-09',
      from: 'renewed',
      checkedAt: expect.stringMatching(/Z$/),
      sources: [{ licence: 'CC0-1.0' }],
    });
    expect(told.find(({ part }: { part: string }) => part === 'retirements')).toMatchObject({ from: 'shipped' });
    const text = await tidytenant(['advisories'], { TIDYTENANT_ADVISORIES: join(folder, 'data') }, folder);
    expect(text).toMatchObject({ code: 0 });
    expect(text.stdout).toMatch(/Deadlines of CISA BOD 26-04 +2026-07-20 does not age +shipped/);
  });

  it('goes by the config file, and without one by the data folder of the user', async () => {
    await writeFile(join(folder, 'tidytenant.yaml'), 'advisories: ./from-config\n');
    const status = async (extra: Record<string, string>) => JSON.parse((await tidytenant(['advisories', 'status', '--json'], extra, folder)).stdout).folder;
    expect(await status({})).toBe(join(folder, 'from-config'));
    expect(await status({ TIDYTENANT_ADVISORIES: '/elsewhere' })).toBe('/elsewhere');
    await rm(join(folder, 'tidytenant.yaml'));
    expect(await status({})).toBe(join(folder, '.local', 'share', 'tidytenant', 'advisories'));
    expect(await status({ XDG_DATA_HOME: '/data' })).toBe('/data/tidytenant/advisories');
  });

  it('ends with 65 where data was refused, with 69 where a feed was not reached', async () => {
    reply(kevPath, { status: 404 });
    const unreached = await tidytenant(['advisories', 'update', '--to', join(folder, 'a'), '--json'], env(), folder);
    expect(unreached.code).toBe(69);
    expect(JSON.parse(unreached.stdout).outcomes.find(({ part }: Outcome) => part === 'kev')).toMatchObject({ state: 'unreachable' });
    reply(`${lists}/win/buildnumbers.json`, '<html></html>');
    const refused = await tidytenant(['advisories', 'update', '--to', join(folder, 'b')], env(), folder);
    expect(refused.code).toBe(65);
    expect(refused.stdout).toMatch(/windows +refused +the answer was refused: it is a web page\. What was there before stays\./);
  });

  it.each([
    ['http://feeds.example', 64, 'not an https address'],
    ['nonsense', 64, 'not an https address'],
  ])('does not read from %s', async (endpoint, code, what) => {
    const outcome = await tidytenant(['advisories', 'update', '--to', join(folder, 'x')], { TIDYTENANT_FEEDS_ENDPOINT: endpoint }, folder);
    expect(outcome).toMatchObject({ code, stderr: expect.stringContaining(what) });
  });

  it('says which file is damaged, and what to do', async () => {
    await update();
    const path = join(folder, 'kev.json');
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 100));
    const damaged = await tidytenant(['advisories', 'status'], { TIDYTENANT_ADVISORIES: folder }, folder);
    expect(damaged).toMatchObject({ code: 65, stderr: expect.stringContaining(`${path}: is not JSON.`) });
    const scan = await tidytenant(['scan', '--sandbox', '--only', 'devices-jailbroken'], { TIDYTENANT_ADVISORIES: folder }, folder);
    expect(scan).toMatchObject({ code: 65, stderr: expect.stringContaining('Delete the file') });
    // What another version wrote is left alone.
    await writeFile(path, '{"schemaVersion":99,"part":"kev"}');
    expect(await tidytenant(['advisories', 'status'], { TIDYTENANT_ADVISORIES: folder }, folder)).toMatchObject({ code: 0 });
  });

  it('scans judge by the renewed data, and the run says of when it is', async () => {
    await update();
    const asOf = async (extra: Record<string, string>) => {
      await tidytenant(['scan', '--sandbox', '--only', 'devices-jailbroken', '--out', 'run', '--format', 'json', '--fail-on', 'none'], extra, folder);
      return JSON.parse(await readFile(join(folder, 'run', 'run.json'), 'utf8')).advisoriesAsOf;
    };
    expect(await asOf({})).toBe('2026-07-06');
    expect(await asOf({ TIDYTENANT_ADVISORIES: folder })).toBe(shipped.office.asOf);
  });
});
