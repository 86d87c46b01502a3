import { byState, requireStateOf } from '../../src/datasets/accounts.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { principalName, principalType } from '../../src/datasets/role-grant.ts';
import { globalAdministrator, roleHolders } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

const fewest = 2;
const most = 8;

export default defineCheck({
  id: 'global-admin-count-unsafe',
  title: 'Between two and eight people are Global Administrator',
  failTitle: 'There are too few or too many Global Administrators',
  why: 'With one, a lost phone stops everything; with many, nobody knows who can change what, and each of them is a way in.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.7.1v1' },
    { framework: 'NIST SP 800-53', id: 'AC-6(5)' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
  ],
  references: [
    { label: 'Best practices for Microsoft Entra roles', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices' },
    { label: 'Emergency access accounts', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'People who lose the role keep their work with a narrower role.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Roles & admins, then Global Administrator, and go through the assignments.',
      'Give each person the narrower role the work needs, for example Exchange Administrator, then remove Global Administrator.',
      'Keep at least two holders; two emergency accounts count among the eight.',
    ],
    command: 'Get-MgRoleManagementDirectoryRoleAssignment -Filter "roleDefinitionId eq \'62e90394-69f5-4237-9190-012177145e10\'" -ExpandProperty Principal',
    rollback: 'Assign Global Administrator again.',
  },
  needs: directoryEvidence,
  needsIfLicensed: eligibleEvidence,

  /** People are counted once, however they hold the role. Without a plan for PIM only active assignments exist. */
  evaluate(evidence) {
    const holders = roleHolders(activeAndEligible(evidence), evidence.users).get(globalAdministrator) ?? new Set();
    const { enabled, unsaid } = byState([...holders].flatMap((id) => evidence.users.get(id) ?? []));
    const names = enabled.map((user) => user.userPrincipalName).sort();
    const isGood = (people: number) => people >= fewest && people <= most;
    // With those of unknown state the number may be anything from here to there; all of it must be good, or all of it bad.
    const reachable = Array.from({ length: unsaid.length + 1 }, (_, more) => isGood(names.length + more));
    if (reachable.includes(true) && reachable.includes(false)) requireStateOf(unsaid);
    if (isGood(names.length)) return failIfAny([], names.length);
    const apps = evidence.roleAssignments.filter((grant) => grant.roleDefinitionId === globalAdministrator && principalType(grant) === 'servicePrincipal');
    const finding: Finding = {
      subject: { type: 'unifiedRoleDefinition', id: globalAdministrator, name: 'Global Administrator' },
      message:
        names.length === 0
          ? 'No enabled user is Global Administrator.'
          : `${names.length} enabled ${names.length === 1 ? 'user is' : 'users are'} Global Administrator: ${list(names, 20)}.`,
      facts: {
        people: names.length,
        apps: apps.map(principalName).sort().join(', '),
        eligibleCounted: evidence.roleEligibilityInstances.ok,
      },
    };
    return failIfAny([finding], names.length);
  },
});
