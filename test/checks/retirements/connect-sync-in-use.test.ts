import check from '../../../checks/retirements/connect-sync-in-use.ts';
import { user } from '../../datasets/identity-rows.ts';
import { servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const displayName = 'On-Premises Directory Synchronization Service Account';
const connect = user('sync', { userPrincipalName: 'Sync_DC1_0a1b2c3d@contoso.onmicrosoft.com', displayName });
const cloud = user('cloud', { userPrincipalName: 'ADToAADSyncServiceAccount@contoso.onmicrosoft.com', displayName });
const app = servicePrincipal({ id: 'sp1', displayName: 'ConnectSyncProvisioning_DC1_0a1b2c3d' });
const given = (users: readonly unknown[], servicePrincipals: readonly unknown[] = [servicePrincipal()], onPremisesSyncEnabled: boolean | null = true) => ({
  organization: [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled }],
  users: [user('anna'), ...users],
  servicePrincipals,
});

checkTable(check, [
  { it: 'passes with cloud sync', evidence: given([cloud]), expect: { pass: 1 } },
  { it: 'fails with the account of Connect Sync', evidence: given([connect]), expect: { fail: ['sync'] } },
  { it: 'fails with its app', evidence: given([], [app]), expect: { fail: ['sp1'] } },
  { it: 'names all that is there, beside cloud sync too', evidence: given([connect, cloud], [app]), expect: { fail: ['sync', 'sp1'] } },
  { it: 'passes over a disabled account', evidence: given([{ ...connect, accountEnabled: false }, cloud]), expect: { pass: 1 } },
  {
    it: 'passes over a person with such a name',
    evidence: given([cloud, user('eve', { userPrincipalName: 'Sync_me@contoso.com', displayName: 'Eve' })]),
    expect: { pass: 1 },
  },
  { it: 'does not apply without synchronisation', evidence: given([connect], undefined, null), expect: 'notApplicable' },
  { it: 'is unknown when nothing tells which program synchronises', evidence: given([]), expect: 'unknown' },
]);
