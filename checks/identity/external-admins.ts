import { byState, requireStateOf } from '../../src/datasets/accounts.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import type { User } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { privilegedUsers, roleHolders } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'external-admins',
  title: 'No guest or outside account is an administrator',
  failTitle: 'Guests or outside accounts hold administrator roles',
  why: 'The sign-in rules and the leavers of another company then decide who administers yours.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Best practices for Microsoft Entra roles', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices' },
    { label: 'Granular delegated admin privileges', url: 'https://learn.microsoft.com/partner-center/customers/gdap-introduction' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'The person named works through a cloud account of your own tenant, or the partner through delegated admin privileges.',
    steps: [
      'Ask who gave the role and what the person does with it.',
      'Give service providers granular delegated admin privileges instead, and single experts an account of your tenant with its own second factor.',
      'Open the Microsoft Entra admin center, then Entra ID, then Roles & admins, then the role, and remove the assignment.',
    ],
    command: 'Remove-MgRoleManagementDirectoryRoleAssignment -UnifiedRoleAssignmentId <assignment-id>',
    rollback: 'Assign the role again.',
  },
  needs: directoryEvidence,
  needsIfLicensed: eligibleEvidence,

  /** External members count too: they are invited accounts that were turned into members. */
  evaluate(evidence) {
    const rolesOf = privilegedUsers(roleHolders(activeAndEligible(evidence), evidence.users));
    const { enabled: admins, unsaid } = byState([...rolesOf.keys()].flatMap((id) => evidence.users.get(id) ?? []));
    if (admins.length + unsaid.length === 0) return { verdict: 'notApplicable', because: 'No enabled user holds a privileged role.' };
    const findings = admins.filter(isOutsider).map((user): Finding => {
      const roles = rolesOf.get(idKey(user.id)) ?? [];
      const name = user.userPrincipalName;
      const message = `${name} ${user.external ? 'comes from outside' : 'is a guest account'} and holds ${list(roles, 5)}.`;
      return { subject: { type: 'user', id: user.id, name }, message, facts: { roles: roles.join(', '), guest: user.userType === 'Guest' } };
    });
    if (findings.length === 0) requireStateOf(unsaid.filter(isOutsider));
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      admins.length,
    );
  },
});

function isOutsider(user: User): boolean {
  return user.external || user.userType === 'Guest';
}
