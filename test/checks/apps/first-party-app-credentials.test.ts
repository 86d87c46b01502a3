import { expect } from 'vitest';
import check from '../../../checks/apps/first-party-app-credentials.ts';
import { certificate, exchangeAppId, microsoftTenant, password, servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const end = '2027-01-01T00:00:00Z';
const microsofts = (change: Record<string, unknown> = {}) => servicePrincipal({ appOwnerOrganizationId: microsoftTenant, ...change });

checkTable(check, [
  { it: 'passes when Microsoft’s apps carry no login', evidence: { servicePrincipals: [microsofts()] }, expect: { pass: 1 } },
  { it: 'fails with a password', evidence: { servicePrincipals: [microsofts({ passwordCredentials: [password(end, end)] })] }, expect: { fail: ['app1'] } },
  { it: 'fails with a certificate', evidence: { servicePrincipals: [microsofts({ keyCredentials: [certificate(end, end)] })] }, expect: { fail: ['app1'] } },
  {
    it: 'fails for Microsoft’s second tenant',
    evidence: {
      servicePrincipals: [microsofts({ appOwnerOrganizationId: '72f988bf-86f1-41af-91ab-2d7cd011db47', passwordCredentials: [password(end, end)] })],
    },
    expect: { fail: ['app1'] },
  },
  {
    it: 'passes over outside apps',
    evidence: { servicePrincipals: [microsofts(), servicePrincipal({ id: 'app2', passwordCredentials: [password(end, end)] })] },
    expect: { pass: 1 },
  },
  {
    it: 'passes over an app without an owner',
    evidence: { servicePrincipals: [microsofts(), servicePrincipal({ id: 'app2', appOwnerOrganizationId: null, passwordCredentials: [password(end, end)] })] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves certificates on Exchange Online to their own check',
    evidence: { servicePrincipals: [microsofts(), microsofts({ id: 'exo', appId: exchangeAppId, keyCredentials: [certificate(end, end)] })] },
    expect: { pass: 2 },
  },
  {
    it: 'names a password on Exchange Online',
    evidence: { servicePrincipals: [microsofts({ id: 'exo', appId: exchangeAppId, passwordCredentials: [password(end, end)] })] },
    expect: { fail: ['exo'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'entra-first-party-sp-symmetric-keys' } }] }),
  },
  {
    it: 'says what usually puts a certificate on the client for second factors',
    evidence: { servicePrincipals: [microsofts({ appId: '981f26a1-7f43-403b-a875-f8b09b8cd720', keyCredentials: [certificate(end, end)] })] },
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: expect.stringContaining('NPS extension'), facts: { retirements: 'none' } }] }),
  },
  { it: 'does not apply where Graph lists no Microsoft app', evidence: { servicePrincipals: [servicePrincipal()] }, expect: 'notApplicable' },
]);
