import { retiredPermission } from '../../src/advisories/retired-permissions.ts';
import { isMicrosofts, publisherText } from '../../src/datasets/app-ownership.ts';
import { appPermissions, ratedApps } from '../../src/datasets/app-permissions.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
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
  needs: { servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments },

  evaluate(evidence, { tenant }) {
    const permissions = appPermissions(evidence.servicePrincipals, evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const apps = ratedApps(permissions, (held) => retiredPermission(held.resourceAppId, held.permission));
    const findings = apps.map(({ app, appId, appName, rated }) => {
      const publisher = app ? publisherText(app, tenant.id) : 'unknown owner';
      const replacements = [...new Set(rated.map((each) => each.rating.replacement))];
      const names = rated.map((each) => each.permission);
      return {
        subject: { type: 'servicePrincipal', id: appId, name: appName },
        message: `${appName} (${publisher}) holds ${list(names, 3)} of an interface that ends; use ${list(replacements)} instead.`,
        facts: { permissions: names.join(', '), retirements: [...new Set(rated.map((each) => each.rating.retirement))].sort().join(' ') },
      };
    });
    return failIfAny(findings, evidence.servicePrincipals.filter((app) => !isMicrosofts(app)).length);
  },
});
