import { expect } from 'vitest';
import check from '../../../checks/identity/password-expiry-forced.ts';
import { checkTable } from '../../support/check-table.ts';

const never = 2_147_483_647;
const root = { id: 'contoso.com', authenticationType: 'Managed', isRoot: true, isVerified: true, passwordValidityPeriodInDays: never };
const created = (createdDateTime: string | null) => [{ id: 't1', verifiedDomains: [], createdDateTime }];
const tenant = created('2021-01-01T00:00:00Z');
const unset = [{ ...root, passwordValidityPeriodInDays: null }];

checkTable(check, [
  { it: 'passes when passwords never expire', evidence: { organization: tenant, domains: [root] }, expect: { pass: 1 } },
  { it: 'passes when it was never set in a tenant of 2021 or later', evidence: { organization: tenant, domains: unset }, expect: 'pass' },
  {
    it: 'fails when it was never set in an older tenant',
    evidence: { organization: created('2020-12-31T23:59:59Z'), domains: unset },
    expect: { fail: ['contoso.com'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'Passwords of contoso.com expire after 90 days, the default of tenants created before 2021.', facts: { days: 90 } }],
      }),
  },
  { it: 'passes in an older tenant that set it', evidence: { organization: created('2015-03-01T00:00:00Z'), domains: [root] }, expect: 'pass' },
  { it: 'is unknown when it was never set in a tenant of unknown age', evidence: { organization: created(null), domains: unset }, expect: 'unknown' },
  {
    it: 'fails for what is certain in a tenant of unknown age',
    evidence: { organization: created(null), domains: [...unset, { ...root, id: 'fabrikam.com', passwordValidityPeriodInDays: 90 }] },
    expect: { fail: ['fabrikam.com'] },
  },
  { it: 'is unknown when it was never set and there is no organization', evidence: { organization: [], domains: unset }, expect: 'unknown' },
  {
    it: 'fails after 90 days',
    evidence: { organization: tenant, domains: [root, { ...root, id: 'fabrikam.com', passwordValidityPeriodInDays: 90 }] },
    expect: { fail: ['fabrikam.com'] },
  },
  {
    it: 'fails after two years',
    evidence: { organization: tenant, domains: [{ ...root, passwordValidityPeriodInDays: 730 }] },
    expect: { fail: ['contoso.com'] },
  },
  {
    it: 'judges subdomains by their root',
    evidence: { organization: tenant, domains: [root, { ...root, id: 'sub.contoso.com', isRoot: false, passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves federated domains alone',
    evidence: { organization: tenant, domains: [root, { ...root, id: 'fed.com', authenticationType: 'Federated', passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves unverified domains alone',
    evidence: { organization: tenant, domains: [root, { ...root, id: 'new.com', isVerified: false, passwordValidityPeriodInDays: 90 }] },
    expect: { pass: 1 },
  },
  {
    it: 'does not apply when all domains are federated',
    evidence: { organization: tenant, domains: [{ ...root, authenticationType: 'Federated' }] },
    expect: 'notApplicable',
  },
  { it: 'does not apply without domains', evidence: { organization: tenant, domains: [] }, expect: 'notApplicable' },
  { it: 'is unknown when the sign-in type is null', evidence: { organization: tenant, domains: [{ ...root, authenticationType: null }] }, expect: 'unknown' },
  { it: 'is unknown when verification is null', evidence: { organization: tenant, domains: [{ ...root, isVerified: null }] }, expect: 'unknown' },
  { it: 'is unknown when the root is null', evidence: { organization: tenant, domains: [{ ...root, isRoot: null }] }, expect: 'unknown' },
  {
    it: 'fails for the domain that is certain beside others that say too little',
    evidence: {
      organization: tenant,
      domains: [
        { ...root, passwordValidityPeriodInDays: 90 },
        { ...root, id: 'a.com', authenticationType: null },
        { ...root, id: 'b.com', isVerified: null },
        { ...root, id: 'c.com', isRoot: null },
      ],
    },
    expect: { fail: ['contoso.com'] },
  },
]);
