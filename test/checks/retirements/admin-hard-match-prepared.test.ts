import check from '../../../checks/retirements/admin-hard-match-prepared.ts';
import { exchangeAdmin, globalAdmin, grant, notLicensed, syncAccounts, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(change: Record<string, unknown> = {}) {
  return {
    organization: [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled: true }],
    users: [user('anna'), user('ben'), user('syn', { onPremisesSyncEnabled: true })],
    roleAssignments: [grant('anna')],
    roleGroupMembers: {},
    roleDefinitions: [
      { id: globalAdmin, displayName: 'Global Administrator' },
      { id: exchangeAdmin, displayName: 'Exchange Administrator' },
    ],
    immutableIdUsers: [],
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when no administrator carries an anchor', evidence: evidence(), expect: { pass: 1 } },
  { it: 'fails with one who does', evidence: evidence({ immutableIdUsers: [{ id: 'anna' }] }), expect: { fail: ['anna'] } },
  { it: 'passes over people without roles', evidence: evidence({ immutableIdUsers: [{ id: 'ben' }] }), expect: { pass: 1 } },
  {
    it: 'fails with who may activate a role',
    evidence: evidence({ immutableIdUsers: [{ id: 'ben' }], roleEligibilityInstances: [grant('ben', exchangeAdmin)], eligibleGroupMembers: {} }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'leaves synchronised administrators to another check',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('syn')], immutableIdUsers: [{ id: 'syn' }] }),
    expect: { pass: 2 },
  },
  {
    it: 'leaves the account of the synchronisation alone',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', syncAccounts)], immutableIdUsers: [{ id: 'ben' }] }),
    expect: { pass: 1 },
  },
  {
    it: 'does not apply without synchronisation',
    evidence: evidence({ organization: [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled: null }], immutableIdUsers: [{ id: 'anna' }] }),
    expect: 'notApplicable',
  },
]);
