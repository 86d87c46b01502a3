import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Client, clientOf } from './support/graph-client.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ users: 230, now: new Date('2026-08-20T12:00:00Z') });
  client = clientOf(sandbox);
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

describe('tokens', () => {
  it.each([
    ['no token', ''],
    ['a word', 'Bearer abc'],
    ['a token signed by somebody else', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.AAAA'],
  ])('refuses %s', async (_name, authorization) => {
    const { status, body, headers } = await client.get('/v1.0/users', { authorization });
    expect(status).toBe(401);
    expect(body.error.code).toBe('InvalidAuthenticationToken');
    expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('refuses an expired token', async () => {
    const short = await startSandbox({ users: 60, tokenLifetimeInSeconds: -1 });
    const other = clientOf(short);
    const { status, body } = await other.get('/v1.0/users');
    expect([status, body.error.message]).toEqual([401, 'Lifetime validation failed, the token is expired.']);
    await other.close();
    await short.close();
  });
});

describe('answers', () => {
  it('carry Graph’s headers', async () => {
    const { headers, body } = await client.get('/v1.0/organization', { 'client-request-id': 'my-id' });
    expect(headers.get('content-type')).toBe('application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8');
    expect(headers.get('client-request-id')).toBe('my-id');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).not.toBeNull();
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(body['@odata.context']).toBe(`${sandbox.origin}/v1.0/$metadata#organization`);
  });

  it('are plain when gzip is not asked for', async () => {
    const { headers } = await client.get('/v1.0/organization', { 'accept-encoding': 'identity' });
    expect(headers.get('content-encoding')).toBeNull();
  });
});

describe('pages', () => {
  it.each([
    ['/v1.0/users?$top=37&$select=id', 230],
    ['/v1.0/users?$select=id', 230],
    ["/v1.0/users?$top=7&$select=id&$filter=userType eq 'Guest'", 24],
    ['/v1.0/deviceManagement/managedDevices?$top=50&$select=id', 173],
    ['/beta/auditLogs/signIns?$top=9&$select=id', 115],
  ])('%s lose and repeat nothing', async (path, expected) => {
    const { rows } = await client.all(path);
    expect(rows.length).toBe(expected);
    expect(new Set(rows.map((row) => row.id)).size).toBe(expected);
  });

  it('are exact at the boundary: no empty last page', async () => {
    const { rows, pages } = await client.all('/v1.0/users?$top=115&$select=id');
    expect([rows.length, pages]).toEqual([230, 2]);
  });

  it('have tokens that belong to one request', async () => {
    const first = await client.get('/v1.0/users?$top=10&$select=id');
    const link = String(first.body['@odata.nextLink']);
    expect(link.startsWith(`${sandbox.origin}/v1.0/users?`)).toBe(true);
    for (const wrong of [link.replace('$top=10', '$top=20'), link.replace('/users', '/groups'), link.replace(/skiptoken=.*/, 'skiptoken=abc')]) {
      const answer = await client.get(wrong);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'Directory_ExpiredPageToken']);
    }
  });

  it('are counted under eventual consistency only', async () => {
    const header = { consistencylevel: 'eventual' };
    expect((await client.get('/v1.0/users?$top=1&$count=true', header)).body['@odata.count']).toBe(230);
    expect((await client.get('/v1.0/users?$top=1&$count=true')).body['@odata.count']).toBeUndefined();
    expect((await client.get('/v1.0/users/$count', header)).body).toBe('230');
    expect((await client.get('/v1.0/users/$count')).status).toBe(400);
  });
});

describe('query options', () => {
  it.each([
    ['/v1.0/users?$select=nope', "Could not find a property named 'nope' on type 'microsoft.graph.user'."],
    ['/v1.0/users?$select=id,', 'Term is not valid'],
    ['/v1.0/users?$top=1000', "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive."],
    ['/v1.0/auditLogs/signIns?$top=1001', "Invalid page size specified: '1001'"],
    ['/v1.0/users?$top=x', "Invalid value 'x' for $top"],
    ['/v1.0/users?$foo=1', "'$foo' is not supported"],
    ['/v1.0/users?$select=id&$select=id', 'more than once'],
    ["/v1.0/users?$filter=nope eq 'x'", "Could not find a property named 'nope'"],
    ['/v1.0/users?$filter=userType eq', 'Syntax error'],
    ["/v1.0/users?$filter=userType ne 'Guest'", 'Unsupported Query.'],
    ["/v1.0/users?$filter=usageLocation eq 'DE' and jobTitle in ('a')) ", 'Syntax error'],
    ['/v1.0/users?$filter=signInActivity/nope ge 2026-01-01T00:00:00Z', "Could not find a property named 'nope'"],
    ["/v1.0/groups?$filter=membershipRule eq 'x'&$filter=1", 'more than once'],
    ['/v1.0/users?$expand=displayName', 'is not a navigation property'],
    ['/v1.0/deviceManagement/deviceConfigurations?$select=qualityUpdatesPaused', "Could not find a property named 'qualityUpdatesPaused'"],
    ["/v1.0/organization?$filter=displayName eq 'x'", '$filter is not supported'],
    ['/v1.0/policies/authorizationPolicy?$top=1', 'only on collections'],
    ["/v1.0/auditLogs/signIns?$filter=authenticationProtocol eq 'ropc'", "Could not find a property named 'authenticationProtocol'"],
  ])('%s is refused', async (path, message) => {
    const { status, body } = await client.get(path);
    expect(status).toBe(400);
    expect(body.error.message).toContain(message);
    expect(body.error.innerError['request-id']).toBeTruthy();
  });

  it('refuses more than 15 values in one list', async () => {
    const ids = Array.from({ length: 16 }, (_, index) => `'${index}'`).join(',');
    expect((await client.get(`/v1.0/groups?$filter=id in (${ids})`)).status).toBe(400);
  });

  it('gives what is asked for, and by default what the reference says', async () => {
    const asked = await client.get('/v1.0/users?$select=id,accountEnabled&$top=1');
    expect(Object.keys(asked.body.value[0])).toEqual(['id', 'accountEnabled']);
    const unasked = await client.get('/v1.0/users?$top=1');
    expect(Object.keys(unasked.body.value[0]).sort()).toEqual(
      [
        'businessPhones',
        'displayName',
        'givenName',
        'id',
        'jobTitle',
        'mail',
        'mobilePhone',
        'officeLocation',
        'preferredLanguage',
        'surname',
        'userPrincipalName',
      ].sort(),
    );
  });

  it.each([
    ["/v1.0/users?$filter=userType eq 'Guest' and accountEnabled eq true&$top=999", 23],
    ["/v1.0/groups?$filter=startsWith(displayName,'Rings')", 3],
    ["/v1.0/groups?$filter=groupTypes/any(t:t eq 'DynamicMembership')", 1],
    ["/v1.0/domains?$filter=authenticationType eq 'Federated' or not(isVerified eq true)", 2],
    ["/beta/auditLogs/signIns?$filter=signInEventTypes/any(t:t eq 'nonInteractiveUser') and status/errorCode eq 0 and clientAppUsed in ('IMAP4','POP3')", 30],
    ["/beta/auditLogs/signIns?$filter=createdDateTime ge 2026-08-19T12:00:00Z and clientAppUsed eq 'Browser'", 3],
    ["/beta/deviceAppManagement/mobileApps?$filter=isof('microsoft.graph.officeSuiteApp')", 1],
    ["/v1.0/appCatalogs/teamsApps?$filter=distributionMethod eq 'organization'", 2],
  ])('%s filters', async (path, expected) => {
    const { body } = await client.get(path);
    expect(body.value?.length, JSON.stringify(body)).toBe(expected);
  });

  it('allows advanced filters with the header and the count', async () => {
    const { body } = await client.get("/v1.0/users?$count=true&$top=999&$select=id&$filter=userType ne 'Guest'", { consistencylevel: 'eventual' });
    expect(body['@odata.count']).toBe(body.value.length);
    expect(body.value.length).toBe(206);
  });

  it('sends at most 500 users with their sign-in activity', async () => {
    const large = await startSandbox({ users: 700 });
    const other = clientOf(large);
    const { body } = await other.get('/v1.0/users?$top=999&$select=id,signInActivity');
    expect(body.value.length).toBe(500);
    await other.close();
    await large.close();
  });
});

describe('objects', () => {
  it('are found by id and by alternate key', async () => {
    const graph = "/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
    const { body } = await client.get(`${graph}?$select=id,displayName`);
    expect(body.displayName).toBe('Microsoft Graph');
    expect((await client.get(`/v1.0/servicePrincipals/${body.id}?$select=id`)).body.id).toBe(body.id);
    expect((await client.get(`${graph}/appRoleAssignedTo`)).body.value.length).toBeGreaterThan(5);
  });

  it('answer 404 for an id nobody has, 400 for a path nobody knows', async () => {
    const missing = await client.get('/v1.0/groups/11111111-1111-4111-8111-111111111111/transitiveMembers');
    expect([missing.status, missing.body.error.code]).toEqual([404, 'Request_ResourceNotFound']);
    const unknown = await client.get('/v1.0/userz');
    expect([unknown.status, unknown.body.error.message]).toEqual([400, "Resource not found for the segment 'userz'."]);
    expect((await client.get('/v1.0/directory/recommendations')).status).toBe(400);
  });

  it('lists members by type with a cast', async () => {
    const groups = await client.get("/v1.0/groups?$filter=displayName eq 'Rings - Pilot'&$select=id");
    const id = groups.body.value[0].id;
    const all = await client.get(`/v1.0/groups/${id}/transitiveMembers?$select=id,deviceId`);
    expect(all.body.value[0]['@odata.type']).toBe('#microsoft.graph.device');
    expect(all.body.value[0].deviceId).toMatch(/^[0-9a-f-]{36}$/);
    const people = await client.get(`/v1.0/groups/${id}/transitiveMembers/microsoft.graph.user?$count=true`, { consistencylevel: 'eventual' });
    expect(people.body).toMatchObject({ '@odata.count': 0, value: [] });
  });
});

describe('$batch', () => {
  it('answers each request as if it came alone', async () => {
    const requests = [
      { id: '1', method: 'GET', url: '/organization?$select=id' },
      { id: '2', method: 'GET', url: '/users?$select=nope' },
      { id: '3', method: 'DELETE', url: '/users/x' },
    ];
    const { body } = await client.send('POST', '/v1.0/$batch', { requests });
    const statuses = Object.fromEntries(body.responses.map((each: { id: string; status: number }) => [each.id, each.status]));
    expect(statuses).toEqual({ 1: 200, 2: 400, 3: 405 });
    const recorded = sandbox.requests().filter((each) => each.inBatch);
    expect(recorded.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(['DELETE /v1.0/users/x', 'GET /v1.0/organization', 'GET /v1.0/users']);
  });

  it('takes at most 20', async () => {
    const requests = Array.from({ length: 21 }, (_, index) => ({ id: String(index), method: 'GET', url: '/organization' }));
    expect((await client.send('POST', '/v1.0/$batch', { requests })).status).toBe(400);
  });
});

describe('everything but reading', () => {
  it.each(['POST', 'PATCH', 'DELETE', 'PUT'])('%s is refused and recorded', async (method) => {
    expect((await client.send(method, '/v1.0/users', {})).status).toBe(405);
    expect(sandbox.requests().at(-1)).toMatchObject({ method, path: '/v1.0/users', status: 405 });
  });
});
