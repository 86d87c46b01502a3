import { UnknownEvidence } from '../kit/kit.ts';
import { list } from '../lib/text.ts';
import type { Policy } from './graph/conditionalAccessPolicies.ts';
import { idKey } from './ids.ts';

export type { Policy };
/** `unknown`: the policy holds a value that was not published when this was written. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Conditions under which a policy applies to some sign-ins only. Client apps are told apart by `clientAppsOf`. */
export type Narrowing = 'locations' | 'platforms' | 'devices' | 'sign-in risk' | 'user risk' | 'insider risk' | 'authentication flows' | 'app filter';

export const clientApps = ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'other'] as const;
export const modernClients = ['browser', 'mobileAppsAndDesktopClients'] as const;
/** Clients that cannot ask for a second factor. */
export const legacyClientApps = ['exchangeActiveSync', 'other'] as const;

/** Report-only and disabled policies enforce nothing. */
export function enforcement(policy: Policy): Answer {
  if (policy.state === 'enabled') return 'yes';
  return policy.state === 'disabled' || isReportOnly(policy) ? 'no' : 'unknown';
}

/** For rules that have no answer as long as the state of one policy is unknown. */
export function isEnforced(policy: Policy): boolean {
  const answer = enforcement(policy);
  if (answer === 'unknown') throw unknownState([policy]);
  return answer === 'yes';
}

export function isReportOnly(policy: Policy): boolean {
  return policy.state === 'enabledForReportingButNotEnforced';
}

export function unknownState(policies: readonly Policy[]): UnknownEvidence {
  const states = policies.map((policy) => `"${policy.displayName}" has the state ${policy.state}`).sort();
  return new UnknownEvidence(
    `The policy ${list(states, 3)}, which is not known.`,
    'Look at the policy in the Microsoft Entra admin center under Conditional Access, and update tidytenant: its version may be older than the state.',
  );
}

/** Policies for workload identities have users `None` and say nothing about people. */
export function isAboutUsers(policy: Policy): boolean {
  const { users, clientApplications } = policy.conditions;
  const workloads = clientApplications?.includeServicePrincipals?.length || clientApplications?.servicePrincipalFilter;
  return users != null && !workloads;
}

/** False where a policy names nobody: its groups are taken to have members. */
export function reachesSomebody(policy: Policy): boolean {
  const users = policy.conditions.users;
  if (!users || !isAboutUsers(policy)) return false;
  const named = users.includeUsers.filter((id) => id !== 'None');
  return named.length + users.includeGroups.length + users.includeRoles.length > 0 || users.includeGuestsOrExternalUsers != null;
}

/** True for "All resources", with or without exclusions. */
export function includesAllApps(policy: Policy): boolean {
  return policy.conditions.applications?.includeApplications.includes('All') ?? false;
}

/** The client apps a policy applies to. A condition that is not configured applies to all of them. */
export function clientAppsOf(policy: Policy): ReadonlySet<string> {
  const types = policy.conditions.clientAppTypes;
  return new Set(types == null || types.length === 0 || types.includes('all') ? clientApps : types);
}

export function narrowingsOf(policy: Policy): Narrowing[] {
  const { conditions } = policy;
  const found: [Narrowing, boolean][] = [
    ['locations', isNarrow(conditions.locations?.includeLocations, conditions.locations?.excludeLocations, 'All')],
    ['platforms', isNarrow(conditions.platforms?.includePlatforms, conditions.platforms?.excludePlatforms, 'all')],
    ['devices', conditions.devices?.deviceFilter != null],
    ['sign-in risk', hasAny(conditions.signInRiskLevels)],
    ['user risk', hasAny(conditions.userRiskLevels)],
    ['insider risk', flags(conditions.insiderRiskLevels).length > 0],
    ['authentication flows', transferMethodsOf(policy).length > 0],
    ['app filter', conditions.applications?.applicationFilter != null],
  ];
  return found.filter(([, narrow]) => narrow).map(([name]) => name);
}

/** Everywhere, with nothing left out, narrows nothing: that is how the portal writes "any location". */
function isNarrow(include: readonly string[] | undefined, exclude: readonly string[] | undefined, all: string): boolean {
  if (include === undefined || exclude === undefined) return false;
  return !include.includes(all) || exclude.length > 0;
}

function hasAny(values: readonly string[] | null | undefined): boolean {
  return values != null && values.length > 0;
}

/** deviceCodeFlow, authenticationTransfer; empty = the policy is not about flows. */
export function transferMethodsOf(policy: Policy): string[] {
  return flags(policy.conditions.authenticationFlows?.transferMethods);
}

/** Values of a flags enumeration, which Graph writes as one comma-separated string. */
export function flags(value: string | null | undefined): string[] {
  const parts = value?.split(',').map((part) => part.trim());
  return parts?.filter((part) => part !== '' && part !== 'none') ?? [];
}

export function blocks(policy: Policy): boolean {
  return policy.grantControls?.builtInControls.includes('block') ?? false;
}

/** All demands of a policy; joined by AND or OR. */
function demandsOf(policy: Policy): string[] {
  const grant = policy.grantControls;
  if (!grant) return [];
  const strength = grant.authenticationStrength ? ['authenticationStrength'] : [];
  const custom = (grant.customAuthenticationFactors ?? []).map(() => 'customAuthenticationFactor');
  const terms = (grant.termsOfUse ?? []).map(() => 'termsOfUse');
  return [...grant.builtInControls, ...strength, ...custom, ...terms];
}

/** How demands are joined: all must be met (AND) or any will do (OR). Null: by a word that is not known. */
function joinOf(policy: Policy): 'AND' | 'OR' | null {
  const operator = policy.grantControls?.operator?.toUpperCase();
  if (demandsOf(policy).length < 2 || operator === 'AND') return 'AND';
  return operator === 'OR' ? 'OR' : null;
}

const knownControls = [
  'block',
  'mfa',
  'compliantDevice',
  'domainJoinedDevice',
  'approvedApplication',
  'compliantApplication',
  'passwordChange',
  'riskRemediation',
  'termsOfUse',
  'customAuthenticationFactor',
  'authenticationStrength',
];
const managedDevice = ['compliantDevice', 'domainJoinedDevice'];

/**
 * Whether a sign-in under the policy needs a second factor. A compliant or joined device as the alternative counts,
 * because it is itself something the user has; other alternatives, such as terms of use, do not.
 */
export function requiresMfa(policy: Policy): Answer {
  const demands = demandsOf(policy);
  const answers = demands.map((demand) => isMfa(demand, policy));
  if (answers.every((answer) => answer === 'no')) return 'no';
  const join = joinOf(policy);
  if (join === 'AND' && answers.includes('yes')) return 'yes';
  if (join !== 'OR') return 'unknown';
  const ways = answers.filter((_, at) => !managedDevice.includes(demands[at] ?? ''));
  if (ways.includes('no')) return 'no';
  return ways.includes('unknown') ? 'unknown' : 'yes';
}

/** A control that was not published when this was written may be a second factor. */
function isMfa(demand: string, policy: Policy): Answer {
  if (demand === 'mfa') return 'yes';
  if (demand === 'authenticationStrength') return strengthIsMfa(policy);
  return knownControls.includes(demand) ? 'no' : 'unknown';
}

/** Old clients cannot answer a prompt: a policy that blocks them covers them as well as one that asks. */
export function requiresMfaOrBlocks(policy: Policy): Answer {
  return blocks(policy) ? 'yes' : requiresMfa(policy);
}

/** A managed device alone satisfies the policy: weaker than a second factor, because the device need not be asked again. */
export function offersManagedDeviceInstead(policy: Policy): boolean {
  return requiresMfa(policy) === 'yes' && joinOf(policy) === 'OR' && demandsOf(policy).some((demand) => managedDevice.includes(demand));
}

/** Custom strengths may be built from single factors; the service then says so. */
function strengthIsMfa(policy: Policy): Answer {
  const satisfied = policy.grantControls?.authenticationStrength?.requirementsSatisfied;
  if (satisfied === 'mfa') return 'yes';
  return satisfied === 'none' ? 'no' : 'unknown';
}

export function requiresManagedDevice(policy: Policy): Answer {
  const demands = demandsOf(policy);
  if (!demands.some((demand) => managedDevice.includes(demand))) return 'no';
  if (demands.every((demand) => managedDevice.includes(demand))) return 'yes';
  const join = joinOf(policy);
  return join === null ? 'unknown' : join === 'AND' ? 'yes' : 'no';
}

const phishingResistant = ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor'];
/** The other published methods: https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy */
const phishable = [
  'password',
  'voice',
  'hardwareOath',
  'softwareOath',
  'sms',
  'microsoftAuthenticatorPush',
  'deviceBasedPush',
  'temporaryAccessPassOneTime',
  'temporaryAccessPassMultiUse',
  'email',
  'x509CertificateSingleFactor',
  'federatedSingleFactor',
  'federatedMultiFactor',
  'qrCodePin',
];

/** By combination, never by name: anyone may name a strength "phishing-resistant". */
export function requiresPhishingResistant(policy: Policy, strengths: ReadonlyMap<string, readonly string[]>): Answer {
  const strength = policy.grantControls?.authenticationStrength;
  const join = joinOf(policy);
  if (join === 'OR') return 'no';
  if (!strength) return demandsOf(policy).every((demand) => knownControls.includes(demand)) ? 'no' : 'unknown';
  const combinations = strengths.get(idKey(strength.id));
  if (!combinations || join === null) return 'unknown';
  const answers = combinations.map(isResistant);
  if (answers.length === 0 || answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** A combination is one method, or several joined by commas. */
function isResistant(combination: string): Answer {
  if (phishingResistant.includes(combination)) return 'yes';
  return combination.split(',').some((method) => ![...phishable, ...phishingResistant].includes(method.trim())) ? 'unknown' : 'no';
}

const readyDevice = [...managedDevice, 'approvedApplication', 'compliantApplication'];

/** Whether a computer in its first set-up cannot meet the policy: it is not managed yet and holds no protected app. */
export function excludesNewDevices(policy: Policy): Answer {
  if (blocks(policy)) return 'yes';
  const answers = demandsOf(policy).map((demand): Answer => (readyDevice.includes(demand) ? 'yes' : knownControls.includes(demand) ? 'no' : 'unknown'));
  if (answers.every((answer) => answer === 'no')) return 'no';
  const join = joinOf(policy);
  if (join === 'AND' && answers.includes('yes')) return 'yes';
  if (join === 'OR' && answers.includes('no')) return 'no';
  return answers.every((answer) => answer === 'yes') ? 'yes' : 'unknown';
}
