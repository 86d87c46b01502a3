import check from '../../../checks/retirements/federated-token-check-off.ts';
import { checkTable } from '../../support/check-table.ts';

const domain = (id: string, authenticationType: string | null = 'Federated', isVerified: boolean | null = true) => ({ id, authenticationType, isVerified });
const given = (rootDomains: string | null, domains: readonly unknown[] = [domain('a.com'), domain('sub.b.com')], domainNames?: readonly string[]) => ({
  domains,
  federatedTokenValidationPolicy: [{ validatingDomains: rootDomains === null ? null : { rootDomains, ...(domainNames ? { domainNames } : {}) } }],
});
const both = ['a.com', 'sub.b.com'];

checkTable(check, [
  { it: 'passes when all domains are checked', evidence: given('all'), expect: { pass: 2 } },
  { it: 'passes when all federated domains are', evidence: given('allFederated'), expect: { pass: 2 } },
  { it: 'fails when none is', evidence: given('none'), expect: { fail: both } },
  { it: 'fails when managed domains are', evidence: given('allManaged'), expect: { fail: both } },
  { it: 'fails with the domain that is not named', evidence: given('enumerated', undefined, ['A.com']), expect: { fail: ['sub.b.com'] } },
  { it: 'covers subdomains by their root', evidence: given('allManagedAndEnumeratedFederated', undefined, ['a.com', 'b.com']), expect: { pass: 2 } },
  { it: 'does not take one name for another', evidence: given('enumerated', [domain('xa.com')], ['a.com']), expect: { fail: ['xa.com'] } },
  {
    it: 'does not apply without federated domains',
    evidence: given('none', [domain('a.com', 'Managed'), domain('c.com', 'Federated', false)]),
    expect: 'notApplicable',
  },
  { it: 'is unknown when the policy says nothing', evidence: given(null), expect: 'unknown' },
  { it: 'is unknown with a value nobody knows', evidence: given('some'), expect: 'unknown' },
  { it: 'is unknown when names are missing', evidence: given('enumerated'), expect: 'unknown' },
  { it: 'is unknown without the policy', evidence: { domains: [domain('a.com')], federatedTokenValidationPolicy: [] }, expect: 'unknown' },
  { it: 'is unknown when a domain does not tell how its people sign in', evidence: given('all', [domain('a.com', null)]), expect: 'unknown' },
  { it: 'is unknown when a domain does not tell whether it is verified', evidence: given('all', [domain('a.com', 'Federated', null)]), expect: 'unknown' },
]);
