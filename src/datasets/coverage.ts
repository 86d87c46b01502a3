import { byText } from '../lib/text.ts';
import { guestTypeOf, type Person } from './accounts.ts';
import {
  type Answer,
  clientAppsOf,
  enforcement,
  flags,
  includesAllApps,
  isAboutUsers,
  type Narrowing,
  narrowingsOf,
  type Policy,
} from './conditional-access.ts';
import type { User } from './graph/users.ts';
import { idKey } from './ids.ts';
import type { Members } from './members.ts';
import type { RoleHolders } from './roles.ts';

/** Who exists, and who belongs to what: needed to turn "all but this group" into people. */
export interface Directory {
  users: ReadonlyMap<string, User>;
  /** Members of the groups that policies refer to. A group that was deleted has none. */
  groups: Members;
  /** Users by role, as Conditional Access sees roles. */
  roles: RoleHolders;
}

/** What a check demands of policies. */
export interface Demand {
  /** Whether one policy, where it applies, does what is demanded. */
  met(policy: Policy): Answer;
  /** Each of these must be covered; different policies may cover different ones. */
  clientApps: readonly string[];
  /** Conditions the demand itself is about. A policy narrowed by any other condition does not count. */
  mayNarrow?: readonly Narrowing[];
  /** Asked for this user action, such as registering security information, instead of for all resources. */
  userAction?: string;
  /** Which policies a hint may name, where `met` counts others too: "enforce it" must be good advice. */
  hint?(policy: Policy): boolean;
}

export interface Coverage {
  /** Policies that count, by name: enforced, or in a state that is not known. */
  counting: readonly Policy[];
  /** How many users were looked at, and how many of them are enabled for certain. */
  examined: number;
  enabled: number;
  /** Users for whom no counting policy does it, in at least one client app. */
  uncovered: readonly User[];
  /** Users for whom it hangs on a value that is not known, be it of a policy or of the account. */
  unknown: readonly User[];
  /** Resources that every policy covering somebody leaves out: id → number of those users. */
  leftOutApps: ReadonlyMap<string, number>;
}

/** Policies that do what is demanded wherever they apply, whatever their state. */
export function policiesFor(demand: Demand, policies: readonly Policy[]): Policy[] {
  return policies.filter((policy) => isAboutUsers(policy) && demand.met(policy) !== 'no' && !narrowedBeyond(demand, policy)).sort(byName);
}

/** Policies that do what is demanded, but only under some condition. */
export function narrowedPoliciesFor(demand: Demand, policies: readonly Policy[]): Policy[] {
  return policies.filter((policy) => isAboutUsers(policy) && demand.met(policy) !== 'no' && narrowedBeyond(demand, policy)).sort(byName);
}

function narrowedBeyond(demand: Demand, policy: Policy): boolean {
  return narrowingsOf(policy).some((narrowing) => !demand.mayNarrow?.includes(narrowing));
}

function byName(a: Policy, b: Policy): number {
  return byText(a.displayName, b.displayName) || byText(a.id, b.id);
}

/** Unites all policies in force and asks for each user whether every resource is covered in every client app. Goes through the people once. */
export function coverageOf(policies: readonly Policy[], demand: Demand, directory: Directory, people: Iterable<Person>): Coverage {
  const counting = policiesFor(
    demand,
    policies.filter((policy) => enforcement(policy) !== 'no'),
  );
  const reaches = counting.map((policy) => reachOf(policy, demand, directory));
  const uncovered: User[] = [];
  const unknown: User[] = [];
  const leftOutApps = new Map<string, number>();
  let examined = 0;
  let enabled = 0;
  for (const user of people) {
    examined += 1;
    if (user.accountEnabled === true) enabled += 1;
    const outcome = outcomeFor(traitsOf(user), demand.clientApps, reaches);
    const isOpen = outcome.covered === 'no' || outcome.leftOut.length > 0;
    if (outcome.covered === 'unknown' || (isOpen && user.accountEnabled === null)) unknown.push(user);
    else if (outcome.covered === 'no') uncovered.push(user);
    else for (const app of outcome.leftOut) leftOutApps.set(app, (leftOutApps.get(app) ?? 0) + 1);
  }
  return { counting, examined, enabled, uncovered, unknown, leftOutApps };
}

/** What policies know a user by. */
export interface Traits {
  key: string;
  guestType: string | null;
}

export function traitsOf(user: Person): Traits {
  return { key: idKey(user.id), guestType: guestTypeOf(user) };
}

/** Ids of users, without making one set of all the sets they come from: a group may hold everybody. */
interface Ids {
  has(key: string): boolean;
}

/** One policy with its groups and roles looked up, once for all users. */
export interface Reach {
  policy: Policy;
  certain: boolean;
  clientApps: ReadonlySet<string>;
  /** Applies to all resources but the excluded ones, or to the user action that is asked about. */
  allApps: boolean;
  excludedApps: readonly string[];
  everybody: boolean;
  included: Ids;
  excluded: Ids;
}

export function reachOf(policy: Policy, demand: Pick<Demand, 'met' | 'userAction'>, directory: Directory): Reach {
  const { users, applications } = policy.conditions;
  const { userAction } = demand;
  return {
    policy,
    certain: demand.met(policy) === 'yes' && enforcement(policy) === 'yes',
    clientApps: clientAppsOf(policy),
    allApps: userAction ? (applications?.includeUserActions.includes(userAction) ?? false) : includesAllApps(policy),
    excludedApps: userAction ? [] : (applications?.excludeApplications ?? []),
    everybody: users?.includeUsers.includes('All') ?? false,
    included: people(users?.includeUsers, users?.includeGroups, users?.includeRoles, directory),
    excluded: people(users?.excludeUsers, users?.excludeGroups, users?.excludeRoles, directory),
  };
}

function people(users: readonly string[] = [], groups: readonly string[] = [], roles: readonly string[] = [], directory: Directory): Ids {
  const named = new Set(users);
  const members = [...groups.map((group) => directory.groups.get(group)), ...roles.map((role) => directory.roles.get(role))].filter(
    (each) => each !== undefined,
  );
  return { has: (key) => named.has(key) || members.some((ids) => ids.has(key)) };
}

/** Whether the policy applies to the user. An exclusion wins over every inclusion. */
export function reachesUser(reach: Reach, { key, guestType }: Traits): Answer {
  const users = reach.policy.conditions.users;
  if (reach.excluded.has(key)) return 'no';
  const out = namesGuest(users?.excludeUsers, users?.excludeGuestsOrExternalUsers, guestType);
  if (out === 'yes') return 'no';
  const into = reach.everybody || reach.included.has(key) ? 'yes' : namesGuest(users?.includeUsers, users?.includeGuestsOrExternalUsers, guestType);
  if (into === 'no') return 'no';
  return out === 'unknown' || into === 'unknown' || !reach.certain ? 'unknown' : 'yes';
}

type GuestEntry = NonNullable<Policy['conditions']['users']>['includeGuestsOrExternalUsers'];

/** An entry limited to some home tenants is unknown for a guest: the directory does not tell where a guest comes from. */
function namesGuest(ids: readonly string[] | undefined, entry: GuestEntry, type: string | null): Answer {
  if (type === null) return 'no';
  if (ids?.includes('GuestsOrExternalUsers')) return 'yes';
  if (!entry || !flags(entry.guestOrExternalUserTypes).includes(type)) return 'no';
  const kind = entry.externalTenants?.membershipKind;
  return type === 'internalGuest' || kind == null || kind === 'all' ? 'yes' : 'unknown';
}

interface Outcome {
  covered: Answer;
  leftOut: readonly string[];
}

/** The worst of the client apps decides. */
function outcomeFor(user: Traits, clientApps: readonly string[], reaches: readonly Reach[]): Outcome {
  let covered: Answer = 'yes';
  const leftOut = new Set<string>();
  const answers: Answer[] = [];
  const answerOf = (at: number): Answer => {
    const answer = answers[at] ?? reachesUser(reaches[at] as Reach, user);
    answers[at] = answer;
    return answer;
  };
  for (const clientApp of clientApps) {
    const outcome = outcomeIn(clientApp, reaches, answerOf);
    if (outcome.covered === 'no' || (outcome.covered === 'unknown' && covered === 'yes')) covered = outcome.covered;
    for (const app of outcome.leftOut) leftOut.add(app);
  }
  return { covered, leftOut: covered === 'yes' ? [...leftOut] : [] };
}

const complete: Outcome = { covered: 'yes', leftOut: [] };

/** `answerOf` tells whether the reach at that place holds the user. */
function outcomeIn(clientApp: string, reaches: readonly Reach[], answerOf: (at: number) => Answer): Outcome {
  const sure: Reach[] = [];
  let perhaps = false;
  for (const [at, reach] of reaches.entries()) {
    if (!reach.clientApps.has(clientApp)) continue;
    const answer = answerOf(at);
    if (answer === 'unknown') perhaps = true;
    if (answer !== 'yes') continue;
    if (reach.allApps && reach.excludedApps.length === 0) return complete;
    sure.push(reach);
  }
  if (!sure.some((reach) => reach.allApps)) return { covered: perhaps ? 'unknown' : 'no', leftOut: [] };
  const leftOut = leftOutBy(sure);
  return leftOut.length > 0 && perhaps ? { covered: 'unknown', leftOut: [] } : { covered: 'yes', leftOut };
}

/** Resources that every policy for "all" leaves out and no other policy names. */
function leftOutBy(reaches: readonly Reach[]): string[] {
  const [first, ...others] = reaches.filter((reach) => reach.allApps).map((reach) => reach.excludedApps);
  const named = new Set(reaches.flatMap((reach) => reach.policy.conditions.applications?.includeApplications ?? []));
  return (first ?? []).filter((app) => others.every((apps) => apps.includes(app)) && !named.has(app));
}
