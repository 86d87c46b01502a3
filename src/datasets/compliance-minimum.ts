import type { DeepReadonly } from '../kit/kit.ts';
import { isAssigned } from './assignments.ts';
import type { CompliancePolicy } from './graph/compliancePolicies.ts';

export type Minimum = DeepReadonly<CompliancePolicy>;
export type ComplianceSystem = 'Windows' | 'iOS and iPadOS' | 'macOS' | 'Android';

/** How devices name the system, and what the types of its policies begin with. */
const systems: readonly (readonly [ComplianceSystem, RegExp, RegExp])[] = [
  ['Windows', /^windows$/i, /^windows(10|81)?CompliancePolicy$/],
  ['iOS and iPadOS', /^(ios|ipados)$/i, /^iosCompliancePolicy$/],
  ['macOS', /^mac ?os/i, /^macOSCompliancePolicy$/],
  ['Android', /^android/i, /^(android|aosp)\w*CompliancePolicy$/],
];

/** The systems in use, of those that compliance policies are for. */
export function systemsIn(names: Iterable<string | null | undefined>): ComplianceSystem[] {
  const used = new Set(names);
  return systems.filter(([, device]) => [...used].some((name) => device.test(name ?? ''))).map(([system]) => system);
}

/** The assigned policies for a system. Whom they reach is not resolved. */
export function assignedFor(system: ComplianceSystem, policies: readonly Minimum[]): Minimum[] {
  const type = systems.find(([name]) => name === system)?.[2];
  return policies.filter((policy) => type?.test(policy['@odata.type'].replace('#microsoft.graph.', '')) && isAssigned(policy));
}

/** What a policy sets as the least, in words; null where it sets nothing. Intune sends an empty text for nothing. */
export function minimumOf({ osMinimumVersion: version, minAndroidSecurityPatchLevel: level }: Minimum): string | null {
  const parts = [...(version ? [`version ${version}`] : []), ...(level ? [`patch level ${level}`] : [])];
  return parts.length > 0 ? parts.join(', ') : null;
}
