import { describe, expect, it } from 'vitest';
import { type EmergencyQuestion, emergencyAccountsOf, emergencyFacts, toleratedRemark } from '../../src/datasets/emergency.ts';
import { conditionalAccessPolicies, type Policy } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { type User, users } from '../../src/datasets/graph/users.ts';
import { globalAdministrator, globalReader } from '../../src/datasets/roles.ts';
import { policy, user } from './identity-rows.ts';

const ids = ['anna', 'em1', 'em2', 'em3'];
const accounts = ids.reduce((kept, id) => users.keep.add(kept, users.row.parse(user(id))), users.keep.start());
const one = (id: string) => accounts.get(id) as User;

function question(spared: readonly string[], change: Partial<EmergencyQuestion> = {}): EmergencyQuestion {
  return {
    named: [],
    policies: [conditionalAccessPolicies.row.parse(policy({ users: { excludeUsers: [...spared] } })) as Policy],
    directory: {
      users: accounts,
      groups: new Map(),
      roles: new Map([
        [globalAdministrator, new Set(ids.slice(1))],
        [globalReader, new Set(['anna'])],
      ]),
    },
    tenant: { servicePlans: ['AAD_PREMIUM'] },
    ...change,
  };
}
const found = (each: EmergencyQuestion) => ids.filter((id) => emergencyAccountsOf(each).isEmergency(one(id)));

describe('emergencyAccountsOf', () => {
  it('takes those that the settings name, and no others', () => {
    const named = question(['em1', 'em2'], { named: ['EM3@contoso.com'] });
    expect(found(named)).toEqual(['em3']);
    expect(emergencyAccountsOf(named)).toMatchObject({ derived: false, candidates: [] });
  });

  it('takes one or two Global Administrators that every policy spares', () => {
    expect(found(question(['em1', 'anna']))).toEqual(['em1']);
    expect(found(question(['em2', 'em1']))).toEqual(['em1', 'em2']);
    expect(emergencyAccountsOf(question(['em2', 'em1'])).candidates.map(({ id }) => id)).toEqual(['em1', 'em2']);
  });

  it('takes none of three, but names them', () => {
    const three = emergencyAccountsOf(question(['em1', 'em2', 'em3']));
    expect(found(question(['em1', 'em2', 'em3']))).toEqual([]);
    expect(three.derived).toBe(false);
    expect(emergencyFacts(three, [])).toMatchObject({ sparedByEveryPolicy: 'em1@contoso.com, em2@contoso.com and em3@contoso.com' });
  });

  it('takes none without a policy for all users', () => {
    expect(found(question(['em1'], { policies: [] }))).toEqual([]);
    const forAnna = conditionalAccessPolicies.row.parse(policy({ users: { includeUsers: ['anna'] } })) as Policy;
    expect(found(question(['em1'], { policies: [forAnna] }))).toEqual([]);
  });

  it('counts a policy whose demand is not known, and no policy that demands something else', () => {
    const unclear = conditionalAccessPolicies.row.parse(policy({ id: 'u', grant: { operator: 'XOR', builtInControls: ['mfa', 'compliantDevice'] } })) as Policy;
    const device = conditionalAccessPolicies.row.parse(policy({ id: 'd', grant: { builtInControls: ['compliantDevice'] } })) as Policy;
    const { policies } = question(['em1']);
    expect(found(question([], { policies: [...policies, unclear] }))).toEqual([]);
    expect(found(question([], { policies: [...policies, device] }))).toEqual(['em1']);
  });

  it('needs every policy in an unknown state to spare them too, and takes none by such a policy alone', () => {
    const odd = (excludeUsers: string[]) => conditionalAccessPolicies.row.parse(policy({ id: 'o', state: 'paused', users: { excludeUsers } })) as Policy;
    const { policies } = question(['em1']);
    expect(found(question([], { policies: [...policies, odd([])] }))).toEqual([]);
    expect(found(question([], { policies: [...policies, odd(['em1'])] }))).toEqual(['em1']);
    expect(found(question([], { policies: [odd(['em1'])] }))).toEqual([]);
  });

  it('takes none where they are the only administrators', () => {
    const alone = question(['em1']).directory;
    const directory = { ...alone, roles: new Map([[globalAdministrator, new Set(['em1'])]]) };
    expect(found(question(['em1'], { directory }))).toEqual([]);
    expect(found(question(['em1'], { directory, tenant: { servicePlans: null } }))).toEqual([]);
    expect(found(question(['em1'], { directory, tenant: { servicePlans: ['AAD_PREMIUM_P2'] } }))).toEqual(['em1']);
    expect(found(question(['em1'], { directory, tenant: { servicePlans: ['AAD_PREMIUM_P2'] }, holders: directory.roles }))).toEqual([]);
    expect(found(question(['em1'], { directory, holders: new Map([[globalReader, new Set(['anna'])]]) }))).toEqual(['em1']);
  });
});

describe('what is said about tolerated accounts', () => {
  it('is nothing when nobody was', () => {
    expect(toleratedRemark([])).toBeUndefined();
    expect(emergencyFacts(emergencyAccountsOf(question([])), [])).toEqual({});
  });

  it('names them in order, and says when they were not named', () => {
    expect(toleratedRemark([one('em2'), one('em1')])).toBe('Tolerated as emergency accounts: em1@contoso.com, em2@contoso.com.');
    expect(toleratedRemark([one('em1')], true)).toMatch(/\. They are not named in the configuration: confirm that they are yours\.$/);
  });
});
