import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SourceFault } from '../../src/sources/fault.ts';
import { cveRecord, epssBatch, epssScores, kevCatalog, msrcMonth } from '../../src/sources/feeds/addresses.ts';
import { createFeedSource, type FeedSource, type Validators } from '../../src/sources/feeds/feeds.ts';
import { type FeedReply, type FeedsServer, startFeeds } from '../support/feeds-server.ts';

const path = 'www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json';
const never = new AbortController().signal;
let feeds: FeedsServer;
let source: FeedSource;

beforeAll(async () => {
  feeds = await startFeeds();
  source = createFeedSource({ endpoint: feeds.endpoint, userAgent: 'tidytenant/test', limits: { request: 1_500, retries: 2, backoff: 5, longestWait: 2_000 } });
});
afterAll(async () => {
  await source.close();
  await feeds.close();
});
beforeEach(() => {
  feeds.replies.clear();
  feeds.asked.length = 0;
  feeds.requests.length = 0;
});

function read(known?: Validators, bytes = kevCatalog.bytes) {
  return source.read({ ...kevCatalog, bytes }, known, never);
}

async function faultOf(reply: FeedReply, bytes?: number) {
  feeds.replies.set(path, reply);
  const error = await read(undefined, bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SourceFault);
  return (error as SourceFault).fault;
}

it('reads a document, and next time only whether it changed', async () => {
  feeds.replies.set(path, { body: '{"a":1}', headers: { 'last-modified': 'Fri, 21 Aug 2026 17:46:43 GMT' } });
  const first = await read();
  if (!first.changed) throw new Error('unchanged at the first reading');
  expect(first.text).toBe('{"a":1}');
  expect(feeds.requests[0]?.headers).toMatchObject({ 'user-agent': 'tidytenant/test', accept: 'application/json', 'accept-encoding': 'gzip' });
  expect(await read(first.validators)).toEqual({ changed: false });
  expect(feeds.requests[1]?.headers).toMatchObject({ 'if-none-match': first.validators.etag, 'if-modified-since': 'Fri, 21 Aug 2026 17:46:43 GMT' });
  feeds.replies.set(path, { body: '{"a":2}' });
  expect(await read(first.validators)).toMatchObject({ changed: true, text: '{"a":2}' });
});

it('knows the same body again where the host gives no validator', async () => {
  feeds.replies.set(path, () => ({ body: '{"a":1}', headers: { etag: String(Math.random()) } }));
  const first = await read();
  expect(first.changed && (await read({ sha256: first.validators.sha256 }))).toEqual({ changed: false });
});

it.each([429, 503])('asks again after %i, and waits as long as it is told', async (status) => {
  let left = 1;
  feeds.replies.set(path, () => (left-- > 0 ? { status, headers: { 'retry-after': '1' } } : { body: '{}' }));
  const began = performance.now();
  expect(await read()).toMatchObject({ changed: true, text: '{}' });
  expect(performance.now() - began).toBeGreaterThan(950);
});

it('gives up where a host asks for more patience than there is', async () => {
  expect(await faultOf({ status: 429, headers: { 'retry-after': '3600' } })).toMatchObject({ reason: 'throttled' });
  expect(feeds.asked).toHaveLength(1);
});

it('asks three times, and says then what was wrong', async () => {
  expect(await faultOf({ status: 500, body: 'secret words of the host' })).toEqual({
    reason: 'unavailable',
    detail: 'The KEV catalog of CISA: the host answered 500.',
    fix: expect.stringContaining('later'),
  });
  expect(feeds.asked).toHaveLength(3);
});

it.each([301, 403, 404])('does not ask again after %i', async (status) => {
  expect(await faultOf({ status, headers: { location: 'http://127.0.0.1:1/' } })).toMatchObject({ reason: 'unavailable' });
  expect(feeds.asked).toHaveLength(1);
});

it('does not take 304 for an answer where it knows nothing', async () => {
  expect(await faultOf({ status: 304 })).toMatchObject({ detail: expect.stringContaining('304') });
});

it('stops at its time limit', async () => {
  expect(await faultOf({ hang: true })).toMatchObject({ detail: 'The KEV catalog of CISA: the time limit passed.' });
});

it('notices an answer that breaks off', async () => {
  expect((await faultOf({ body: Buffer.from('{"a":1}'), cutAfter: 3 })).detail).toMatch(/closed before|reset/);
});

it('stops reading what is too large, packed or not', async () => {
  const detail = 'The KEV catalog of CISA: the answer is larger than this feed ever was.';
  expect(await faultOf({ endless: true }, 500_000)).toMatchObject({ detail });
  const bomb = { body: gzipSync(Buffer.alloc(2_000_000)), headers: { 'content-encoding': 'gzip' } };
  expect(await faultOf(bomb, 500_000)).toMatchObject({ detail });
  expect(feeds.asked).toHaveLength(2);
});

it('notices damaged packing', async () => {
  expect((await faultOf({ body: Buffer.from('no gzip'), headers: { 'content-encoding': 'gzip' } })).detail).toContain('damaged');
});

it('stops at once when told to', async () => {
  feeds.replies.set(path, { hang: true });
  const stop = new AbortController();
  const reading = source.read(kevCatalog, undefined, stop.signal);
  stop.abort();
  await expect(reading).rejects.toThrow('was stopped');
});

it('says that nothing listens', async () => {
  const nowhere = createFeedSource({ endpoint: 'http://127.0.0.1:1', userAgent: 'x', limits: { retries: 0 } });
  await expect(nowhere.read(kevCatalog, undefined, never)).rejects.toThrow('nothing listens there');
  await nowhere.close();
});

it('writes addresses as the hosts want them', () => {
  expect(msrcMonth('2026-May').url).toBe('https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/2026-May');
  expect(msrcMonth('../x').url).not.toContain('../');
  expect(cveRecord('CVE-2026-42897').url).toMatch(/cves\/2026\/42xxx\/CVE-2026-42897\.json$/);
  expect(cveRecord('CVE-2026-0007').url).toMatch(/cves\/2026\/0xxx\/CVE-2026-0007\.json$/);
  const longest = epssScores(Array.from({ length: epssBatch }, () => 'CVE-2026-1234567'));
  expect(new URL(longest.url).searchParams.get('cve')?.length).toBeLessThanOrEqual(2000);
});
