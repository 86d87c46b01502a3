import check from '../../../checks/identity/admins-synced-from-ad.ts';
import { exchangeAdmin, forbidden, globalAdmin, grant, groupGrant, lower, members, notLicensed, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const deviceLocal = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const roleDefinitions = [
  { id: globalAdmin, displayName: 'Global Administrator' },
  { id: exchangeAdmin, displayName: 'Exchange Administrator' },
  { id: globalReader, displayName: 'Global Reader' },
  { id: deviceLocal, displayName: 'Microsoft Entra Joined Device Local Administrator' },
  { id: 'custom', displayName: 'Printer Administrator of Hall 3' },
  { id: 'reader', displayName: 'Reports Reader' },
];
const managed = { id: 'contoso.com', authenticationType: 'Managed', isVerified: true };
const synced = user('ben', { onPremisesSyncEnabled: true });

function evidence(change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), synced],
    roleAssignments: [grant('anna')],
    roleGroupMembers: {},
    roleDefinitions,
    domains: [managed],
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when administrators are cloud-only', evidence: evidence(), expect: { pass: 1 } },
  {
    it: 'takes a user that is no longer synchronised as cloud-only',
    evidence: evidence({ users: [user('anna', { onPremisesSyncEnabled: false })] }),
    expect: 'pass',
  },
  {
    it: 'fails for a synchronised administrator',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', exchangeAdmin)] }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'fails for a synchronised Global Reader',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', globalReader)] }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'fails for a custom role named Administrator',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', 'custom')] }),
    expect: { fail: ['ben'] },
  },
  { it: 'leaves other roles alone', evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', 'reader')] }), expect: { pass: 1 } },
  {
    it: 'leaves administrators of single computers alone',
    evidence: evidence({ roleAssignments: [grant('anna'), grant('ben', deviceLocal)] }),
    expect: { pass: 1 },
  },
  {
    it: 'fails through a group',
    evidence: evidence({ roleAssignments: [groupGrant('g')], roleGroupMembers: { g: members('anna', 'ben') } }),
    expect: { fail: ['ben'] },
  },
  { it: 'fails for an eligible one', evidence: evidence({ roleEligibilityInstances: [grant('ben')], eligibleGroupMembers: {} }), expect: { fail: ['ben'] } },
  {
    it: 'fails in a federated domain',
    evidence: evidence({
      domains: [managed, { id: 'Fed.contoso.com', authenticationType: 'Federated', isVerified: true }],
      users: [user('anna', { userPrincipalName: 'anna@fed.contoso.com' })],
    }),
    expect: { fail: ['anna'] },
  },
  {
    it: 'does not judge by domains that are not verified',
    evidence: evidence({ domains: [managed, { id: 'contoso.net', authenticationType: null, isVerified: false }] }),
    expect: { pass: 1 },
  },
  {
    it: 'is unknown for a sign-in type that is not published',
    evidence: evidence({ domains: [{ ...managed, authenticationType: 'Borrowed' }] }),
    expect: 'unknown',
  },
  {
    it: 'ignores disabled administrators',
    evidence: evidence({
      users: [user('anna'), user('ben', { onPremisesSyncEnabled: true, accountEnabled: false })],
      roleAssignments: [grant('anna'), grant('ben')],
    }),
    expect: { pass: 1 },
  },
  { it: 'does not apply without administrators', evidence: evidence({ roleAssignments: [] }), expect: 'notApplicable' },
  { it: 'is unknown when eligible roles could not be read', evidence: evidence({ roleEligibilityInstances: forbidden }), expect: 'unknown' },
  {
    it: 'fails for who is certain beside an account and a domain that say too little',
    evidence: evidence({
      users: [synced, user('odd', { accountEnabled: null, onPremisesSyncEnabled: true })],
      roleAssignments: [grant('ben'), grant('odd')],
      domains: [managed, { ...managed, id: 'odd.com', authenticationType: null }],
    }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'is unknown for a synchronised administrator of unknown state',
    evidence: evidence({ users: [user('ben', { accountEnabled: null, onPremisesSyncEnabled: true })], roleAssignments: [grant('ben')] }),
    expect: 'unknown',
  },
  {
    it: 'knows role and people by ids in upper case',
    evidence: evidence({
      users: [user(upper, { onPremisesSyncEnabled: true })],
      roleAssignments: [grant(lower, globalAdmin.toUpperCase())],
    }),
    expect: { fail: [upper] },
  },
]);
