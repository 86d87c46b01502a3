import { signInMembers } from '../../src/datasets/accounts.ts';
import { type Answer, blocks, modernClients, type Policy, requiresManagedDevice, requiresMfa } from '../../src/datasets/conditional-access.ts';
import { judgeCoverage } from '../../src/datasets/coverage-findings.ts';
import { conditionalAccessEvidence, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { isTrusted, type NamedLocation, namedLocations } from '../../src/datasets/graph/namedLocations.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

const registration = 'urn:user:registersecurityinfo';
/** The trusted addresses of the old multifactor page, as policies name them. */
const multifactorTrustedIps = '00000000-0000-0000-0000-000000000000';

export default defineCheck({
  id: 'security-info-unprotected',
  title: 'Registering a second factor is protected',
  failTitle: 'Anyone with the password can register a second factor',
  why: 'The first person to register decides who owns the account. Without a rule, that may be whoever learned the password first.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Protect security info registration',
      url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-all-users-security-info-registration',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact:
      'New staff need a Temporary Access Pass, a trusted network or a managed device to register. Since July 2026 such policies also apply when Windows Hello is set up.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Policies, and choose New policy from template.',
      'Take the template "Securing security info registration", keep all users, and exclude the emergency accounts only.',
      'Allow Temporary Access Pass under Authentication methods, so that new staff can register from anywhere.',
      'Watch the policy in report-only for a week, then switch it on.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='Protect security information';state='enabledForReportingButNotEnforced';conditions=@{users=@{includeUsers=@('All');excludeUsers=@('<emergency-account-id>')};applications=@{includeUserActions=@('urn:user:registersecurityinfo')};locations=@{includeLocations=@('All');excludeLocations=@('AllTrusted')}};grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Set the policy to report-only.',
  },
  needs: { ...conditionalAccessEvidence, ...directoryEvidence, namedLocations },

  /** Trusted networks may be spared: being there is itself the proof the template asks for. */
  evaluate(evidence, { settings, tenant }) {
    const trust = trustOf(evidence.namedLocations);
    const { examined, findings, because } = judgeCoverage({
      policies: evidence.conditionalAccessPolicies,
      demand: { met: (policy) => isGuarded(policy, trust), clientApps: modernClients, mayNarrow: ['locations'], userAction: registration },
      directory: directoryOf(evidence),
      groupNames: evidence.conditionalAccessGroups,
      people: signInMembers(evidence.users),
      emergency: settings.emergencyAccounts,
      tenant,
      words: {
        nobody: 'No enforced policy protects the registration of a second factor',
        user: (name) => `No enforced policy protects how ${name} registers a second factor`,
        app: (name) => `The registration of a second factor is not protected for ${name}`,
      },
    });
    return failIfAny(findings, examined, because);
  },
});

/** Place → whether it is trusted. A place that is not listed no longer exists. */
function trustOf(locations: readonly NamedLocation[]): ReadonlyMap<string, Answer> {
  const trust = new Map<string, Answer>([
    ['AllTrusted', 'yes'],
    [multifactorTrustedIps, 'yes'],
  ]);
  for (const location of locations) trust.set(idKey(location.id), isTrusted(location));
  return trust;
}

/** A rule for a few places, or one that spares a place nobody trusts, leaves the door open there. */
function isGuarded(policy: Policy, trust: ReadonlyMap<string, Answer>): Answer {
  const { applications, locations } = policy.conditions;
  if (!applications?.includeUserActions.includes(registration)) return 'no';
  const spared = (locations?.excludeLocations ?? []).map((id) => trust.get(id) ?? 'no');
  if ((locations && !locations.includeLocations.includes('All')) || spared.includes('no')) return 'no';
  const guards = blocks(policy) || requiresManagedDevice(policy) === 'yes' ? 'yes' : requiresMfa(policy);
  return guards === 'yes' && spared.includes('unknown') ? 'unknown' : guards;
}
