import { accountsWhere, emergencyAccounts, requireStateOf } from '../../src/datasets/accounts.ts';
import { toleratedRemark } from '../../src/datasets/emergency.ts';
import { roleAssignmentInstances } from '../../src/datasets/graph/roleAssignmentInstances.ts';
import { type User, users } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { principalName, principalType, type RoleGrant } from '../../src/datasets/role-grant.ts';
import { privilegedRoles } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'permanent-privileged-assignments',
  title: 'Administrator rights are switched on when needed',
  failTitle: 'Administrator rights are permanently on',
  why: 'Standing rights are what malware on the computer of an administrator uses. Rights that are switched on for an hour are mostly off when the attack comes.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.7.4v1' },
    { framework: 'CIS M365 6.0', id: '5.3.1' },
    { framework: 'CIS M365 7.0', id: '5.3.1' },
    { framework: 'NIST SP 800-53', id: 'AC-2' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
  ],
  references: [
    {
      label: 'Assign roles in Privileged Identity Management',
      url: 'https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-how-to-add-role-to-user',
    },
    { label: 'Plan Privileged Identity Management', url: 'https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-deployment-plan' },
  ],
  servicePlans: ['AAD_PREMIUM_P2', 'Entra_Identity_Governance'],
  remediation: {
    effort: 'medium',
    impact: 'Administrators activate their role for some hours before they work, with a reason and a second factor.',
    steps: [
      'Open the Microsoft Entra admin center, then ID Governance, then Privileged Identity Management, then Microsoft Entra roles, then Assignments.',
      'For each person named, add an eligible assignment of the same role and let the person test the activation.',
      'Remove the active assignment, or give it an end.',
      'A group may keep its role if its members switch on their membership through Privileged Identity Management: accept the finding with that reason.',
      'Name the emergency accounts in the settings: they keep their permanent assignment.',
    ],
    command: "Get-MgRoleManagementDirectoryRoleAssignmentScheduleInstance -All | Where-Object {$_.AssignmentType -eq 'Assigned' -and -not $_.EndDateTime}",
    rollback: 'Add the active assignment without an end again.',
  },
  needs: { roleAssignmentInstances, users },

  /** Apps cannot activate a role and are judged by a rule of their own. */
  evaluate({ roleAssignmentInstances, users }, { settings }) {
    const isEmergency = emergencyAccounts(settings.emergencyAccounts);
    const privileged = roleAssignmentInstances.filter((grant) => privilegedRoles.has(grant.roleDefinitionId) && isPerson(grant));
    const inScope = privileged.filter((grant) => {
      const user = users.get(grant.principalId);
      return !user || (user.accountEnabled !== false && !isEmergency(user));
    });
    const endlessInScope = inScope.filter((grant) => grant.endDateTime == null && grant.assignmentType !== 'Activated');
    const isUnsaid = (grant: RoleGrant) => users.get(grant.principalId)?.accountEnabled === null;
    const standing = endlessInScope.filter((grant) => grant.assignmentType === 'Assigned' && !isUnsaid(grant));
    if (standing.length === 0) {
      requireTypes(endlessInScope);
      requireStateOf(endlessInScope.filter(isUnsaid).flatMap((grant) => users.get(grant.principalId) ?? []));
    }
    const endless = new Set(privileged.filter((grant) => grant.endDateTime == null).map((grant) => grant.principalId));
    const spared = accountsWhere(users, (user) => user.accountEnabled === true && isEmergency(user) && endless.has(idKey(user.id)));
    const byPrincipal = [...Map.groupBy(standing, (grant) => grant.principalId).values()];
    return failIfAny(
      byPrincipal.map((grants) => standingFinding(grants, users)).sort((a, b) => byText(a.subject.id, b.subject.id)),
      inScope.length,
      toleratedRemark(spared),
    );
  },
});

/** A principal of unknown type is taken for a person: only apps are left out. */
function isPerson(grant: RoleGrant): boolean {
  return principalType(grant) !== 'servicePrincipal';
}

function requireTypes(grants: readonly (RoleGrant & { readonly assignmentType?: string | null | undefined })[]): void {
  const odd = grants.filter((grant) => grant.assignmentType !== 'Assigned').map((grant) => `${principalName(grant)} (${grant.assignmentType ?? 'null'})`);
  if (odd.length === 0) return;
  throw new UnknownEvidence(
    `Assignments have a type that is neither Assigned nor Activated: ${list(odd.sort(), 3)}.`,
    'Look at the assignments in the Microsoft Entra admin center under Privileged Identity Management, Microsoft Entra roles, and update tidytenant.',
  );
}

function standingFinding(grants: readonly RoleGrant[], users: ReadonlyMap<string, User>): Finding {
  const roles = [...new Set(grants.map((grant) => privilegedRoles.get(grant.roleDefinitionId)?.name ?? grant.roleDefinitionId))].sort();
  const principal = grants[0]?.principalId ?? '';
  const id = users.get(principal)?.id ?? principal;
  const name = grants.map(principalName).sort().at(-1) ?? id;
  const type = grants.map((grant) => principalType(grant) ?? 'user').sort()[0] ?? 'user';
  return { subject: { type, id, name }, message: `${name} holds ${list(roles)} without an end.`, facts: { roles: roles.join(', ') } };
}
