import { describe, expect, it } from 'vitest';
import { byState, emergencyAccounts, guestTypeOf, requireStateOf } from '../../src/datasets/accounts.ts';
import { conditionalAccessGroups, groupIdLists } from '../../src/datasets/graph/conditionalAccessGroups.ts';
import { conditionalAccessPolicies, type Policy } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { type LegacyUse, legacySignIns } from '../../src/datasets/graph/legacySignIns.ts';
import { policyGroupMembers } from '../../src/datasets/graph/policyGroupMembers.ts';
import { type User, users } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { keptOrNone, theOnly } from '../../src/datasets/unread.ts';
import { type AnyDataset, UnknownEvidence } from '../../src/kit/kit.ts';
import { forbidden, guest, lower, notLicensed, policy, upper, user } from './identity-rows.ts';

function fold<Kept>(dataset: AnyDataset, rows: readonly unknown[], key?: string): Kept {
  return rows.reduce<Kept>((kept, row) => dataset.keep.add(kept, dataset.row.parse(row), key), dataset.keep.start());
}

describe('groups of policies', () => {
  const withGroups = (ids: string[], state = 'enabled') =>
    conditionalAccessPolicies.row.parse(policy({ state, users: { includeGroups: ids, excludeGroups: ids.slice(0, 1) } })) as Policy;
  it('asks for nothing without groups', () => expect(groupIdLists([withGroups([])])).toEqual([]));
  it('asks for each group once, sorted and quoted', () => expect(groupIdLists([withGroups(['b', "o'x"]), withGroups(['a', 'b'])])).toEqual(["'a','b','o''x'"]));
  it('leaves out policies that are switched off, keeps report-only', () =>
    expect(groupIdLists([withGroups(['a'], 'disabled'), withGroups(['b'], 'enabledForReportingButNotEnforced')])).toEqual(["'b'"]));
  it('asks for fifteen at a time', () => {
    const ids = Array.from({ length: 31 }, (_, at) => `g${String(at).padStart(2, '0')}`);
    expect(groupIdLists([withGroups(ids)]).map((list) => list.split(',').length)).toEqual([15, 15, 1]);
  });
  it('reads members only of groups that exist', () => {
    const kept = fold<Map<string, string>>(conditionalAccessGroups, [
      { id: 'b', displayName: null },
      { id: 'a', displayName: 'A' },
    ]);
    expect(policyGroupMembers.each?.keys([kept])).toEqual(['a', 'b']);
    expect(kept.get('b')).toBe('b');
  });
  it('keeps members by group', () => {
    const kept = policyGroupMembers.keep.start();
    for (const [group, id] of [
      ['a', 'x'],
      ['b', 'y'],
      ['a', 'z'],
      ['a', 'x'],
    ] as const)
      policyGroupMembers.keep.add(kept, { id }, group);
    expect([...kept].map(([group, members]) => [group, [...members]])).toEqual([
      ['a', ['x', 'z']],
      ['b', ['y']],
    ]);
    expect(() => policyGroupMembers.keep.add(kept, { id: 'x' })).toThrow('need the id of their group');
  });
});

describe('ids', () => {
  it('compares GUIDs without regard to case and leaves words alone', () => {
    expect([upper, lower, 'All', 'A1'].map(idKey)).toEqual([lower, lower, 'All', 'A1']);
  });
  it('keys what is looked up, and keeps the id of a user as it came', () => {
    expect([...fold<Map<string, User>>(users, [user(upper)])]).toMatchObject([[lower, { id: upper }]]);
    expect([...fold<Map<string, string>>(conditionalAccessGroups, [{ id: upper }]).keys()]).toEqual([lower]);
    const members = policyGroupMembers.keep.add(policyGroupMembers.keep.start(), { id: upper }, upper);
    expect([...members].map(([group, ids]) => [group, [...ids]])).toEqual([[lower, [lower]]]);
  });
  it('asks for Conditional Access policies without a plan too', () => expect(conditionalAccessPolicies.evenUnlicensed).toBe(true));
});

describe('users', () => {
  const one = (row: unknown) => [...fold<Map<string, User>>(users, [row]).values()][0] as User;
  it('keeps what is judged', () => {
    expect(one(user('a', { onPremisesSyncEnabled: true, createdDateTime: '1970-01-03T12:00:00Z' }))).toMatchObject({
      id: 'a',
      userPrincipalName: 'a@contoso.com',
      accountEnabled: true,
      userType: 'Member',
      external: false,
      onPremisesSyncEnabled: true,
      createdDay: 2,
      agent: undefined,
      synchronizes: undefined,
    });
  });
  it('keeps what the service did not say as not said', () => {
    const bare = one({ id: 'a', userPrincipalName: 'a@contoso.com' });
    expect(bare).toMatchObject({ accountEnabled: null, userType: null, createdDay: null });
    expect(byState([bare, one(user('b'))])).toMatchObject({ enabled: [{ id: 'b' }], unsaid: [{ id: 'a' }] });
    expect(() => requireStateOf([bare])).toThrow(UnknownEvidence);
  });
  it('tells the type of guest', () => {
    expect(guestTypeOf(one(user('a')))).toBeNull();
    expect(guestTypeOf(one(guest('a')))).toBe('b2bCollaborationGuest');
    expect(guestTypeOf(one(guest('a', { userType: 'Member' })))).toBe('b2bCollaborationMember');
    expect(guestTypeOf(one(user('a', { userType: 'Guest' })))).toBe('internalGuest');
    expect(guestTypeOf(one(user('a', { userType: 'Guest', externalUserState: 'PendingAcceptance' })))).toBe('b2bCollaborationGuest');
  });
  it('knows emergency accounts by id and by name', () => {
    const isEmergency = emergencyAccounts(['A', 'Break@contoso.com']);
    expect([one(user('a')), one(user('break')), one(user('b'))].map(isEmergency)).toEqual([true, true, false]);
    expect(emergencyAccounts([])(one(user('a')))).toBe(false);
  });
});

describe('legacySignIns', () => {
  const at = (createdDateTime: string, errorCode: number | null, name = 'a@contoso.com') => ({
    createdDateTime,
    userId: 'a',
    userPrincipalName: name,
    clientAppUsed: 'IMAP4',
    appDisplayName: 'X',
    status: { errorCode },
  });
  const rows = [
    at('2026-08-01T00:00:00Z', 0),
    at('2026-08-03T00:00:00Z', 50126, 'A@contoso.com'),
    at('2026-08-02T00:00:00Z', 0),
    at('2026-08-02T01:00:00Z', null),
  ];
  it('counts by user, client and app, whatever the order', () => {
    const kept = [...fold<Map<string, LegacyUse>>(legacySignIns, rows).values()];
    expect(kept).toEqual([
      {
        userId: 'a',
        userPrincipalName: 'a@contoso.com',
        client: 'IMAP4',
        app: 'X',
        succeeded: 2,
        failed: 1,
        unknown: 1,
        lastSuccess: '2026-08-02T00:00:00Z',
        lastAttempt: '2026-08-03T00:00:00Z',
      },
    ]);
    expect([...fold<Map<string, LegacyUse>>(legacySignIns, rows.toReversed()).values()]).toEqual(kept);
  });
  it('asks for 30 days', () => {
    const filter = legacySignIns.filter;
    expect(typeof filter === 'function' && filter(new Date('2026-08-20T12:00:00Z'))).toContain(
      'createdDateTime ge 2026-07-21T12:00:00Z and signInEventTypes/any',
    );
  });
});

describe('unread', () => {
  it('takes a missing licence as nothing and hands on everything else', () => {
    expect(keptOrNone(notLicensed, [])).toEqual([]);
    expect(keptOrNone({ ok: true, kept: [1], items: 1, pages: 1, at: '' }, [])).toEqual([1]);
    expect(() => keptOrNone(forbidden, [])).toThrow(
      expect.objectContaining({
        name: 'UnknownEvidence',
        message: 'Microsoft Graph answered 403 to /policies.',
        fix: 'Grant the permission Policy.Read.All and give admin consent.',
        reason: 'permission',
      }),
    );
  });
  it('does not make up a missing object', () => expect(() => theOnly(null, 'policy')).toThrow('The service sent no policy.'));
});
