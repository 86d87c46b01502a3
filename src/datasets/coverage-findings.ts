import { type Finding, type Tenant, UnknownEvidence } from '../kit/kit.ts';
import { byText, count, list } from '../lib/text.ts';
import { byState, guestTypeOf, unknownAccountState } from './accounts.ts';
import { clientAppsOf, enforcement, includesAllApps, isReportOnly, narrowingsOf, type Policy, unknownState } from './conditional-access.ts';
import { type Coverage, coverageOf, type Demand, type Directory, narrowedPoliciesFor, policiesFor } from './coverage.ts';
import { emergencyAccountsOf, emergencyFacts, toleratedRemark } from './emergency.ts';
import type { User } from './graph/users.ts';
import { idKey } from './ids.ts';
import { privilegedRoles } from './roles.ts';

export interface CoverageQuestion {
  policies: readonly Policy[];
  demand: Demand;
  directory: Directory;
  /** Id → name of the groups that policies refer to. */
  groupNames: ReadonlyMap<string, string>;
  /** Accounts in scope that can sign in, as `signInAccounts` tells. Gone through once. */
  people: Iterable<User>;
  /** Accounts that may stay uncovered, as the settings name them; if they name none, the policies tell. */
  emergency: readonly string[];
  /** Further ids that may stay uncovered. */
  tolerated?: ReadonlySet<string>;
  tenant: Tenant;
  words: {
    /** "No enforced policy blocks old sign-in protocols". */
    nobody: string;
    /** "anna@contoso.com can use old sign-in protocols". */
    user(name: string): string;
    /** "Old sign-in protocols are not blocked for the resource 1b73…". */
    app(name: string): string;
  };
}

/** Beyond this many, accounts are counted and no longer named one by one. */
const mostNamed = 1000;

export interface CoverageJudgement {
  /** How many people were looked at. */
  examined: number;
  findings: Finding[];
  /** The remark of a pass: which accounts were tolerated. */
  because: string | undefined;
}

/** What the enforced policies, all taken together, leave open: the tenant as a whole, or people and resources by name. */
export function judgeCoverage(question: CoverageQuestion): CoverageJudgement {
  const { policies, demand, directory, people } = question;
  const coverage = coverageOf(policies, demand, directory, people);
  const emergency = emergencyAccountsOf({ ...question, named: question.emergency });
  const mustBeCovered = (user: User) => !emergency.isEmergency(user) && !question.tolerated?.has(idKey(user.id));
  const open = coverage.uncovered.filter(mustBeCovered);
  const findings = [...userFindings(question, coverage, open), ...appFindings(question, coverage)];
  const inDoubt = coverage.unknown.filter(mustBeCovered);
  if (findings.length === 0 && inDoubt.length > 0) throw unknownCoverage(inDoubt, coverage.counting);
  const spared = [...coverage.uncovered, ...coverage.unknown].filter(emergency.isEmergency);
  const facts = { ...hintsOf(policies, demand), ...emergencyFacts(emergency, spared) };
  return {
    examined: coverage.examined,
    findings: findings.map((finding, at) => (at === 0 ? { ...finding, facts: { ...finding.facts, ...facts } } : finding)),
    because: toleratedRemark(spared, emergency.derived),
  };
}

function userFindings(question: CoverageQuestion, coverage: Coverage, open: readonly User[]): Finding[] {
  const { enabled } = coverage;
  const nothing = coverage.counting.length === 0 && (enabled > 0 || coverage.examined === 0);
  if (nothing || (open.length > 0 && coverage.uncovered.length === enabled)) return [nobodyFinding(question, enabled)];
  const named = firstByName(open, mostNamed).map((user) => userFinding(question, coverage, user));
  if (open.length <= mostNamed) return named;
  const message = `${question.words.nobody} for ${open.length} of ${count(enabled, 'enabled account')}.`;
  return [{ subject: tenantSubject(question.tenant), message, facts: { uncovered: open.length } }, ...named];
}

/** Names are read once each: reading them again for every comparison would take longer than the sorting. */
function firstByName(users: readonly User[], most: number): User[] {
  const named = users.map((user) => ({ user, name: user.userPrincipalName }));
  named.sort((a, b) => byText(a.name, b.name) || byText(a.user.id, b.user.id));
  return named.slice(0, most).map(({ user }) => user);
}

function nobodyFinding({ tenant, words }: CoverageQuestion, enabled: number): Finding {
  const whom = enabled === 1 ? 'the one enabled account' : `any of the ${count(enabled, 'enabled account')}`;
  return { subject: tenantSubject(tenant), message: `${words.nobody} for ${whom}.`, facts: { uncovered: enabled } };
}

function tenantSubject(tenant: Tenant): Finding['subject'] {
  return { type: 'organization', id: tenant.id, name: tenant.name };
}

function userFinding(question: CoverageQuestion, coverage: Coverage, user: User): Finding {
  const reasons = coverage.counting.filter((policy) => isHelp(policy, question.demand)).flatMap((policy) => exclusionOf(policy, user, question));
  const because = reasons.length > 0 ? list(reasons, 3) : 'no policy covers the account completely';
  const guest = user.userType === 'Guest' ? { guest: true } : {};
  return {
    subject: { type: 'user', id: user.id, name: user.userPrincipalName },
    message: `${question.words.user(user.userPrincipalName)}: ${because}.`,
    facts: { ...guest, ...(reasons.length > 0 ? { excludedBy: reasons.join('; ') } : {}) },
  };
}

/** How a policy excludes the user, in words; empty when it does not. */
function exclusionOf(policy: Policy, user: User, { directory, groupNames }: CoverageQuestion): string[] {
  const users = policy.conditions.users;
  if (!users) return [];
  const ways: string[] = [];
  const key = idKey(user.id);
  if (users.excludeUsers.includes(key)) ways.push('the account');
  for (const id of users.excludeGroups) if (directory.groups.get(id)?.has(key)) ways.push(`the group "${groupNames.get(id) ?? id}"`);
  for (const id of users.excludeRoles) if (directory.roles.get(id)?.has(key)) ways.push(`the role ${privilegedRoles.get(id)?.name ?? id}`);
  const guests = users.excludeUsers.includes('GuestsOrExternalUsers') || users.excludeGuestsOrExternalUsers != null;
  if (guests && guestTypeOf(user) !== null) ways.push('guests or external users');
  return ways.length > 0 ? [`the policy "${policy.displayName}" excludes ${list(ways)}`] : [];
}

/** Application ids that Conditional Access exclusions name most often; they are the same in every tenant. */
const knownApps: Readonly<Record<string, string>> = {
  Office365: 'Office 365',
  MicrosoftAdminPortals: 'Microsoft Admin Portals',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': 'Azure Resource Manager',
  '00000002-0000-0ff1-ce00-000000000000': 'Office 365 Exchange Online',
  '00000003-0000-0ff1-ce00-000000000000': 'Office 365 SharePoint Online',
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph',
  'd4ebce55-015a-49b5-a083-c84d1797ae8c': 'Microsoft Intune Enrollment',
  '0000000a-0000-0000-c000-000000000000': 'Microsoft Intune',
};

function appFindings({ words }: CoverageQuestion, { examined, leftOutApps }: Coverage): Finding[] {
  return [...leftOutApps]
    .sort(([a], [b]) => byText(a, b))
    .map(([id, users]) => {
      const name = knownApps[id] ?? id;
      const message = `${words.app(name)}: every policy that covers ${users === examined ? 'the accounts' : count(users, 'account')} leaves it out.`;
      return { subject: { type: 'servicePrincipal', id, name }, message, facts: { appId: id, users } };
    });
}

/** Policies that would help if they were enforced, or without their conditions. */
function hintsOf(policies: readonly Policy[], demand: Demand): Record<string, string> {
  const helping = policiesFor(demand, policies).filter((policy) => isHelp(policy, demand));
  const reportOnly = helping.filter(isReportOnly).map((policy) => policy.displayName);
  const disabled = helping.filter((policy) => policy.state === 'disabled').map((policy) => policy.displayName);
  const narrowed = narrowedPoliciesFor(
    demand,
    policies.filter((policy) => policy.state === 'enabled' && isHelp(policy, demand)),
  ).map((policy) => `${policy.displayName} (${narrowingsOf(policy).join(', ')})`);
  const hints = { reportOnlyPolicies: reportOnly, disabledPolicies: disabled, conditionalPolicies: narrowed };
  return Object.fromEntries(Object.entries(hints).flatMap(([name, policies]) => (policies.length > 0 ? [[name, list(policies, 5)]] : [])));
}

/** A policy that is not about the clients and resources in question helps nobody. */
function isHelp(policy: Policy, demand: Demand): boolean {
  if (demand.met(policy) !== 'yes' || demand.hint?.(policy) === false) return false;
  const clients = clientAppsOf(policy);
  return demand.clientApps.some((client) => clients.has(client)) && (demand.userAction !== undefined || includesAllApps(policy));
}

/** For a check without findings: what its answer hangs on. */
export function unknownCoverage(users: readonly User[], counting: readonly Policy[]): UnknownEvidence {
  const stateless = counting.filter((policy) => enforcement(policy) === 'unknown');
  if (stateless.length > 0) return unknownState(stateless);
  const { unsaid } = byState(users);
  if (unsaid.length === users.length) return unknownAccountState(unsaid);
  const names = users.map((user) => user.userPrincipalName).sort();
  return new UnknownEvidence(
    `Whether a policy covers ${list(names, 3)} hangs on a value of the policy that says too little.`,
    'Look at the entries for guests of certain organizations, at grant controls that are new, and at authentication strengths that no longer exist.',
  );
}
