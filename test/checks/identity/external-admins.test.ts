import check from '../../../checks/identity/external-admins.ts';
import { exchangeAdmin, forbidden, grant, groupGrant, guest, members, notLicensed, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(roleAssignments: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), guest('gus'), guest('mem', { userType: 'Member' })],
    roleAssignments,
    roleGroupMembers: {},
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when administrators are own members', evidence: evidence([grant('anna')]), expect: { pass: 1 } },
  { it: 'fails for a guest', evidence: evidence([grant('anna'), grant('gus')]), expect: { fail: ['gus'] } },
  { it: 'fails for an external member', evidence: evidence([grant('anna'), grant('mem', exchangeAdmin)]), expect: { fail: ['mem'] } },
  { it: 'fails for a local guest', evidence: evidence([grant('loc')], { users: [user('loc', { userType: 'Guest' })] }), expect: { fail: ['loc'] } },
  { it: 'fails through a group', evidence: evidence([groupGrant('g')], { roleGroupMembers: { g: members('anna', 'gus') } }), expect: { fail: ['gus'] } },
  {
    it: 'fails for an eligible guest',
    evidence: evidence([grant('anna')], { roleEligibilityInstances: [grant('gus')], eligibleGroupMembers: {} }),
    expect: { fail: ['gus'] },
  },
  { it: 'leaves other roles alone', evidence: evidence([grant('anna'), grant('gus', '95e79109-95c0-4d8e-aee3-d01accf2d47b')]), expect: { pass: 1 } },
  {
    it: 'ignores disabled guests',
    evidence: evidence([grant('anna'), grant('gus')], { users: [user('anna'), guest('gus', { accountEnabled: false })] }),
    expect: { pass: 1 },
  },
  { it: 'does not apply without administrators', evidence: evidence([]), expect: 'notApplicable' },
  { it: 'is unknown when eligible roles could not be read', evidence: evidence([grant('anna')], { roleEligibilityInstances: forbidden }), expect: 'unknown' },
  {
    it: 'fails for who is certain beside an account of unknown state',
    evidence: evidence([grant('gus'), grant('odd')], { users: [guest('gus'), guest('odd', { accountEnabled: null })] }),
    expect: { fail: ['gus'] },
  },
  {
    it: 'is unknown for a guest of unknown state',
    evidence: evidence([grant('odd')], { users: [guest('odd', { accountEnabled: null })] }),
    expect: 'unknown',
  },
]);
