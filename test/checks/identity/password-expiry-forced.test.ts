import check from '../../../checks/identity/password-expiry-forced.ts';
import { checkTable } from '../../support/check-table.ts';

const never = 2_147_483_647;
const root = { id: 'contoso.com', authenticationType: 'Managed', isRoot: true, isVerified: true, passwordValidityPeriodInDays: never };

checkTable(check, [
  { it: 'passes when passwords never expire', evidence: { domains: [root] }, expect: { pass: 1 } },
  { it: 'passes when it was never set', evidence: { domains: [{ ...root, passwordValidityPeriodInDays: null }] }, expect: 'pass' },
  {
    it: 'fails after 90 days',
    evidence: { domains: [root, { ...root, id: 'fabrikam.com', passwordValidityPeriodInDays: 90 }] },
    expect: { fail: ['fabrikam.com'] },
  },
  { it: 'fails after two years', evidence: { domains: [{ ...root, passwordValidityPeriodInDays: 730 }] }, expect: { fail: ['contoso.com'] } },
  {
    it: 'judges subdomains by their root',
    evidence: { domains: [root, { ...root, id: 'sub.contoso.com', isRoot: false, passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves federated domains alone',
    evidence: { domains: [root, { ...root, id: 'fed.com', authenticationType: 'Federated', passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves unverified domains alone',
    evidence: { domains: [root, { ...root, id: 'new.com', isVerified: false, passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  { it: 'does not apply when all domains are federated', evidence: { domains: [{ ...root, authenticationType: 'Federated' }] }, expect: 'notApplicable' },
  { it: 'does not apply without domains', evidence: { domains: [] }, expect: 'notApplicable' },
  { it: 'is unknown when the sign-in type is null', evidence: { domains: [{ ...root, authenticationType: null }] }, expect: 'unknown' },
  { it: 'is unknown when verification is null', evidence: { domains: [{ ...root, isVerified: null }] }, expect: 'unknown' },
  { it: 'is unknown when the root is null', evidence: { domains: [{ ...root, isRoot: null }] }, expect: 'unknown' },
]);
