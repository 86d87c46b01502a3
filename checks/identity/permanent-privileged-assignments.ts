import { emergencyAccounts, isEnabled } from '../../src/datasets/accounts.ts';
import { toleratedRemark } from '../../src/datasets/emergency.ts';
import { roleAssignmentInstances } from '../../src/datasets/graph/roleAssignmentInstances.ts';
import { users } from '../../src/datasets/graph/users.ts';
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
      return !user || (isEnabled(user) && !isEmergency(user));
    });
    const standing = inScope.filter((grant) => assignmentTypeOf(grant) === 'Assigned' && grant.endDateTime == null);
    const endless = new Set(privileged.filter((grant) => grant.endDateTime == null).map((grant) => grant.principalId));
    const spared = [...users.values()].filter((user) => user.accountEnabled === true && isEmergency(user) && endless.has(user.id));
    const byPrincipal = [...Map.groupBy(standing, (grant) => grant.principalId).values()];
    return failIfAny(
      byPrincipal.map(standingFinding).sort((a, b) => byText(a.subject.id, b.subject.id)),
      inScope.length,
      toleratedRemark(spared),
    );
  },
});

/** A principal of unknown type is taken for a person: only apps are left out. */
function isPerson(grant: RoleGrant): boolean {
  return principalType(grant) !== 'servicePrincipal';
}

function assignmentTypeOf(grant: RoleGrant & { readonly assignmentType?: string | null | undefined }): string {
  const type = grant.assignmentType;
  if (type === 'Assigned' || type === 'Activated') return type;
  throw new UnknownEvidence(`An assignment of ${principalName(grant)} has the type ${type ?? 'null'}, which is neither Assigned nor Activated.`);
}

function standingFinding(grants: readonly RoleGrant[]): Finding {
  const roles = [...new Set(grants.map((grant) => privilegedRoles.get(grant.roleDefinitionId)?.name ?? grant.roleDefinitionId))].sort();
  const id = grants[0]?.principalId ?? '';
  const name = grants.map(principalName).sort().at(-1) ?? id;
  const type = grants.map((grant) => principalType(grant) ?? 'user').sort()[0] ?? 'user';
  return { subject: { type, id, name }, message: `${name} holds ${list(roles)} without an end.`, facts: { roles: roles.join(', ') } };
}
