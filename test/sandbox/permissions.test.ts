import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPermissions } from '../../src/sandbox/permissions.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { loadSchema, type Version } from '../../src/sandbox/schema.ts';
import { type Client, clientOf } from './support/graph-client.ts';
import { servedPaths } from './support/served-paths.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ users: 60, permissions: [] });
  client = clientOf(sandbox);
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

const lists = servedPaths().filter((path) => {
  const [version = '', template = ''] = path.split(' ');
  return !template.includes('{') && loadSchema().path(version as Version, template);
});

describe('a token without permissions', () => {
  it.each(lists)('reads nothing from %s', async (path) => {
    sandbox.grant([]);
    const { status, body } = await client.get(`/${path.replace(' ', '')}`);
    expect(status, JSON.stringify(body)).toBe(403);
    expect(body.error.code).toBeTruthy();
  });

  it.each([
    ['/v1.0/users', 'Authorization_RequestDenied'],
    ['/v1.0/deviceManagement/managedDevices', 'Forbidden'],
    ['/v1.0/identity/conditionalAccess/policies', 'AccessDenied'],
    ['/v1.0/auditLogs/signIns', 'Authentication_MSGraphPermissionMissing'],
    ['/v1.0/admin/sharepoint/settings', 'accessDenied'],
    ['/v1.0/roleManagement/directory/roleEligibilityScheduleInstances', 'PermissionScopeNotGranted'],
  ])('%s is refused in the words of its service', async (path, code) => {
    sandbox.grant([]);
    expect((await client.get(path)).body.error.code).toBe(code);
  });
});

describe('single permissions', () => {
  it('signInActivity needs AuditLog.Read.All as well', async () => {
    sandbox.grant(['User.Read.All']);
    expect((await client.get('/v1.0/users?$select=id')).status).toBe(200);
    const { status, body } = await client.get('/v1.0/users?$select=id,signInActivity');
    expect([status, body.error.code]).toEqual([403, 'Authentication_MSGraphPermissionMissing']);
    sandbox.grant(['User.Read.All', 'AuditLog.Read.All']);
    expect((await client.get('/v1.0/users?$select=id,signInActivity')).status).toBe(200);
  });

  it('members one may not read come with their id alone', async () => {
    sandbox.grant(['GroupMember.Read.All']);
    const groups = await client.get("/v1.0/groups?$filter=displayName eq 'Rings - Pilot'&$select=id");
    const path = `/v1.0/groups/${groups.body.value[0].id}/transitiveMembers?$select=id,deviceId`;
    expect((await client.get(path)).body.value[0].deviceId).toBeNull();
    sandbox.grant(['GroupMember.Read.All', 'Device.Read.All']);
    expect((await client.get(path)).body.value[0].deviceId).not.toBeNull();
  });

  it('`without` takes single ones away', async () => {
    const less = await startSandbox({ users: 60, without: ['Policy.Read.All'] });
    const other = clientOf(less);
    expect((await other.get('/v1.0/policies/authorizationPolicy')).status).toBe(403);
    expect((await other.get('/v1.0/organization')).status).toBe(200);
    await other.close();
    await less.close();
  });

  it('the default ones can read and nothing else', () => {
    expect(readPermissions.filter((permission) => /Write|FullControl|Manage\.All|Send/.test(permission))).toEqual([]);
  });
});

describe('a tenant with few licences', () => {
  it.each([
    ['/v1.0/auditLogs/signIns', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'],
    ['/v1.0/users?$select=signInActivity', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'],
    ['/v1.0/roleManagement/directory/roleAssignmentScheduleInstances', 400, 'AadPremiumLicenseRequired'],
    ['/v1.0/deviceManagement/managedDevices', 400, 'BadRequest'],
  ])('%s is refused for the licence', async (path, status, code) => {
    const small = await startSandbox({ users: 60, variant: 'restricted', permissions: readPermissions });
    const other = clientOf(small);
    const answer = await other.get(path);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    await other.close();
    await small.close();
  });
});
