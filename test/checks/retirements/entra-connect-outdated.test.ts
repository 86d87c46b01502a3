import check from '../../../checks/retirements/entra-connect-outdated.ts';
import { user } from '../../datasets/identity-rows.ts';
import { servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const displayName = 'On-Premises Directory Synchronization Service Account';
const connect = user('sync', { userPrincipalName: 'Sync_DC1_0a1b2c3d@contoso.onmicrosoft.com', displayName });
const cloud = user('cloud', { userPrincipalName: 'ADToAADSyncServiceAccount@contoso.onmicrosoft.com', displayName });
const advice = (status: string, recommendationType = 'aadConnectDeprecated') => ({
  id: 'r1',
  displayName: 'Upgrade',
  recommendationType,
  status,
  impactedResources: [],
});
const given = (recommendations: readonly unknown[], account: unknown = connect, onPremisesSyncEnabled: boolean | null = true) => ({
  organization: [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled }],
  users: account ? [account] : [],
  servicePrincipals: [servicePrincipal()],
  recommendations,
});

checkTable(check, [
  { it: 'passes when Entra found it done', evidence: given([advice('completedBySystem')]), expect: { pass: 1 } },
  { it: 'fails when Entra recommends it', evidence: given([advice('active')]), expect: { fail: ['r1'] } },
  { it: 'is for a person when Entra says nothing', evidence: given([advice('active', 'staleApps')]), expect: 'manual' },
  { it: 'is for a person when somebody set it aside', evidence: given([advice('dismissed')]), expect: 'manual' },
  { it: 'does not apply without synchronisation', evidence: given([advice('active')], connect, null), expect: 'notApplicable' },
  { it: 'does not apply to cloud sync', evidence: given([advice('active')], cloud), expect: 'notApplicable' },
  { it: 'is unknown when nothing tells which program synchronises', evidence: given([advice('active')], null), expect: 'unknown' },
]);
