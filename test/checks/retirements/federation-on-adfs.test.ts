import check from '../../../checks/retirements/federation-on-adfs.ts';
import { checkTable } from '../../support/check-table.ts';

const domain = (id: string, authenticationType = 'Federated') => ({ id, authenticationType, isVerified: true });
const adfs = { issuerUri: 'http://sts.contoso.com/adfs/services/trust' };

checkTable(check, [
  {
    it: 'passes with another identity provider',
    evidence: { domains: [domain('a.com')], domainFederation: { 'a.com': [{ issuerUri: 'https://idp.example/saml' }] } },
    expect: { pass: 1 },
  },
  {
    it: 'fails with each domain on AD FS',
    evidence: { domains: [domain('b.com'), domain('a.com'), domain('c.com', 'Managed')], domainFederation: { 'a.com': [adfs], 'b.com': [adfs] } },
    expect: { fail: ['a.com', 'b.com'] },
  },
  { it: 'does not apply without federated domains', evidence: { domains: [domain('a.com', 'Managed')], domainFederation: {} }, expect: 'notApplicable' },
  { it: 'is unknown without a configuration', evidence: { domains: [domain('a.com')], domainFederation: { 'a.com': [] } }, expect: 'unknown' },
  { it: 'is unknown without an issuer', evidence: { domains: [domain('a.com')], domainFederation: { 'a.com': [{ issuerUri: null }] } }, expect: 'unknown' },
  {
    it: 'fails beside a domain that does not tell',
    evidence: { domains: [domain('a.com'), domain('b.com')], domainFederation: { 'a.com': [adfs], 'b.com': [] } },
    expect: { fail: ['a.com'] },
  },
  {
    it: 'passes with a subdomain that goes by its root domain',
    evidence: {
      domains: [domain('a.com'), domain('x.Sub.A.com')],
      domainFederation: { 'a.com': [{ issuerUri: 'https://idp.example/saml' }], 'x.Sub.A.com': [] },
    },
    expect: { pass: 2 },
  },
  {
    it: 'fails with a subdomain that goes by its root domain',
    evidence: { domains: [domain('a.com'), domain('sub.a.com')], domainFederation: { 'a.com': [adfs], 'sub.a.com': [] } },
    expect: { fail: ['a.com', 'sub.a.com'] },
  },
  {
    it: 'is unknown with a domain that only ends like another one',
    evidence: { domains: [domain('a.com'), domain('ba.com')], domainFederation: { 'a.com': [{ issuerUri: 'https://idp.example/saml' }], 'ba.com': [] } },
    expect: 'unknown',
  },
]);
