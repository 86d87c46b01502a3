import { enabledUsers } from '../../src/datasets/accounts.ts';
import { type Answer, isEnforced, modernClients, type Policy, requiresManagedDevice, requiresMfa } from '../../src/datasets/conditional-access.ts';
import { policiesFor, reachesUser, reachOf } from '../../src/datasets/coverage.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** A policy for so few people is a trial, not a protection of the company. */
const trial = 10;

export default defineCheck({
  id: 'sign-in-baseline-missing',
  title: 'A basic protection of sign-ins is switched on',
  failTitle: 'No basic protection of sign-ins is switched on',
  why: 'Without any rule, whoever guesses or steals the password of an account is in.',
  severity: 'critical',
  controls: [],
  references: [
    { label: 'Security defaults in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/fundamentals/security-defaults' },
    { label: 'Plan a Conditional Access deployment', url: 'https://learn.microsoft.com/entra/identity/conditional-access/plan-conditional-access' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Everyone registers Microsoft Authenticator, at the latest 14 days after the next sign-in; old mail programs stop working.',
    steps: [
      'Without Entra ID P1: open the Microsoft Entra admin center, then Entra ID, then Overview, then Properties, then Manage security defaults, and enable them.',
      'With Entra ID P1: open Entra ID, then Conditional Access, and create the policies of the secure foundation templates instead.',
      'Per-user multifactor authentication is not counted: it is the old way, and either of the two replaces it.',
    ],
    command: 'Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$true',
    rollback: 'Disable security defaults again on the same page.',
  },
  needs: { securityDefaults, ...directoryEvidence },
  needsIfLicensed: conditionalAccessEvidence,

  /** Only whether there is any protection at all; who is left out of it, and where, is asked by mfa-not-required-all-users. */
  evaluate(evidence, { tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const people = enabledUsers(evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: people.length };
    const directory = directoryOf({ ...evidence, ...access });
    const protecting = policiesFor(demand, access.conditionalAccessPolicies.filter(isEnforced)).filter(isBroad);
    const reaches = protecting.map((policy) => reachOf(policy, demand, directory));
    const answers = people.map((user) => reaches.map((reach) => reachesUser(reach, user)));
    const covered = answers.filter((each) => each.includes('yes')).length;
    const unknown = answers.filter((each) => !each.includes('yes') && each.includes('unknown')).length;
    if (covered > trial || (covered > 0 && covered === people.length)) return { verdict: 'pass', examined: people.length };
    if (unknown > 0) throw new UnknownEvidence('Whether a policy protects the accounts hangs on a control that is not known.');
    const subject = { type: 'organization', id: tenant.id, name: tenant.name };
    const message = `Security defaults are off, and Conditional Access asks ${covered} of ${people.length} enabled accounts for a second factor or a managed device.`;
    return failIfAny([{ subject, message, facts: { covered, accounts: people.length } }], people.length);
  },
});

/** A rule with gaps, such as trusted networks or some platforms, is still a rule; one for risky sign-ins only is none. */
const demand = { met: isProtection, clientApps: modernClients, mayNarrow: ['locations', 'platforms', 'devices'] } as const;

/** Everything, or at least mail and files, by the clients people use today. */
function isBroad({ conditions: { applications, clientAppTypes } }: Policy): boolean {
  const clients = clientAppTypes ?? [];
  const modern = clients.length === 0 || ['all', ...modernClients].some((client) => clients.includes(client));
  return modern && (applications?.includeApplications.some((app) => app === 'All' || app === 'Office365') ?? false);
}

function isProtection(policy: Policy): Answer {
  return requiresManagedDevice(policy) === 'yes' ? 'yes' : requiresMfa(policy);
}
