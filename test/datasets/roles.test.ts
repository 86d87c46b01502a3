import { describe, expect, it } from 'vitest';
import { roleAssignments } from '../../src/datasets/graph/roleAssignments.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { groupsWithRoles, principalName, type RoleGrant } from '../../src/datasets/role-grant.ts';
import { conditionalAccessRoles, privilegedRoles, privilegedUsers, roleHolders } from '../../src/datasets/roles.ts';
import { appGrant, exchangeAdmin, globalAdmin, grant, groupGrant, user } from './identity-rows.ts';

const people = ['anna', 'ben'].reduce((kept, id) => users.keep.add(kept, users.row.parse(user(id))), users.keep.start());
const grants = [grant('anna'), groupGrant('g', exchangeAdmin), appGrant('sp'), grant('gone')].map((row) => roleAssignments.row.parse(row) as RoleGrant);
const members = new Map([['g', new Set(['anna', 'ben', 'nested'])]]);

describe('roles', () => {
  it('finds holders, direct and through groups, and no apps', () => {
    const holders = roleHolders([{ grants, members }], people);
    expect([...(holders.get(globalAdmin) ?? [])]).toEqual(['anna']);
    expect([...(holders.get(exchangeAdmin) ?? [])]).toEqual(['anna', 'ben']);
    expect(privilegedUsers(holders)).toEqual(
      new Map([
        ['anna', ['Exchange Administrator', 'Global Administrator']],
        ['ben', ['Exchange Administrator']],
      ]),
    );
  });
  it('unites active and eligible', () => {
    const eligible = { grants: [roleAssignments.row.parse(grant('ben')) as RoleGrant], members: new Map() };
    expect([...(roleHolders([{ grants, members }, eligible], people).get(globalAdmin) ?? [])]).toEqual(['anna', 'ben']);
  });
  it('leaves administrative units out of Conditional Access', () => {
    const limited = [grant('anna', exchangeAdmin, { directoryScopeId: '/administrativeUnits/1' })].map((row) => roleAssignments.row.parse(row) as RoleGrant);
    expect(conditionalAccessRoles([{ grants: limited, members }], people).size).toBe(0);
  });
  it('lists the groups to read, each once', () => expect(groupsWithRoles([...grants, ...grants])).toEqual(['g']));
  it('names a principal by what there is', () => expect(grants.map(principalName)).toEqual(['anna@contoso.com', 'Group g', 'App sp', 'gone@contoso.com']));
  it('holds each role once, all by template id', () => {
    expect(privilegedRoles.size).toBe(30);
    expect(new Set([...privilegedRoles.values()].map((role) => role.name)).size).toBe(30);
    expect([...privilegedRoles.keys()].every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  });
});
