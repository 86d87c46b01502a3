import { appSubject, isMicrosofts, publisherText } from '../../src/datasets/app-ownership.ts';
import { appPermissions, consents, groupedBy, ratedApps } from '../../src/datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipalSignIns } from '../../src/datasets/graph/servicePrincipalSignIns.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { list } from '../../src/lib/text.ts';

const delegated = 'EWS.AccessAsUser.All';
const application = 'full_access_as_app';

export default defineCheck({
  id: 'ews-permissions-granted',
  title: 'No app holds a permission for Exchange Web Services',
  failTitle: 'Apps hold permissions for Exchange Web Services',
  why: 'Microsoft switches this interface off step by step; backup, phone, room and signature tools that use it stop.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Deprecation of Exchange Web Services',
      url: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-ews-exchange-online',
    },
    { label: 'Migrate EWS apps to Microsoft Graph', url: 'https://learn.microsoft.com/graph/migrate-exchange-web-services-overview' },
  ],
  remediation: {
    effort: 'high',
    impact: 'None while the app still works; after the removal its Exchange functions stop unless it was moved to Graph.',
    steps: [
      'Microsoft 365 admin center > Reports > Usage > Exchange > EWS usage: see which of these apps still call the interface.',
      'Ask each vendor from which version on the product uses Microsoft Graph, and update it.',
      'Keep the rest on the allow list (EwsAllowedAppIDs) until the end date; remove the permission from apps that no longer need it.',
    ],
    command: 'Remove-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId <exchange-online-object-id> -AppRoleAssignmentId <assignment-id>',
    rollback: 'Grant the permission again, as long as Microsoft still offers the interface.',
  },
  needs: { servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments, oauth2PermissionGrants },
  wants: { servicePrincipalSignIns },

  evaluate(evidence, { tenant }) {
    const outside = evidence.servicePrincipals.filter((app) => !isMicrosofts(app));
    const permissions = appPermissions(evidence.servicePrincipals, evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const asApp = ratedApps(permissions, (held) => held.permission === application || undefined).map(({ appId, appName, app }) => ({
      id: appId,
      name: appName,
      app,
      held: application,
    }));
    const asUser = consents(outside, evidence.oauth2PermissionGrants, evidence.servicePrincipals)
      .filter(({ scopes }) => scopes.includes(delegated))
      .map(({ app }) => ({ ...appSubject(app), app, held: delegated }));

    const signIns = evidence.servicePrincipalSignIns.ok ? evidence.servicePrincipalSignIns.kept : undefined;
    const findings = [...groupedBy([...asApp, ...asUser], (each) => each.id)].flatMap(([id, all]) => {
      const [first] = all;
      if (!first) return [];
      const held = [...new Set(all.map((each) => each.held))].sort();
      const publisher = first.app ? publisherText(first.app, tenant.id) : 'unknown owner';
      const seen = first.app?.appId ? signIns?.get(first.app.appId) : undefined;
      const message = `${first.name} (${publisher}) holds ${list(held)}, which only Exchange Web Services honor.`;
      return [
        {
          subject: { type: 'servicePrincipal', id, name: first.name },
          message,
          facts: { permissions: held.join(', '), publisher, ...(seen ? { lastSignIn: isoDay(seen) } : {}) },
        },
      ];
    });
    return failIfAny(findings, outside.length);
  },
});
