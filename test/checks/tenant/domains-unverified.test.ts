import check from '../../../checks/tenant/domains-unverified.ts';
import { checkTable } from '../../support/check-table.ts';

const good = { id: 'contoso.com', authenticationType: 'Managed', isVerified: true };

checkTable(check, [
  { it: 'passes when every domain is verified', evidence: { domains: [good, { ...good, id: 'contoso.onmicrosoft.com' }] }, expect: { pass: 2 } },
  { it: 'names the domain that is not', evidence: { domains: [good, { ...good, id: 'old.com', isVerified: false }] }, expect: { fail: ['old.com'] } },
  { it: 'is unknown for null', evidence: { domains: [{ ...good, isVerified: null }] }, expect: 'unknown' },
]);
