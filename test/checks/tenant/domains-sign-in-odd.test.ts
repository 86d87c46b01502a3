import check from '../../../checks/tenant/domains-sign-in-odd.ts';
import { checkTable } from '../../support/check-table.ts';

const good = { id: 'contoso.com', authenticationType: 'Managed', isVerified: true };
const cloudOnly = [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled: null }];
const hybrid = [{ id: 't1', verifiedDomains: [], onPremisesSyncEnabled: true }];

checkTable(check, [
  {
    it: 'passes when all domains are managed',
    evidence: { domains: [good, { ...good, id: 'contoso.onmicrosoft.com' }], organization: cloudOnly },
    expect: { pass: 2 },
  },
  {
    it: 'passes when a domain is federated with a local directory',
    evidence: { domains: [{ ...good, authenticationType: 'Federated' }], organization: hybrid },
    expect: 'pass',
  },
  {
    it: 'passes with a managed and a federated domain side by side',
    evidence: { domains: [good, { ...good, id: 'notcontoso.com', authenticationType: 'Federated' }], organization: hybrid },
    expect: 'pass',
  },
  {
    it: 'fails for a federated domain without a local directory',
    evidence: { domains: [good, { ...good, id: 'evil.com', authenticationType: 'Federated' }], organization: cloudOnly },
    expect: { fail: ['evil.com'] },
  },
  {
    it: 'fails after synchronisation was switched off',
    evidence: { domains: [{ ...good, authenticationType: 'Federated' }], organization: [{ ...hybrid[0], onPremisesSyncEnabled: false }] },
    expect: { fail: ['contoso.com'] },
  },
  {
    it: 'fails for a federated subdomain of a managed domain',
    evidence: { domains: [good, { ...good, id: 'a.contoso.com', authenticationType: 'Federated' }], organization: hybrid },
    expect: { fail: ['a.contoso.com'] },
  },
  {
    it: 'fails for a managed subdomain of a federated domain',
    evidence: {
      domains: [
        { ...good, authenticationType: 'Federated' },
        { ...good, id: 'a.contoso.com' },
      ],
      organization: hybrid,
    },
    expect: { fail: ['a.contoso.com'] },
  },
  {
    it: 'compares with the nearest domain above',
    evidence: {
      domains: [good, { ...good, id: 'a.contoso.com', authenticationType: 'Federated' }, { ...good, id: 'b.a.contoso.com', authenticationType: 'Federated' }],
      organization: hybrid,
    },
    expect: { fail: ['a.contoso.com'] },
  },
  {
    it: 'ignores domains that are not verified',
    evidence: { domains: [good, { ...good, id: 'new.com', isVerified: false, authenticationType: 'Federated' }], organization: cloudOnly },
    expect: { pass: 1 },
  },
  {
    it: 'is unknown for a type that is not published',
    evidence: { domains: [{ ...good, authenticationType: 'Borrowed' }], organization: cloudOnly },
    expect: 'unknown',
  },
  { it: 'is unknown when the service sent no tenant', evidence: { domains: [good], organization: [] }, expect: 'unknown' },
]);
