import { expect } from 'vitest';
import check from '../../../checks/identity/permanent-privileged-assignments.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { appGrant, exchangeAdmin, globalAdmin, grant, groupGrant, lower, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const directoryReaders = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b';
const standing = { assignmentType: 'Assigned', endDateTime: null };
const users = [user('anna'), user('ben')];

checkTable(check, [
  {
    it: 'passes when the role was activated',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna'), assignmentType: 'Activated', endDateTime: '2026-08-20T16:00:00Z' }] },
    expect: { pass: 1 },
  },
  {
    it: 'passes when the assignment ends',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna'), assignmentType: 'Assigned', endDateTime: '2027-01-01T00:00:00Z' }] },
    expect: 'pass',
  },
  { it: 'passes without assignments', evidence: { users, roleAssignmentInstances: [] }, expect: { pass: 0 } },
  {
    it: 'passes for roles that are not privileged',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna', directoryReaders), ...standing }] },
    expect: 'pass',
  },
  {
    it: 'names a person once with all roles',
    evidence: {
      users,
      roleAssignmentInstances: [
        { ...grant('anna'), ...standing },
        { ...grant('anna', exchangeAdmin), ...standing },
      ],
    },
    expect: { fail: ['anna'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'anna@contoso.com holds Exchange Administrator and Global Administrator without an end.' }] }),
  },
  { it: 'names a group', evidence: { users, roleAssignmentInstances: [{ ...groupGrant('admins'), ...standing }] }, expect: { fail: ['admins'] } },
  { it: 'leaves apps to another rule', evidence: { users, roleAssignmentInstances: [{ ...appGrant('sp'), ...standing }] }, expect: { pass: 0 } },
  {
    it: 'counts a role in an administrative unit',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna', exchangeAdmin, { directoryScopeId: '/administrativeUnits/1' }), ...standing }] },
    expect: { fail: ['anna'] },
  },
  {
    it: 'names a principal of unknown type',
    evidence: { users, roleAssignmentInstances: [{ ...grant('other', exchangeAdmin, { principal: null }), ...standing }] },
    expect: { fail: ['other'] },
  },
  {
    it: 'ignores disabled accounts',
    evidence: { users: [user('anna', { accountEnabled: false })], roleAssignmentInstances: [{ ...grant('anna'), ...standing }] },
    expect: { pass: 0 },
  },
  {
    it: 'tolerates emergency accounts',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna'), ...standing }] },
    context: { settings: { ...defaultSettings, emergencyAccounts: ['anna@contoso.com'] } },
    expect: { pass: 0 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Tolerated as emergency accounts: anna@contoso.com.' }),
  },
  {
    it: 'is unknown for a type that is not published',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna'), assignmentType: 'Lent', endDateTime: null }] },
    expect: 'unknown',
  },
  {
    it: 'is unknown for a type that is null',
    evidence: { users, roleAssignmentInstances: [{ ...grant('anna'), assignmentType: null, endDateTime: null }] },
    expect: 'unknown',
  },
  {
    it: 'fails for what is certain beside a type that is not published',
    evidence: {
      users,
      roleAssignmentInstances: [
        { ...grant('anna'), assignmentType: 'Lent', endDateTime: null },
        { ...grant('ben'), ...standing },
      ],
    },
    expect: { fail: ['ben'] },
  },
  {
    it: 'is unknown for an account of unknown state',
    evidence: { users: [user('anna', { accountEnabled: null })], roleAssignmentInstances: [{ ...grant('anna'), ...standing }] },
    expect: 'unknown',
  },
  {
    it: 'knows role and account by ids in upper case',
    evidence: {
      users: [user(upper, { accountEnabled: false }), user(upper.replace('A1', 'B1'))],
      roleAssignmentInstances: [
        { ...grant(lower), ...standing },
        { ...grant(lower.replace('a1', 'b1'), globalAdmin.toUpperCase()), ...standing },
      ],
    },
    expect: { fail: [upper.replace('A1', 'B1')] },
  },
]);
