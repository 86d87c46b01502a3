import { expect } from 'vitest';
import check from '../../../checks/identity/global-admin-count-unsafe.ts';
import { appGrant, exchangeAdmin, forbidden, globalAdmin, grant, groupGrant, lower, members, notLicensed, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const names = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8', 'u9'];

function evidence(holders: readonly string[], change: Record<string, unknown> = {}) {
  return {
    users: names.map((name) => user(name)),
    roleAssignments: holders.map((name) => grant(name)),
    roleGroupMembers: {},
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes with two', evidence: evidence(names.slice(0, 2)), expect: { pass: 2 } },
  { it: 'passes with eight', evidence: evidence(names.slice(0, 8)), expect: { pass: 8 } },
  {
    it: 'fails with one',
    evidence: evidence(['u1']),
    expect: { fail: [globalAdmin] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: '1 enabled user is Global Administrator: u1@contoso.com.' }] }),
  },
  { it: 'fails with nine', evidence: evidence(names), expect: { fail: [globalAdmin] } },
  { it: 'fails with none', evidence: evidence([]), expect: { fail: [globalAdmin] } },
  {
    it: 'counts members of a group with the role',
    evidence: evidence(['u1'], { roleAssignments: [grant('u1'), groupGrant('g')], roleGroupMembers: { g: members('u2') } }),
    expect: { pass: 2 },
  },
  {
    it: 'counts a person once',
    evidence: evidence(['u1'], { roleAssignments: [grant('u1'), groupGrant('g')], roleGroupMembers: { g: members('u1') } }),
    expect: { fail: [globalAdmin] },
  },
  { it: 'counts eligible people', evidence: evidence(['u1'], { roleEligibilityInstances: [grant('u2')], eligibleGroupMembers: {} }), expect: { pass: 2 } },
  {
    it: 'counts eligible members of a group',
    evidence: evidence(['u1'], { roleEligibilityInstances: [groupGrant('g')], eligibleGroupMembers: { g: members('u2', 'u3') } }),
    expect: { pass: 3 },
  },
  {
    it: 'does not count apps but names them',
    evidence: evidence(['u1'], { roleAssignments: [grant('u1'), appGrant('sp')] }),
    expect: { fail: [globalAdmin] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { apps: 'App sp', eligibleCounted: false } }] }),
  },
  {
    it: 'does not count disabled people',
    evidence: evidence(['u1', 'off'], { users: [user('u1'), user('off', { accountEnabled: false })] }),
    expect: { fail: [globalAdmin] },
  },
  {
    it: 'does not count people who were deleted',
    evidence: evidence(['u1'], { roleAssignments: [grant('u1'), grant('gone', globalAdmin, { principal: null })] }),
    expect: { fail: [globalAdmin] },
  },
  {
    it: 'does not count other roles',
    evidence: evidence(['u1'], { roleAssignments: [grant('u1'), grant('u2', exchangeAdmin)] }),
    expect: { fail: [globalAdmin] },
  },
  { it: 'is unknown when eligible roles could not be read', evidence: evidence(['u1', 'u2'], { roleEligibilityInstances: forbidden }), expect: 'unknown' },
  {
    it: 'fails with nine beside one of unknown state',
    evidence: evidence([...names, 'odd'], { users: [...names.map((name) => user(name)), user('odd', { accountEnabled: null })] }),
    expect: { fail: [globalAdmin] },
  },
  {
    it: 'is unknown with one beside one of unknown state',
    evidence: evidence(['u1', 'odd'], { users: [user('u1'), user('odd', { accountEnabled: null })] }),
    expect: 'unknown',
  },
  {
    it: 'passes with two beside one of unknown state',
    evidence: evidence(['u1', 'u2', 'odd'], { users: [user('u1'), user('u2'), user('odd', { accountEnabled: null })] }),
    expect: { pass: 2 },
  },
  {
    it: 'knows role and people by ids in upper case',
    evidence: evidence(['u1'], { users: [user('u1'), user(lower)], roleAssignments: [grant('u1'), grant(upper, globalAdmin.toUpperCase())] }),
    expect: { pass: 2 },
  },
]);
