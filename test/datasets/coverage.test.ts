import { describe, expect, it } from 'vitest';
import { type Policy, requiresMfa } from '../../src/datasets/conditional-access.ts';
import { coverageOf, type Demand, type Directory } from '../../src/datasets/coverage.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { type User, users } from '../../src/datasets/graph/users.ts';
import type { KeptOf } from '../../src/kit/kit.ts';
import { globalAdmin, guest, policy, user } from './identity-rows.ts';

const demand: Demand = { met: requiresMfa, clientApps: ['browser', 'other'] };

function directory(rows: unknown[], groups: Record<string, string[]> = {}, roles: Record<string, string[]> = {}): Directory & { people: User[] } {
  const kept = rows.reduce<KeptOf<typeof users>>((kept, row) => users.keep.add(kept, users.row.parse(row)), users.keep.start());
  const sets = (ids: Record<string, string[]>) => new Map(Object.entries(ids).map(([id, of]) => [id, new Set(of)]));
  return { users: kept, groups: sets(groups), roles: sets(roles), people: [...kept.values()] };
}

function coverage(policies: unknown[], dir: ReturnType<typeof directory>) {
  const parsed = policies.map((row) => conditionalAccessPolicies.row.parse(row) as Policy);
  const { uncovered, unknown, leftOutApps } = coverageOf(parsed, demand, dir, dir.people);
  return { uncovered: uncovered.map((one) => one.id), unknown: unknown.map((one) => one.id), leftOutApps: Object.fromEntries(leftOutApps) };
}

const two = directory([user('anna'), user('ben')], { g: ['anna'] }, { [globalAdmin]: ['ben'] });

describe('coverageOf', () => {
  it('leaves everybody uncovered without policies', () => expect(coverage([], two)).toEqual({ uncovered: ['anna', 'ben'], unknown: [], leftOutApps: {} }));
  it('unites people, clients and roles of several policies', () => {
    const policies = [
      policy({ id: 'a', users: { includeUsers: [], includeGroups: ['g'] } }),
      policy({ id: 'b', users: { includeUsers: [], includeRoles: [globalAdmin] }, conditions: { clientAppTypes: ['browser'] } }),
      policy({ id: 'c', users: { includeUsers: ['ben'] }, conditions: { clientAppTypes: ['other'] } }),
    ];
    expect(coverage(policies, two).uncovered).toEqual([]);
  });
  it('lets an exclusion win over an inclusion', () => expect(coverage([policy({ users: { excludeGroups: ['g'] } })], two).uncovered).toEqual(['anna']));
  it('excludes by role', () => expect(coverage([policy({ users: { excludeRoles: [globalAdmin] } })], two).uncovered).toEqual(['ben']));
  it('needs a policy for all resources', () =>
    expect(coverage([policy({ applications: { includeApplications: ['x'] } })], two).uncovered).toEqual(['anna', 'ben']));
  it('counts whom each left-out resource concerns', () => {
    const policies = [
      policy({ id: 'a', applications: { excludeApplications: ['x', 'y'] } }),
      policy({ id: 'b', users: { includeUsers: ['anna'] }, applications: { includeApplications: ['x'] } }),
    ];
    expect(coverage(policies, two)).toEqual({ uncovered: [], unknown: [], leftOutApps: { x: 1, y: 2 } });
  });
  it('does not name left-out resources of people who are uncovered anyway', () => {
    const policies = [policy({ users: { excludeUsers: ['anna'] }, applications: { excludeApplications: ['x'] } })];
    expect(coverage(policies, two)).toEqual({ uncovered: ['anna'], unknown: [], leftOutApps: { x: 1 } });
  });
  it('knows what an uncertain policy cannot take away', () => {
    const unsure = policy({ id: 'a', grant: { builtInControls: ['mfa', 'newControl'] } });
    expect(coverage([unsure], two).unknown).toEqual(['anna', 'ben']);
    expect(coverage([unsure, policy({ id: 'b', users: { includeUsers: ['anna'] } })], two).unknown).toEqual(['ben']);
  });
  it('tells the types of guests apart', () => {
    const guests = directory([guest('b2b'), guest('member', { userType: 'Member' }), user('local', { userType: 'Guest' }), user('anna')]);
    const only = (types: string) => policy({ users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: types } } });
    expect(coverage([only('internalGuest')], guests).uncovered).toEqual(['local']);
    expect(coverage([only('b2bCollaborationGuest,b2bCollaborationMember')], guests).uncovered).toEqual(['b2b', 'member']);
  });
  it('judges two hundred thousand users in a moment', () => {
    const crowd = directory(
      Array.from({ length: 200_000 }, (_, at) => user(`u${at}`)),
      { g: ['u7'] },
    );
    const policies = Array.from({ length: 10 }, (_, at) => policy({ id: `p${at}`, users: { excludeGroups: ['g'] } }));
    const start = performance.now();
    expect(coverage(policies, crowd).uncovered).toEqual(['u7']);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
