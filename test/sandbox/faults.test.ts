import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultRule, faultKinds, matcherOf, parseFaults } from '../../src/sandbox/faults-rules.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { catalogue } from '../support/catalogue.ts';
import { root } from '../support/root.ts';
import { jumpingPacer, scanSandbox, signIn, trustedSandbox } from '../support/scan-sandbox.ts';
import { tidytenant } from '../support/tidytenant.ts';
import { type Answer, type Client, clientOf } from './support/graph-client.ts';

let sandbox: Sandbox;
let client: Client;
let bearer: { authorization: string };
beforeAll(async () => {
  sandbox = await startSandbox({ users: 60, seed: 7 });
  client = clientOf(sandbox);
});
beforeEach(async () => {
  sandbox.disturb([]);
  bearer = { authorization: `Bearer ${(await client.token()).body.access_token}` };
});
afterAll(async () => {
  // First the sandbox: some answers never end.
  await sandbox.close();
  await client.close();
});

const domains = '/v1.0/domains';
const get = (path = domains): Promise<Answer> => client.get(path, bearer);
const disturb = (rule: Partial<FaultRule> & Pick<FaultRule, 'kind'>) => sandbox.disturb([{ match: domains, ...rule }]);
const statuses = async (count: number, path?: string) => {
  const found: number[] = [];
  for (let sent = 0; sent < count; sent += 1) found.push((await get(path)).status);
  return found;
};

/** Of the pages of one chain, up to the first that is refused. */
const chainStatuses = async (path: string) => {
  const found: number[] = [];
  for (let next: string | undefined = path; next; ) {
    const answer = await get(next);
    found.push(answer.status);
    next = answer.body['@odata.nextLink'];
  }
  return found;
};

describe('a refusal', () => {
  it.each([
    ['403', 'Authorization_RequestDenied'],
    ['404', 'Request_ResourceNotFound'],
    ['429', 'TooManyRequests'],
    ['500', 'InternalServerError'],
    ['502', 'BadGateway'],
    ['503', 'ServiceUnavailable'],
    ['504', 'GatewayTimeout'],
  ] as const)('%s comes as Graph writes it', async (kind, code) => {
    disturb({ kind });
    const { status, headers, body } = await get();
    expect([status, body.error.code, headers.get('retry-after')]).toEqual([Number(kind), code, null]);
    expect(body.error.innerError['request-id']).toBe(headers.get('request-id'));
    expect(sandbox.requests().at(-1)).toMatchObject({ path: domains, status: Number(kind) });
  });

  it('says when to come back if the rule does', async () => {
    disturb({ kind: '429', retryAfter: 3 });
    expect((await get()).headers.get('retry-after')).toBe('3');
  });
});

describe('a broken connection', () => {
  const raced = (ms: number) => Promise.race([get().then(() => 'answered'), new Promise((resolve) => setTimeout(resolve, ms, 'waiting'))]);

  it('reset: no answer', async () => {
    disturb({ kind: 'reset' });
    await expect(get()).rejects.toThrow();
    expect(sandbox.requests().at(-1)?.status).toBe(0);
  });

  it('cutBody: half an answer', async () => {
    disturb({ kind: 'cutBody' });
    await expect(get()).rejects.toThrow();
  });

  it.each(['hang', 'drip'] as const)('%s: an answer that does not come in time', async (kind) => {
    disturb({ kind });
    expect(await raced(400)).toBe('waiting');
  });
});

describe('a slow answer', () => {
  it('drip with a time arrives whole, in that time', async () => {
    const { body } = await get();
    disturb({ kind: 'drip', ms: 300 });
    const started = performance.now();
    expect((await get()).body).toEqual(body);
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(295);
    expect(took).toBeLessThan(900);
  });
});

describe('a success that is none', () => {
  it('cutJson and invalidJson are complete answers', async () => {
    for (const kind of ['cutJson', 'invalidJson'] as const) {
      disturb({ kind });
      await expect(get()).rejects.toThrow(SyntaxError);
    }
  });

  it('html200 is a page of a proxy', async () => {
    disturb({ kind: 'html200' });
    const { status, headers, body } = await get();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(body).toContain('<html>');
  });

  it('wrongShape: an object where a list was, a list where an object was', async () => {
    sandbox.disturb([{ match: '/v1.0/**', kind: 'wrongShape' }]);
    expect(Array.isArray((await get()).body.value)).toBe(false);
    expect((await get('/v1.0/policies/authorizationPolicy')).body.value).toHaveLength(1);
  });

  it('wrongType: one value of the first row', async () => {
    const { body: before } = await get();
    disturb({ kind: 'wrongType', field: 'isVerified' });
    const { body } = await get();
    expect(body.value[0]).toEqual({ ...before.value[0], isVerified: { unexpected: 'true' } });
    expect(body.value.slice(1)).toEqual(before.value.slice(1));
  });

  it('wrongType reaches inner values, and finds one by itself', async () => {
    sandbox.disturb([{ match: '/v1.0/policies/authorizationPolicy', kind: 'wrongType', field: 'defaultUserRolePermissions.allowedToCreateApps' }]);
    expect((await get('/v1.0/policies/authorizationPolicy')).body.defaultUserRolePermissions.allowedToCreateApps).toHaveProperty('unexpected');
    disturb({ kind: 'wrongType' });
    expect((await get(`${domains}?$select=id,authenticationType`)).body.value[0].authenticationType).toBe(7);
  });
});

describe('a chain of pages', () => {
  it.each([undefined, 404, 410] as const)('missingPage: the second is gone (%s)', async (status) => {
    disturb({ kind: 'missingPage', ...(status ? { status } : {}) });
    const first = await get(`${domains}?$select=id`);
    expect(first.body.value.length).toBeGreaterThan(0);
    const second = await get(first.body['@odata.nextLink']);
    expect(second.status).toBe(status ?? 400);
    if (!status) expect(second.body.error.code).toBe('Directory_ExpiredPageToken');
  });

  it('expiredPage: each chain breaks once, and can be read from its beginning', async () => {
    for (const [status, code] of [[undefined, 400] as const, [410, 410] as const]) {
      sandbox.disturb([{ match: '/v1.0/users', kind: 'expiredPage', page: 3, ...(status ? { status } : {}) }]);
      for (const path of ['/v1.0/users?$select=id&$top=10', '/v1.0/users?$select=id&$top=11']) {
        expect(await chainStatuses(path)).toEqual([200, 200, code]);
        expect(new Set(await chainStatuses(path))).toEqual(new Set([200]));
      }
    }
  });

  it('expiredPage: as often as the rule says, and the same page asked for again is no further one', async () => {
    sandbox.disturb([{ match: '/v1.0/users', kind: 'expiredPage', timesPerAddress: 2, times: 3 }]);
    const first = await get('/v1.0/users?$select=id&$top=10');
    const asked = [1, 2, 3].map(() => get(first.body['@odata.nextLink']));
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([400, 400, 200]);
    const lengths: number[] = [];
    for (let read = 0; read < 3; read += 1) lengths.push((await chainStatuses('/v1.0/users?$select=id&$top=20')).length);
    expect(lengths).toEqual([2, 3, 3]);
  });

  it('loop and otherOrigin lead back and away', async () => {
    disturb({ kind: 'loop' });
    expect((await get(`${domains}?$select=id`)).body['@odata.nextLink']).toBe(`${sandbox.origin}${domains}?$select=id`);
    disturb({ kind: 'otherOrigin' });
    expect((await get()).body['@odata.nextLink']).toBe(`https://graph.example${domains}`);
  });
});

describe('a token that is no longer accepted', () => {
  it.each(['expiredToken', 'claimsChallenge'] as const)('%s: refused until a fresh one comes', async (kind) => {
    disturb({ kind, from: 2 });
    expect(await statuses(3)).toEqual([200, 401, 401]);
    expect((await get()).headers.get('www-authenticate')?.includes('claims="') ?? false).toBe(kind === 'claimsChallenge');
    expect((await client.get(domains)).status).toBe(200);
  });
});

describe('when a rule fires', () => {
  it('from the nth request on, so many times', async () => {
    disturb({ kind: '503', from: 2, times: 2 });
    expect(await statuses(5)).toEqual([200, 503, 503, 200, 200]);
  });

  it('by a probability, the same for the same seed, so often for one address', async () => {
    const runs: number[][] = [];
    for (const seed of [1, 1, 2]) {
      sandbox.disturb([{ match: domains, kind: '503', probability: 0.5, timesPerAddress: 4 }], seed);
      runs.push(await statuses(20));
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).not.toEqual(runs[2]);
    expect(runs[0]?.filter((status) => status === 503)).toHaveLength(4);
  });

  it('the first that fires decides; the parts of a batch are requests', async () => {
    sandbox.disturb([
      { match: domains, kind: '403', times: 1 },
      { match: '/v1.0/*', kind: '503', times: 1 },
      { match: domains, kind: 'hang' },
    ]);
    const requests = ['/organization', '/domains', '/domains'].map((url, at) => ({ id: String(at), method: 'GET', url }));
    const { body } = await client.send('POST', '/v1.0/$batch', { requests });
    expect(body).toMatchObject({ error: { code: 'ServiceUnavailable' } });
    const again = await client.send('POST', '/v1.0/$batch', { requests });
    expect(again.body.responses.map(({ status }: { status: number }) => status)).toEqual([200, 403, 200]);
  });

  it.each([
    ['/v1.0/users', '/v1.0/users', true],
    ['/v1.0/users', '/v1.0/users/1', false],
    ['/v1.0/*/members', '/v1.0/groups/members', true],
    ['/v1.0/*/members', '/v1.0/groups/1/members', false],
    ['/**/members', '/v1.0/groups/1/members', true],
    ['^/(v1\\.0|beta)/users$', '/beta/users', true],
  ])('%s and %s: %s', (match, path, expected) => {
    expect(matcherOf({ match, kind: '403' })(path, '')).toBe(expected);
  });

  it('by a part of the query, decoded', () => {
    const matches = matcherOf({ match: '/v1.0/users', kind: '403', query: "$filter=userType eq 'Guest'" });
    expect(matches('/v1.0/users', '?%24select=id&$filter=userType%20eq%20%27Guest%27')).toBe(true);
    expect(matches('/v1.0/users', '?$select=id')).toBe(false);
  });
});

describe('a file of rules', () => {
  it('is read; kinds that are numbers may be written as such', () => {
    const text = '{"seed": 3, "rules": [{"match": "/v1.0/users", "kind": 503, "times": 2}]}';
    expect(parseFaults(text, 'f.json')).toEqual({ seed: 3, rules: [{ match: '/v1.0/users', kind: '503', times: 2 }] });
    expect(() => parseFaults(JSON.stringify({ rules: faultKinds.map((kind) => ({ match: '/**', kind })) }), 'f.json')).not.toThrow();
  });

  it.each([
    ['{', /^f\.json is not JSON: /],
    ['[]', /^f\.json: the whole: /],
    ['{"rules": []}', /^f\.json: rules: /],
    ['{"rules": [{"match": "/v1.0/users", "kind": "slow"}]}', /^f\.json: rules\.0\.kind: /],
    ['{"rules": [{"match": "^(", "kind": 403}]}', /^f\.json: rules\.0\.match: is not a regular expression/],
    ['{"rules": [{"match": "/x", "kind": 403, "time": 1}]}', /^f\.json: rules\.0: .*"time"/],
    ['{"rules": [{"match": "/x", "kind": 403, "probability": 2}]}', /^f\.json: rules\.0\.probability: /],
  ])('%s is refused with its place', (text, words) => {
    expect(() => parseFaults(text, 'f.json')).toThrow(words);
  });
});

describe('a scan', () => {
  it('goes on after a claims challenge in the middle of a chain of pages', async () => {
    const scanned = await trustedSandbox({ variant: 'messy', users: 2500, devices: 30 });
    const session = await signIn(scanned);
    const scan = async () => {
      const run = await scanSandbox(scanned, { checks: catalogue.filter(({ check }) => check.id === 'users-inactive'), session, pacer: jumpingPacer() });
      return run.datasets.map(({ id, ok, items }) => ({ id, ok, items }));
    };
    const calm = await scan();
    scanned.disturb([{ match: '/v1.0/users', kind: 'claimsChallenge', from: 3 }]);
    expect(await scan()).toEqual(calm);
    expect(scanned.requests().some(({ status }) => status === 401)).toBe(true);
    await scanned.close();
  });
});

describe('tidytenant sandbox', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'faults-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    [['--faults', 'faults.json'], '{"rules": [{"match": "/v1.0/users", "kind": "slow"}]}', 65, 'faults.json: rules.0.kind: '],
    [['--faults', 'none.json'], '', 65, 'none.json cannot be read (ENOENT).'],
    [['--limits', 'some'], '', 64, '--limits does not know "some".'],
    [['--latency', 'long'], '', 64, '--latency takes a whole number'],
  ])('%j is refused in two lines', async (flags, text, code, words) => {
    await writeFile(join(folder, 'faults.json'), text);
    const outcome = await tidytenant(['sandbox', ...flags], {}, folder);
    expect([outcome.code, outcome.stderr.split('\n').length]).toEqual([code, 3]);
    expect(outcome.stderr).toContain(words);
  });

  it('serves with faults, limits and latency', async () => {
    const file = join(folder, 'faults.json');
    await writeFile(file, '{"rules": [{"match": "/v1.0/domains", "kind": 503, "times": 1}]}');
    const flags = ['--port', '0', '--users', '60', '--limits', 'published', '--limits-factor', '2', '--latency', '120', '--faults', file];
    const server = spawn(process.execPath, [join(root, 'src/cli/tidytenant.js'), 'sandbox', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const chunk of server.stdout as AsyncIterable<Buffer>) {
      said += chunk;
      if (said.includes('npx tidytenant scan')) break;
    }
    const value = (name: string) => new RegExp(`^export ${name}='(.*)'$`, 'm').exec(said)?.[1] ?? '';
    const served = clientOf({
      origin: value('TIDYTENANT_GRAPH_ENDPOINT'),
      tenantId: value('AZURE_TENANT_ID'),
      clientId: value('AZURE_CLIENT_ID'),
      clientSecret: value('AZURE_CLIENT_SECRET'),
      caPem: await readFile(value('NODE_EXTRA_CA_CERTS'), 'utf8'),
    });
    const started = performance.now();
    expect((await served.get('/v1.0/domains')).status).toBe(503);
    expect(performance.now() - started).toBeGreaterThan(239);
    expect((await served.get('/v1.0/domains')).headers.get('x-ms-resource-unit')).toBe('1');
    await served.close();
    server.kill('SIGINT');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});
