import { enabledUsers } from '../../src/datasets/accounts.ts';
import { type Answer, modernClients, type Policy, requiresManagedDevice, requiresMfa } from '../../src/datasets/conditional-access.ts';
import { coverageOf } from '../../src/datasets/coverage.ts';
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
  why: 'Without any rule, every account of the company is protected by its password only.',
  severity: 'critical',
  controls: [],
  references: [
    { label: 'Security defaults in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/fundamentals/security-defaults' },
    { label: 'Plan a Conditional Access deployment', url: 'https://learn.microsoft.com/entra/identity/conditional-access/plan-conditional-access' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Everyone registers Microsoft Authenticator within 14 days; old mail programs stop working.',
    steps: [
      'Without Entra ID P1: open the Microsoft Entra admin center, then Overview, then Properties, then Manage security defaults, and enable them.',
      'With Entra ID P1: open Protection, then Conditional Access, and create the policies of the secure foundation templates instead.',
    ],
    command: 'Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$true',
    rollback: 'Disable security defaults again on the same page.',
  },
  needs: { securityDefaults, ...directoryEvidence },
  needsIfLicensed: conditionalAccessEvidence,

  /** Only whether there is any protection at all; who is left out of it is asked by mfa-not-required-all-users. */
  evaluate(evidence, { tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const people = enabledUsers(evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: people.length };
    const demand = { met: isProtection, clientApps: modernClients };
    const { uncovered, unknown } = coverageOf(access.conditionalAccessPolicies, demand, directoryOf({ ...evidence, ...access }), people);
    const covered = people.length - uncovered.length - unknown.length;
    if (covered > trial || (covered > 0 && covered === people.length)) return { verdict: 'pass', examined: people.length };
    if (unknown.length > 0) throw new UnknownEvidence('Whether a policy protects the accounts hangs on a control that is not known.');
    const subject = { type: 'organization', id: tenant.id, name: tenant.name };
    const message = `Security defaults are off, and Conditional Access protects ${covered} of ${people.length} enabled accounts.`;
    return failIfAny([{ subject, message, facts: { covered, accounts: people.length } }], people.length);
  },
});

function isProtection(policy: Policy): Answer {
  return requiresManagedDevice(policy) === 'yes' ? 'yes' : requiresMfa(policy);
}
