import check from '../../../checks/retirements/sharepoint-acs-apps-left.ts';
import { certificate, microsoftTenant, password, servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const end = '2027-01-01T00:00:00Z';
const legacy = (change: Record<string, unknown> = {}) => ({
  servicePrincipals: [servicePrincipal({ servicePrincipalType: 'Legacy', appOwnerOrganizationId: null, ...change })],
});

checkTable(check, [
  { it: 'passes with a legacy principal that has neither login nor address', evidence: legacy(), expect: { pass: 1 } },
  { it: 'fails with a secret', evidence: legacy({ passwordCredentials: [password(end, end)] }), expect: { fail: ['app1'] } },
  {
    it: 'fails with an expired secret, which is left behind as well',
    evidence: legacy({ passwordCredentials: [password('2020-01-01T00:00:00Z', '2021-01-01T00:00:00Z')] }),
    expect: { fail: ['app1'] },
  },
  { it: 'fails with a certificate', evidence: legacy({ keyCredentials: [certificate(end, end)] }), expect: { fail: ['app1'] } },
  { it: 'fails with a SharePoint reply address', evidence: legacy({ replyUrls: ['https://contoso.sharepoint.com/sites/hr'] }), expect: { fail: ['app1'] } },
  {
    it: 'passes with an address that only looks like it',
    evidence: legacy({ replyUrls: ['https://contoso.sharepoint.com.example.org/'] }),
    expect: { pass: 1 },
  },
  {
    it: 'passes over Microsoft’s own',
    evidence: legacy({ appOwnerOrganizationId: microsoftTenant, passwordCredentials: [password(end, end)] }),
    expect: { pass: 1 },
  },
  {
    it: 'passes over ordinary apps',
    evidence: legacy({ servicePrincipalType: 'Application', passwordCredentials: [password(end, end)] }),
    expect: { pass: 1 },
  },
]);
