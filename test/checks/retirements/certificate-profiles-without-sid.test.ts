import check from '../../../checks/retirements/certificate-profiles-without-sid.ts';
import { otherProfile, target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const principal = { sanType: 'userPrincipalName', name: '{{UserPrincipalName}}' };
const sid = { sanType: 'universalResourceIdentifier', name: '{{OnPremisesSecurityIdentifier}}' };
const profile = (names: unknown, change: Record<string, unknown> = {}) => ({
  '@odata.type': '#microsoft.graph.windows81SCEPCertificateProfile',
  id: 's1',
  displayName: 'Wi-Fi',
  assignments: [target.allUsers],
  customSubjectAlternativeNames: names,
  ...change,
});
const evidence = (profiles: unknown[], onPremisesSyncEnabled: boolean | null = true) => ({
  deviceConfigurations: [otherProfile, ...profiles],
  organization: [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled }],
});

checkTable(check, [
  { it: 'passes with the identifier', evidence: evidence([profile([principal, sid])]), expect: { pass: 1 } },
  { it: 'passes without profiles', evidence: evidence([]), expect: { pass: 0 } },
  { it: 'fails without it', evidence: evidence([profile([principal])]), expect: { fail: ['s1'] } },
  { it: 'fails without alternative names', evidence: evidence([profile(null)]), expect: { fail: ['s1'] } },
  {
    it: 'fails a profile for phones',
    evidence: evidence([profile([], { '@odata.type': '#microsoft.graph.iosScepCertificateProfile', id: 's2' })]),
    expect: { fail: ['s2'] },
  },
  { it: 'passes a profile for nobody', evidence: evidence([profile([], { assignments: [] })]), expect: { pass: 0 } },
  { it: 'does not apply without a local directory', evidence: evidence([profile([])], null), expect: 'notApplicable' },
  { it: 'does not apply where the synchronization was switched off', evidence: evidence([profile([])], false), expect: 'notApplicable' },
]);
