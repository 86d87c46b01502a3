import { type RetiredPermission, retiredPermission, retiredScope } from '../../src/advisories/retired-permissions.ts';
import { appSubject, isMicrosofts, publisherText } from '../../src/datasets/app-ownership.ts';
import { appPermissions, consents, groupedBy, ratedApps } from '../../src/datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { type ServicePrincipal, servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { type DeepReadonly, defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { scriptingApps } from '../../src/lib/app-ids.ts';
import { list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'retired-api-permission-held',
  title: 'No app holds permissions of interfaces that end',
  failTitle: 'Apps hold permissions of interfaces that end',
  why: 'What the app does with them stops on the date, and until then the permission is risk without a future.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Microsoft Graph permissions reference', url: 'https://learn.microsoft.com/graph/permissions-reference' },
    { label: 'Microsoft Graph versioning and support', url: 'https://learn.microsoft.com/graph/versioning-and-support' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Functions of the app that still use the old interface stop when the permission is removed.',
    steps: [
      'Ask the owner of the app whether it has moved to the replacement named in the finding, and from which version on.',
      'Grant the replacement’s permission, update the app, see that it works.',
      'Entra admin center > Entra ID > Enterprise apps > the app > Permissions: note the old permission and remove it, or use the command.',
    ],
    command: 'Remove-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId <resource-object-id> -AppRoleAssignmentId <assignment-id>',
    rollback: 'Grant the permission again, as long as Microsoft still offers it.',
  },
  needs: { servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments, oauth2PermissionGrants },

  evaluate(evidence, { tenant }) {
    const permissions = appPermissions(evidence.servicePrincipals, evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const asApp = ratedApps(permissions, (held) => retiredPermission(held.resourceAppId, held.permission)).flatMap(({ app, appId, appName, rated }) =>
      rated.map(({ permission, rating }): Held => ({ id: appId, name: appName, app, permission, rating })),
    );
    const clients = evidence.servicePrincipals.filter(actsForOthers);
    const asUser = consents(clients, evidence.oauth2PermissionGrants, evidence.servicePrincipals).flatMap(({ app, resourceAppId, scopes }) =>
      scopes.flatMap((permission): Held[] => {
        const rating = retiredScope(resourceAppId, permission);
        return rating ? [{ ...appSubject(app), app, permission, rating }] : [];
      }),
    );
    const findings = [...groupedBy([...asApp, ...asUser], ({ id }) => id)].flatMap(([id, all]) => {
      const [first] = all;
      if (!first) return [];
      const names = [...new Set(all.map(({ permission }) => permission))].sort();
      const replacements = [...new Set(all.map(({ rating }) => rating.replacement))].sort();
      const publisher = first.app ? publisherText(first.app, tenant.id) : 'unknown owner';
      return [
        {
          subject: { type: 'servicePrincipal', id, name: first.name },
          message: `${first.name} (${publisher}) holds ${list(names, 3)} of an interface that ends; use ${list(replacements)} instead.`,
          facts: { permissions: names.join(', '), retirements: [...new Set(all.map(({ rating }) => rating.retirement))].sort().join(' ') },
        },
      ];
    });
    return failIfAny(findings, clients.length);
  },
});

interface Held {
  id: string;
  name: string;
  app: DeepReadonly<ServicePrincipal> | undefined;
  permission: string;
  rating: RetiredPermission;
}

function actsForOthers(app: DeepReadonly<ServicePrincipal>): boolean {
  return !isMicrosofts(app) || scriptingApps.includes(app.appId?.toLowerCase() ?? '');
}
