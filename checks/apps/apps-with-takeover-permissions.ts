import { applicationRisk } from '../../src/advisories/permission-risk.ts';
import { ownershipOf, publisherText } from '../../src/datasets/app-ownership.ts';
import { appPermissions, ratedApps } from '../../src/datasets/app-permissions.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipalSignIns } from '../../src/datasets/graph/servicePrincipalSignIns.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'apps-with-takeover-permissions',
  title: 'No app can make itself administrator',
  failTitle: 'Some apps can make themselves administrator',
  why: 'Whoever steals the login of such an app owns the tenant, without any sign-in prompt and without a second factor.',
  severity: 'critical',
  controls: [{ framework: 'MITRE ATT&CK', id: 'T1098.003' }],
  references: [
    { label: 'Microsoft Graph permissions reference', url: 'https://learn.microsoft.com/graph/permissions-reference' },
    { label: 'Review permissions granted to applications', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Functions of the app that need the permission stop; ask its owner for a narrower permission first.',
    steps: [
      'Ask the owner of the app what it does with the permission, and which narrower one suffices.',
      'Entra admin center > Entra ID > Enterprise apps > the app > Permissions: note the permission, then remove it under App registrations > API permissions or by the command.',
      'Where the permission must stay: use a certificate or a managed identity instead of a password, watch its sign-ins, and accept the risk in the configuration with an end date.',
    ],
    command: 'Remove-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId <resource-object-id> -AppRoleAssignmentId <assignment-id>',
    rollback: 'Grant the permission again: New-MgServicePrincipalAppRoleAssignedTo with the same principal, resource and role ids.',
  },
  needs: { servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments },
  wants: { servicePrincipalSignIns },

  evaluate(evidence, { tenant }) {
    const permissions = appPermissions(evidence.servicePrincipals, evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const apps = ratedApps(permissions, (held) => {
      const risk = applicationRisk(held.resourceAppId, held.permission);
      return risk?.tier === 'takeover' ? risk : undefined;
    });
    const signIns = evidence.servicePrincipalSignIns.ok ? evidence.servicePrincipalSignIns.kept : undefined;

    const findings = apps.map(({ app, appId, appName, rated }) => {
      const path = rated.some((each) => each.rating.path === 'direct') ? 'direct' : 'indirect';
      const reasons = rated.map((each) => `${each.rating.reason} (${each.permission})`);
      const publisher = app ? publisherText(app, tenant.id) : 'unknown owner';
      const off = app?.accountEnabled === false ? ', switched off for now' : '';
      const seen = app?.appId ? signIns?.get(app.appId) : undefined;
      return {
        subject: { type: 'servicePrincipal', id: appId, name: appName },
        message: `${appName} (${publisher}${off}) ${list(reasons, 3)}: ${path === 'direct' ? 'a direct way' : 'a way over one more step'} to full control.`,
        facts: {
          permissions: rated.map((each) => each.permission).join(', '),
          path,
          publisher,
          ...(app?.accountEnabled === false ? { switchedOff: true } : {}),
          ...(seen ? { lastSignIn: isoDay(seen) } : {}),
        },
      };
    });
    return failIfAny(findings, evidence.servicePrincipals.filter((app) => ownershipOf(app, tenant.id) !== 'microsoft').length);
  },
});
