import { synchronizes } from '../../src/datasets/connect-sync.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import { immutableIdUsers } from '../../src/datasets/graph/immutableIdUsers.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { roleDefinitions } from '../../src/datasets/graph/roleDefinitions.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { privilegedRoles, roleHolders, synchronizationAccounts } from '../../src/datasets/roles.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'admin-hard-match-prepared',
  title: 'No cloud administrator carries the anchor of a local account',
  failTitle: 'Cloud administrators carry the anchor of a local account',
  why: 'With the anchor a local account could be joined to the administrator. Microsoft now refuses that for accounts with roles, so a planned takeover fails.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'When a tenant already has accounts', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-install-existing-tenant' },
    { label: 'Protect Microsoft 365 from on-premises attacks', url: 'https://learn.microsoft.com/entra/architecture/protect-m365-from-on-premises-attacks' },
  ],
  remediation: {
    effort: 'low',
    impact: 'The account can no longer be joined to a local one.',
    steps: [
      'Ask whether the account was to be joined to a local one; if so, remove its roles first and give them to a cloud-only account.',
      'Otherwise clear the anchor by the command.',
    ],
    command: 'Invoke-MgGraphRequest -Method PATCH -Uri https://graph.microsoft.com/v1.0/users/<user-id> -Body \'{"onPremisesImmutableId": null}\'',
    rollback: 'Write the former value back.',
  },
  needs: { ...directoryEvidence, roleDefinitions, organization, immutableIdUsers },
  needsIfLicensed: eligibleEvidence,

  evaluate(evidence) {
    if (!synchronizes(theOnly(evidence.organization, 'organization')))
      return { verdict: 'notApplicable', because: 'The tenant does not synchronise a local directory.' };
    const holders = roleHolders(activeAndEligible(evidence), evidence.users);
    const sync = synchronizationAccounts(holders);
    const roles = new Map<string, string[]>();
    for (const [roleId, ids] of holders) {
      const name = evidence.roleDefinitions.get(roleId) ?? privilegedRoles.get(roleId)?.name ?? roleId;
      for (const id of ids) if (!sync.has(id)) roles.set(id, [...(roles.get(id) ?? []), name].sort());
    }
    const findings = [...roles].flatMap(([id, held]) => {
      const user = evidence.users.get(id);
      if (!user || user.onPremisesSyncEnabled || !evidence.immutableIdUsers.has(idKey(user.id))) return [];
      const name = user.userPrincipalName;
      return [
        {
          subject: { type: 'user', id: user.id, name },
          message: `${name}, ${list(held, 3)}, is a cloud account with the anchor of a local one.`,
          facts: { roles: held.join(', ') },
        },
      ];
    });
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      roles.size,
    );
  },
});
