import { applicationRisk } from '../../src/advisories/permission-risk.ts';
import { ownershipOf, publisherText } from '../../src/datasets/app-ownership.ts';
import { appPermissions, ratedApps } from '../../src/datasets/app-permissions.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipalSignIns } from '../../src/datasets/graph/servicePrincipalSignIns.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Exchange can limit these to some mailboxes, which Graph does not tell. */
const ofMailbox = /^(Mail|Calendars|Contacts|full_access_as_app)/;
const unlessLimited = ', unless a policy in Exchange limits it to some mailboxes';

export default defineCheck({
  id: 'apps-with-all-tenant-data',
  title: 'No app holds access to everybody’s mail, files or chats',
  failTitle: 'Apps can read everybody’s mail, files or chats',
  why: 'Each of these apps is a copy of your whole company in somebody else’s hands. If its maker is broken into, so are you.',
  severity: 'high',
  controls: [{ framework: 'MITRE ATT&CK', id: 'T1528' }],
  references: [
    { label: 'Microsoft Graph permissions reference', url: 'https://learn.microsoft.com/graph/permissions-reference' },
    { label: 'Limit mailbox access of applications', url: 'https://learn.microsoft.com/exchange/permissions-exo/application-rbac' },
    { label: 'Selected permissions for SharePoint', url: 'https://learn.microsoft.com/graph/permissions-selected-overview' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'The app loses access to whatever is no longer granted; plan the change with its owner.',
    steps: [
      'Ask the owner of the app which mailboxes, sites or chats it needs.',
      'Mail: replace the permission by application RBAC in Exchange Online, limited to those mailboxes. Files: replace it by Sites.Selected and grant single sites.',
      'Entra admin center > Entra ID > Enterprise apps > the app > Permissions: remove what is no longer needed.',
      'What must stay, or is limited in Exchange already: accept it in the configuration with a reason, an approver and an end date.',
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
      return risk?.tier === 'tenantData' ? risk : undefined;
    });
    const signIns = evidence.servicePrincipalSignIns.ok ? evidence.servicePrincipalSignIns.kept : undefined;

    const findings = apps.map(({ app, appId, appName, rated }) => {
      const reasons = [...new Set(rated.map((each) => each.rating.reason))];
      const publisher = app ? publisherText(app, tenant.id) : 'unknown owner';
      const off = app?.accountEnabled === false ? ', switched off for now' : '';
      const granted = rated.flatMap((each) => each.granted ?? []).sort(byText)[0];
      const seen = app?.appId ? signIns?.get(app.appId) : undefined;
      return {
        subject: { type: 'servicePrincipal', id: appId, name: appName },
        message: `${appName} (${publisher}${off}) ${list(reasons, 3)}${rated.some(({ permission }) => ofMailbox.test(permission)) ? unlessLimited : ''}.`,
        facts: {
          permissions: rated.map((each) => each.permission).join(', '),
          publisher,
          ...(app?.accountEnabled === false ? { switchedOff: true } : {}),
          ...(granted ? { grantedSince: isoDay(granted) } : {}),
          ...(seen ? { lastSignIn: isoDay(seen) } : {}),
        },
      };
    });
    return failIfAny(findings, evidence.servicePrincipals.filter((app) => ownershipOf(app, tenant.id) !== 'microsoft').length);
  },
});
