import { numberOf, signInMembers } from '../../src/datasets/accounts.ts';
import { type Answer, enforcement, modernClients, type Policy, requiresManagedDevice, requiresMfa } from '../../src/datasets/conditional-access.ts';
import { policiesFor, type Reach, reachesUser, reachOf, traitsOf } from '../../src/datasets/coverage.ts';
import { unknownCoverage } from '../../src/datasets/coverage-findings.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { emergencyAccountsOf, emergencyFacts, toleratedRemark } from '../../src/datasets/emergency.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import type { User } from '../../src/datasets/graph/users.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, type Judgement, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

/** A policy for so few people is a trial, not a protection of the company, unless the company itself is so small. */
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
  evaluate(evidence, { settings, tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const policies = access.conditionalAccessPolicies;
    const staff = signInMembers(evidence.users);
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return underDefaults(policies, numberOf(staff));
    const directory = directoryOf({ ...evidence, ...access });
    const protecting = policiesFor(demand, policies).filter((policy) => enforcement(policy) !== 'no' && isBroad(policy));
    const reaches = protecting.map((policy) => reachOf(policy, demand, directory));
    const emergency = emergencyAccountsOf({ named: settings.emergencyAccounts, policies, directory, tenant });
    const { people, covered, perhaps, spared } = countCovered(staff, reaches, emergency.isEmergency);
    const isEnough = (protectedPeople: number) =>
      people === 0 ? reaches.some((reach) => reach.certain) : protectedPeople > trial || protectedPeople * 2 > people;
    if (isEnough(covered)) return failIfAny([], people, toleratedRemark(spared, emergency.derived));
    if (isEnough(covered + perhaps.length)) throw unknownCoverage(perhaps, protecting);
    const subject = { type: 'organization', id: tenant.id, name: tenant.name };
    const facts = { covered, accounts: people, ...emergencyFacts(emergency, spared) };
    return failIfAny([{ subject, message: missing(covered, people), facts }], people);
  },
});

/** The service does not allow both at once: https://learn.microsoft.com/entra/fundamentals/security-defaults */
function underDefaults(policies: readonly Policy[], examined: number): Judgement {
  const enforced = policies.filter((policy) => enforcement(policy) === 'yes').map((policy) => policy.displayName);
  if (enforced.length === 0) return { verdict: 'pass', examined };
  throw new UnknownEvidence(
    `Security defaults are on, and so is Conditional Access (${list(enforced.sort(), 3)}), which the service does not allow: one of the two answers is out of date.`,
    'Scan again in an hour; if it stays, look which of the two is on in the Microsoft Entra admin center under Properties and under Conditional Access.',
  );
}

interface Count {
  people: number;
  covered: number;
  /** Those of whom it is not known. */
  perhaps: User[];
  /** Emergency accounts that are not covered: no people. */
  spared: User[];
}

function countCovered(staff: Iterable<User>, reaches: readonly Reach[], isEmergency: (user: User) => boolean): Count {
  const count: Count = { people: 0, covered: 0, perhaps: [], spared: [] };
  for (const user of staff) {
    const answer = answerFor(user, reaches);
    if (answer !== 'yes' && isEmergency(user)) {
      count.spared.push(user);
      continue;
    }
    count.people += 1;
    if (answer === 'yes') count.covered += 1;
    if (answer === 'unknown') count.perhaps.push(user);
  }
  return count;
}

function answerFor(user: User, reaches: readonly Reach[]): Answer {
  if (user.accountEnabled === null) return 'unknown';
  const traits = traitsOf(user);
  const answers = reaches.map((reach) => reachesUser(reach, traits));
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function missing(covered: number, accounts: number): string {
  if (covered === 0) return 'Security defaults are off, and no Conditional Access policy asks for a second factor or a managed device.';
  return `Security defaults are off, and Conditional Access asks ${covered} of ${count(accounts, 'enabled member account')} for a second factor or a managed device.`;
}

/** A rule with gaps, such as trusted networks or some platforms, is still a rule; one for risky sign-ins only is none. */
const demand = { met: isProtection, clientApps: modernClients, mayNarrow: ['locations', 'platforms', 'devices'] } as const;

/** Everything, or at least mail and files, by the clients people use today. */
function isBroad({ conditions: { applications, clientAppTypes } }: Policy): boolean {
  const clients = clientAppTypes ?? [];
  const modern = clients.length === 0 || ['all', ...modernClients].some((client) => clients.includes(client));
  // A rule that names no application reaches none.
  return modern && (applications?.includeApplications.some((app) => app === 'All' || app === 'Office365') ?? false);
}

function isProtection(policy: Policy): Answer {
  return requiresManagedDevice(policy) === 'yes' ? 'yes' : requiresMfa(policy);
}
