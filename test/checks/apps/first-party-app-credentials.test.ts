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
    it: 'leaves Exchange Online to its own check',
    evidence: { servicePrincipals: [microsofts(), microsofts({ id: 'exo', appId: exchangeAppId, keyCredentials: [certificate(end, end)] })] },
    expect: { pass: 1 },
  },
  { it: 'does not apply where Graph lists no Microsoft app', evidence: { servicePrincipals: [servicePrincipal()] }, expect: 'notApplicable' },
]);
