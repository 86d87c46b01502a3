import { isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { groupedBy } from '../../src/datasets/app-permissions.ts';
import { gonePermissions } from '../../src/datasets/ended-interfaces.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'ended-permissions-left',
  title: 'Every app permission is one that its service still offers',
  failTitle: 'Apps hold permissions that their service no longer offers',
  why: 'Such a permission shows as a bare number that nobody can judge, and hides among those that count.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Review permissions granted to apps', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions' },
    { label: 'appRoleAssignment', url: 'https://learn.microsoft.com/graph/api/resources/approleassignment' },
  ],
  remediation: {
    effort: 'low',
    impact: 'None: no token carries a role that the service does not offer.',
    steps: [
      'Ask the owner of each app named here what the permission was for; its successor may be missing.',
      'List the assignments of the app by the command, and remove those whose role id stands in the facts.',
    ],
    command: 'Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId <app-object-id> -AppRoleAssignmentId <assignment-id>',
    rollback: 'None: a role that the service does not offer cannot be assigned again.',
  },
  needs: { resourceServicePrincipals, resourceAppRoleAssignments, servicePrincipals },

  /** Apps of Microsoft are left out: services grant them roles that they do not show to tenants, and taking those away breaks something. */
  evaluate(evidence) {
    const microsofts = new Set(evidence.servicePrincipals.filter(isMicrosofts).map(({ id }) => id));
    const all = gonePermissions(evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const gone = all.filter(({ principalId }) => !microsofts.has(principalId));
    const findings = [...groupedBy(gone, ({ principalId }) => principalId).values()].flatMap((held) => {
      const [first] = held;
      if (!first) return [];
      const roles = [...new Set(held.map(({ roleId }) => roleId))].sort();
      const services = [...new Set(held.map(({ resource }) => resource))].sort();
      return [
        {
          subject: { type: 'servicePrincipal', id: first.principalId, name: first.principalName },
          message: `The app holds ${count(roles.length, 'permission')} that ${list(services)} no longer ${services.length === 1 ? 'offers' : 'offer'}.`,
          facts: { roles: roles.join(' ') },
        },
      ];
    });
    return failIfAny(findings, evidence.resourceAppRoleAssignments.length);
  },
});
