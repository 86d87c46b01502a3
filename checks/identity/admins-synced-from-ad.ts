import { byState, requireStateOf } from '../../src/datasets/accounts.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import { domains, isFederated, isVerified } from '../../src/datasets/graph/domains.ts';
import { roleDefinitions } from '../../src/datasets/graph/roleDefinitions.ts';
import type { User } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { globalReader, privilegedRoles, roleHolders } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Administers computers, not the tenant, and is rightly held by synchronised staff. */
const deviceLocalAdministrator = '9f06204d-73c1-4d4c-880a-6edb90606fd8';

export default defineCheck({
  id: 'admins-synced-from-ad',
  title: 'Administrators are cloud-only accounts',
  failTitle: 'Some administrators come from the local directory',
  why: 'An intruder in the local network could take the cloud along with it.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.7.3v1' },
    { framework: 'CIS M365 6.0', id: '1.1.1' },
    { framework: 'CIS M365 7.0', id: '1.1.1' },
    { framework: 'NIST SP 800-53', id: 'AC-6(5)' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.3' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
    { framework: 'MITRE ATT&CK', id: 'T1556' },
    { framework: 'MITRE ATT&CK', id: 'T1556.007' },
  ],
  references: [
    { label: 'Protect Microsoft 365 from on-premises attacks', url: 'https://learn.microsoft.com/entra/architecture/protect-m365-from-on-premises-attacks' },
    { label: 'Best practices for Microsoft Entra roles', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Each administrator named gets a second account for administration, with its own password and second factor.',
    steps: [
      'Create a cloud-only account under the onmicrosoft.com domain for each administrator named.',
      'Register phishing-resistant methods for it.',
      'Open the Microsoft Entra admin center, then Entra ID, then Roles & admins, assign the roles to the new account and remove them from the synchronised one.',
    ],
    command:
      'New-MgUser -DisplayName "<name> (administration)" -UserPrincipalName "<name>-admin@<tenant>.onmicrosoft.com" -MailNickname "<name>-admin" -AccountEnabled -PasswordProfile @{password="<password>"}',
    rollback: 'Assign the roles to the former account again.',
  },
  needs: { ...directoryEvidence, roleDefinitions, domains },
  needsIfLicensed: eligibleEvidence,

  /** Any role named Administrator counts, custom ones too, and Global Reader, which sees everything. */
  evaluate(evidence) {
    const certain = evidence.domains.filter((domain) => domain.isVerified === true && domain.authenticationType === 'Federated');
    const federated = new Set(certain.map((domain) => domain.id.toLowerCase()));
    const rolesOf = new Map<string, string[]>();
    for (const [roleId, ids] of roleHolders(activeAndEligible(evidence), evidence.users)) {
      const name = evidence.roleDefinitions.get(roleId) ?? privilegedRoles.get(roleId)?.name;
      if (!name || !administers(roleId, name)) continue;
      for (const id of ids) rolesOf.set(id, [...(rolesOf.get(id) ?? []), name].sort());
    }
    const { enabled: admins, unsaid } = byState([...rolesOf.keys()].flatMap((id) => evidence.users.get(id) ?? []));
    if (admins.length + unsaid.length === 0) return { verdict: 'notApplicable', because: 'No enabled user holds an administrator role.' };
    const findingsOf = (user: User) => syncedFinding(user, federated, rolesOf.get(idKey(user.id)) ?? []);
    const findings = admins.flatMap(findingsOf);
    if (findings.length === 0) {
      for (const domain of evidence.domains) if (isVerified(domain)) isFederated(domain);
      requireStateOf(unsaid.filter((user) => findingsOf(user).length > 0));
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      admins.length,
    );
  },
});

function administers(roleId: string, name: string): boolean {
  return roleId === globalReader || (name.includes('Administrator') && roleId !== deviceLocalAdministrator);
}

function syncedFinding(user: User, federated: ReadonlySet<string>, roles: readonly string[]): Finding[] {
  const inFederatedDomain = federated.has(user.userPrincipalName.toLowerCase().split('@').at(-1) ?? '');
  if (!user.onPremisesSyncEnabled && !inFederatedDomain) return [];
  const how = user.onPremisesSyncEnabled ? 'is synchronised from the local directory' : 'signs in through a federated domain';
  const name = user.userPrincipalName;
  return [
    {
      subject: { type: 'user', id: user.id, name },
      message: `${name}, ${list(roles, 3)}, ${how}.`,
      facts: { roles: roles.join(', '), synchronised: user.onPremisesSyncEnabled },
    },
  ];
}
