import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GraphError } from '../../src/sandbox/errors.ts';
import { makeThrottle, serviceOf, type Throttle } from '../../src/sandbox/limits.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { serviceLimits } from '../../src/sources/graph/services.ts';
import { fastPacer, scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';
import { type Client, clientOf } from './support/graph-client.ts';

let time = 0;
const throttleOf = (factor = 1, users = 40) => makeThrottle({ users, factor, now: () => time });

function refusal(throttle: Throttle, path: string, search = ''): GraphError | undefined {
  try {
    throttle(path, search);
    return undefined;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

describe('the published limits of the sandbox', () => {
  it.each([
    ['/identity/conditionalAccess/policies', 'conditional-access', 1],
    ['/identity/conditionalAccess/namedLocations', 'conditional-access', 1],
    ['/auditLogs/signIns', 'identity-reports', 5],
    ['/reports/authenticationMethods/userRegistrationDetails', 'identity-reports', 5],
    ['/reports/getOffice365ActiveUserDetail', 'usage-reports', 14],
    ['/appCatalogs/teamsApps', 'teams', 30],
    ['/security/secureScores', 'security', 150],
    ['/security/microsoft.graph.security.runHuntingQuery', 'hunting', 45],
    ['/admin/serviceAnnouncement/messages', 'service-communications', 240],
    ['/deviceManagement/managedDevices', 'intune', 2000],
  ])('%s belongs to %s, which answers %i requests and no more', (path, service, most) => {
    time = 0;
    const throttle = throttleOf();
    for (let sent = 0; sent < most; sent += 1) expect(refusal(throttle, path)).toBeUndefined();
    expect(refusal(throttle, path)).toMatchObject({ status: 429, code: 'TooManyRequests' });
    expect(serviceOf(path)).toBe(service);
  });

  it.each([
    ['/users', '', 2],
    ['/users', '?$select=id', 1],
    ['/users', '?$select=id&$expand=manager', 2],
    ['/groups/1/transitiveMembers', '?$select=id&$top=999', 4],
    ['/groups/1/transitiveMembers', '?$top=5', 4],
    ['/subscribedSkus', '', 3],
    ['/organization', '?$select=id', 1],
  ])('%s%s costs %i units', (path, search, units) => {
    expect(throttleOf()(path, search)).toEqual({ 'x-ms-resource-unit': String(units) });
  });

  it('agree with those the scan keeps to', () => {
    for (const { id } of serviceLimits) expect(id === 'conditional-access' || serviceOf(examples[id] ?? '') === id, id).toBe(true);
  });
  const examples: Record<string, string> = {
    'identity-reports': '/auditLogs/signIns',
    'service-communications': '/admin/serviceAnnouncement/messages',
    intune: '/deviceManagement/detectedApps',
    teams: '/appCatalogs/teamsApps',
    security: '/security/alerts',
    hunting: '/security/microsoft.graph.security.runHuntingQuery',
    identity: '/users',
  };
});

describe('when a service has had enough', () => {
  it('its window slides: each request makes room when it leaves', () => {
    const throttle = throttleOf();
    for (time = 0; time < 5000; time += 1000) expect(refusal(throttle, '/auditLogs/signIns')).toBeUndefined();
    time = 9999;
    expect(refusal(throttle, '/auditLogs/signIns')?.headers['retry-after']).toBe('2');
    time = 11_000;
    expect(refusal(throttle, '/auditLogs/signIns')).toBeUndefined();
  });

  it('asking again at once uses up quota', () => {
    const throttle = throttleOf();
    time = 0;
    expect(refusal(throttle, '/identity/conditionalAccess/policies')).toBeUndefined();
    for (time = 500; time < 3000; time += 500) expect(refusal(throttle, '/identity/conditionalAccess/policies')?.status).toBe(429);
    time = 3500;
    expect(refusal(throttle, '/identity/conditionalAccess/policies')).toBeUndefined();
  });

  it('Conditional Access does not say when to come back, Intune every other time', () => {
    time = 0;
    const throttle = throttleOf();
    throttle('/identity/conditionalAccess/policies', '');
    expect(refusal(throttle, '/identity/conditionalAccess/policies')?.headers).not.toHaveProperty('retry-after');
    for (let sent = 0; sent < 2000; sent += 1) throttle('/deviceManagement/managedDevices', '');
    const says = [1, 2, 3, 4].map(() => 'retry-after' in (refusal(throttle, '/deviceManagement/managedDevices')?.headers ?? {}));
    expect(says).toEqual([true, false, true, false]);
  });

  it('identity tells that the limit is near, and what was exceeded', () => {
    time = 0;
    const throttle = throttleOf();
    for (let units = 5; units <= 2800; units += 5) expect(throttle('/groups/1/transitiveMembers', '')).not.toHaveProperty('x-ms-throttle-limit-percentage');
    expect(throttle('/groups/1/transitiveMembers', '')).toEqual({ 'x-ms-resource-unit': '5', 'x-ms-throttle-limit-percentage': '0.80' });
    for (let units = 2810; units <= 3500; units += 5) throttle('/groups/1/transitiveMembers', '');
    const headers = refusal(throttle, '/groups/1/transitiveMembers')?.headers;
    expect(headers).toMatchObject({ 'x-ms-throttle-information': 'ResourceUnitLimitExceeded', 'retry-after': '10' });
  });

  it('larger tenants have more, reports have quotas of their own', () => {
    time = 0;
    const throttle = throttleOf(1, 1000);
    for (let units = 5; units <= 8000; units += 5) throttle('/groups/1/transitiveMembers', '');
    expect(refusal(throttle, '/groups')?.status).toBe(429);
    for (let sent = 0; sent < 15; sent += 1) refusal(throttle, '/reports/getEmailActivityUserDetail');
    expect(refusal(throttle, '/reports/getTeamsUserActivityUserDetail')).toBeUndefined();
  });

  it('shortened windows ask for parts of a second', () => {
    time = 0;
    const throttle = throttleOf(10);
    for (let sent = 0; sent < 5; sent += 1) throttle('/auditLogs/signIns', '');
    time = 400;
    expect(refusal(throttle, '/auditLogs/signIns')?.headers['retry-after']).toBe('0.6');
    time = 1000;
    expect(refusal(throttle, '/auditLogs/signIns')).toBeUndefined();
  });
});

describe('a sandbox with published limits', () => {
  let sandbox: Sandbox;
  let client: Client;
  beforeAll(async () => {
    sandbox = await startSandbox({ users: 60, limits: 'published' });
    client = clientOf(sandbox);
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
  });

  it('refuses in the words of Graph and counts what it served', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => client.get('/v1.0/identity/conditionalAccess/namedLocations')));
    const [refused] = answers.filter(({ status }) => status === 429);
    expect(refused?.body.error).toMatchObject({ code: 'TooManyRequests', innerError: { 'request-id': expect.any(String) } });
    expect(refused?.headers.get('retry-after')).toBeNull();
    expect((await client.get('/v1.0/users?$top=5&$select=id')).headers.get('x-ms-resource-unit')).toBe('1');
    expect(sandbox.counts()).toEqual({
      total: 4,
      throttled: 2,
      bytes: expect.any(Number),
      mostInFlight: expect.any(Number),
      byService: { 'conditional-access': { total: 3, throttled: 2 }, identity: { total: 1, throttled: 0 } },
    });
  });

  it('counts every part of a batch', async () => {
    const before = sandbox.counts().byService.teams?.total ?? 0;
    const parts = (from: number) => Array.from({ length: 20 }, (_, at) => ({ id: String(from + at), method: 'GET', url: '/appCatalogs/teamsApps?$select=id' }));
    const answers = await Promise.all([0, 20].map((from) => client.send('POST', '/v1.0/$batch', { requests: parts(from) })));
    const statuses = answers.flatMap(({ body }) => body.responses.map((each: { status: number }) => each.status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const throttled = answers.flatMap(({ body }) => body.responses).find((each: { status: number }) => each.status === 429);
    expect(throttled.headers['retry-after']).toBe('1');
    expect(sandbox.counts().byService.teams?.total).toBe(before + 40);
  });
});

describe('a scan', () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.close());

  it.each([
    { factor: 4, latencyMs: 0, users: 60 },
    { factor: 4, latencyMs: 60, users: 60 },
    { factor: 10, latencyMs: 5, users: 9000 },
  ])('keeps to the published limits: windows $factor times shorter, $latencyMs ms, $users users', async ({ factor, latencyMs, users }) => {
    sandbox = await trustedSandbox({ variant: 'messy', users, devices: 30, limits: 'published', limitsFactor: factor, latencyMs });
    const run = await scanSandbox(sandbox, { pacer: fastPacer(factor) });
    expect(sandbox.counts()).toMatchObject({ total: run.requests.total, throttled: 0 });
    expect(run.datasets.filter(({ ok }) => !ok)).toEqual([]);
  });
});
