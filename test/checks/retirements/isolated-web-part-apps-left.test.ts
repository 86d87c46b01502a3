import { expect } from 'vitest';
import check from '../../../checks/retirements/isolated-web-part-apps-left.ts';
import { microsoftTenant, servicePrincipal, tenantId } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const name = 'SharePoint Online Client Extensibility Web Application Principal';
const isolated = 'https://contoso-4f0a8c1be2d97350.sharepoint.com/_forms/singlesignon.aspx';
const app = (change: Record<string, unknown> = {}) =>
  servicePrincipal({ displayName: name, appOwnerOrganizationId: tenantId, replyUrls: [isolated], ...change });
const apps = (...servicePrincipals: unknown[]) => ({ servicePrincipals });

checkTable(check, [
  {
    it: 'passes the app that all web parts share',
    evidence: apps(
      app({
        replyUrls: [
          'https://contoso.sharepoint.com/_forms/spfxsinglesignon.aspx',
          'https://contoso-my.sharepoint.com/',
          'https://contoso-admin.sharepoint.com/',
        ],
      }),
    ),
    expect: { pass: 1 },
  },
  {
    it: 'fails one with a domain of its own',
    evidence: apps(app()),
    expect: { fail: ['app1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            message: 'The app belongs to an isolated web part at contoso-4f0a8c1be2d97350.sharepoint.com.',
            facts: { domain: 'contoso-4f0a8c1be2d97350.sharepoint.com' },
          },
        ],
      }),
  },
  {
    it: 'names the permissions it still holds',
    evidence: {
      ...apps(app({ displayName: `${name} Helper` })),
      oauth2PermissionGrants: [
        { id: 'g1', clientId: 'app1', resourceId: 'r', scope: ' User.Read.All Mail.Read' },
        { id: 'g2', clientId: 'app1', resourceId: 's', scope: null },
        { id: 'g3', clientId: 'other', resourceId: 'r', scope: 'Files.Read.All' },
      ],
    },
    expect: { fail: ['app1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { permissions: 'Mail.Read, User.Read.All' } }] }),
  },
  { it: 'fails one in another cloud', evidence: apps(app({ replyUrls: ['https://contoso-0a1b2c3d4e5f.sharepoint.us/'] })), expect: { fail: ['app1'] } },
  {
    it: 'passes an address that only looks like it',
    evidence: apps(app({ replyUrls: ['https://contoso-4f0a8c1be2d97350.sharepoint.com.example.org/'] })),
    expect: { pass: 1 },
  },
  {
    it: 'passes a part of the name that is a word',
    evidence: apps(app({ replyUrls: ['https://contoso-intranetportal.sharepoint.com/'] })),
    expect: { pass: 1 },
  },
  { it: 'passes an app of another name', evidence: apps(app({ displayName: 'Intranet' })), expect: { pass: 1 } },
  { it: 'passes an app without a name', evidence: apps(app({ displayName: null })), expect: { pass: 1 } },
  { it: 'passes over Microsoft’s own', evidence: apps(app({ appOwnerOrganizationId: microsoftTenant })), expect: { pass: 1 } },
  { it: 'passes without reply addresses', evidence: apps(app({ replyUrls: [] })), expect: { pass: 1 } },
  { it: 'passes without apps', evidence: apps(), expect: { pass: 0 } },
]);
