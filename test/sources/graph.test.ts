import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GraphRequest } from '../../src/model/request.ts';
import { SourceFault } from '../../src/sources/fault.ts';
import { newCounters } from '../../src/sources/graph/exchange.ts';
import { createGraphSource } from '../../src/sources/graph/graph.ts';

const endpoint = 'https://graph.example';
const canary = 'eyJjYW5hcnk.eyJyb2xlcyI6WyJVc2VyLlJlYWQuQWxsIl19.secret-canary';
const request: GraphRequest = {
  version: 'v1.0',
  path: '/users',
  query: [
    ['$select', 'id,displayName'],
    ['$filter', "displayName eq 'A&B+C#D''s'"],
  ],
  advanced: false,
  single: false,
  permissions: [{ name: 'User.Read.All', orAnyOf: ['Directory.Read.All'] }],
};

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

describe('reading Graph', () => {
  it('follows nextLink verbatim, sends the token and asks for known enum members', async () => {
    const first = nock(endpoint, { reqheaders: { authorization: `Bearer ${canary}`, prefer: 'include-unknown-enum-members', 'accept-encoding': 'gzip' } })
      .get('/v1.0/users')
      .query((query) => query.$filter === "displayName eq 'A&B+C#D''s'")
      .reply(200, { value: [{ id: '1' }], '@odata.nextLink': `${endpoint}/v1.0/users?$skiptoken=a%2Bb%3D&x=%27` });
    const second = nock(endpoint)
      .get('/v1.0/users?$skiptoken=a%2Bb%3D&x=%27')
      .reply(200, { value: [{ id: '2' }] });
    expect(await rowsOf(request)).toEqual([{ id: '1' }, { id: '2' }]);
    expect(first.isDone() && second.isDone()).toBe(true);
  });

  it('gives a single object as the only row', async () => {
    nock(endpoint).get('/v1.0/users').query(true).reply(200, { '@odata.context': 'c', isEnabled: true });
    expect(await rowsOf({ ...request, single: true })).toEqual([{ '@odata.context': 'c', isEnabled: true }]);
  });

  it('asks again after 429 as long as Retry-After says, and after 503 and a reset', async () => {
    nock(endpoint).get('/v1.0/users').query(true).reply(429, {}, { 'Retry-After': '0' });
    nock(endpoint).get('/v1.0/users').query(true).reply(503, {});
    nock(endpoint)
      .get('/v1.0/users')
      .query(true)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    nock(endpoint).get('/v1.0/users').query(true).reply(200, { value: [] });
    const counters = newCounters();
    expect(await rowsOf(request, counters)).toEqual([]);
    expect(counters).toMatchObject({ total: 4, throttled: 1, retried: 3 });
  });

  it('answers a claims challenge with a fresh token, once', async () => {
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from('{"access_token":{}}').toString('base64')}"`;
    nock(endpoint).get('/v1.0/users').query(true).reply(401, {}, { 'WWW-Authenticate': challenge });
    nock(endpoint).get('/v1.0/users').query(true).reply(200, { value: [] });
    const asked: (string | undefined)[] = [];
    await rowsOf(request, newCounters(), async (claims) => {
      asked.push(claims);
      return canary;
    });
    expect(asked).toEqual([undefined, '{"access_token":{}}']);
  });

  const refusals: [string, number, unknown, Partial<SourceFault['fault']>][] = [
    ['a missing permission', 403, { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges' } }, { reason: 'permission' }],
    ['a licence that is missing', 403, { error: { code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', message: 'x' } }, { reason: 'license' }],
    ['PIM without its licence', 400, { error: { code: 'AadPremiumLicenseRequired', message: 'x' } }, { reason: 'license' }],
    ['a token that is not accepted', 401, { error: { code: 'InvalidAuthenticationToken', message: 'x' } }, { reason: 'permission' }],
    ['throttling without end', 429, { error: { code: 'TooManyRequests', message: 'x' } }, { reason: 'throttled' }],
    ['a service that is down', 503, '<html>', { reason: 'unavailable' }],
    ['an unknown path', 404, { error: { code: 'Request_ResourceNotFound', message: 'x' } }, { reason: 'unavailable' }],
  ];
  it.each(refusals)('tells %s (%i) in words', async (_name, status, body, fault) => {
    nock(endpoint)
      .get('/v1.0/users')
      .query(true)
      .times(9)
      .reply(status, body as nock.Body, { 'request-id': 'b1b2' });
    const found = await faultOf(request);
    expect(found).toMatchObject({ ...fault, requestId: 'b1b2' });
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('names the permission the token lacks, and the broader one that would do', async () => {
    nock(endpoint)
      .get('/v1.0/users')
      .query(true)
      .reply(403, { error: { code: 'Authorization_RequestDenied' } });
    const without = {
      ...request,
      permissions: [
        { name: 'User.Read.All', orAnyOf: [] },
        { name: 'AuditLog.Read.All', orAnyOf: ['Directory.Read.All'] },
      ],
    };
    expect((await faultOf(without)).fix).toBe('Grant the permission AuditLog.Read.All or Directory.Read.All and give admin consent.');
  });

  const shapes: [string, string, string][] = [
    ['a web page', '<html><body>Sign in</body></html>', 'web page'],
    ['JSON that is cut off', '{"value":[{"id":"1"', 'not complete JSON'],
    ['no list', '{"id":"1"}', 'holds no list'],
    ['null', 'null', 'not an object'],
    ['an error with status 200', '{"error":{"code":"x"}}', 'is an error'],
  ];
  it.each(shapes)('refuses %s with status 200', async (_name, body, words) => {
    nock(endpoint).get('/v1.0/users').query(true).reply(200, body, { 'content-type': 'application/json' });
    const fault = await faultOf(request);
    expect(fault.reason).toBe('shape');
    expect(fault.detail).toContain(words);
  });

  it('never follows a link to another origin, and sends no token there', async () => {
    nock(endpoint).get('/v1.0/users').query(true).reply(200, { value: [], '@odata.nextLink': 'https://evil.example/v1.0/users?$skiptoken=1' });
    const elsewhere = nock('https://evil.example').get(/.*/).reply(200, { value: [] });
    expect((await faultOf(request)).reason).toBe('partial');
    expect(elsewhere.isDone()).toBe(false);
  });

  it('sees pages that lead in a circle', async () => {
    nock(endpoint)
      .get('/v1.0/users')
      .query(true)
      .times(3)
      .reply(200, { value: [], '@odata.nextLink': `${endpoint}/v1.0/users?$skiptoken=1` });
    expect(await faultOf(request)).toMatchObject({ reason: 'partial', detail: 'The pages of /users lead in a circle.' });
  });
});

async function rowsOf(asked: GraphRequest, counters = newCounters(), token: (claims?: string) => Promise<string> = async () => canary): Promise<unknown[]> {
  const source = createGraphSource({
    endpoint,
    tokens: { origin: endpoint, token: (_signal, claims) => token(claims) },
    limits: { retries: 3, backoff: 1, backoffCap: 2 },
  });
  const rows: unknown[] = [];
  try {
    await source.read(asked, { signal: new AbortController().signal, deadline: Date.now() + 5000, counters }, async (page) => void rows.push(...page));
  } finally {
    await source.close();
  }
  return rows;
}

async function faultOf(asked: GraphRequest): Promise<SourceFault['fault']> {
  const error = await rowsOf(asked).catch((caught: unknown) => caught);
  if (error instanceof SourceFault) return error.fault;
  throw new Error(`no fault, but ${JSON.stringify(error)}`);
}
