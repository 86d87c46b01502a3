import type { Collected, DeepReadonly } from '../kit/kit.ts';
import type { Assigned } from './assignments.ts';
import { eligibleWindows, isManagedElsewhere, isWindowsServer, type ManagedDevice, type ManagedDevices } from './devices.ts';
import { type GroupReaches, ringReaches } from './update-rings.ts';

/** How many of the computers in use a policy reaches. */
export interface PolicyReach {
  /** For certain. */
  devices: number;
  /** Where a filter, an unknown target or a missing id leaves it open. */
  perhaps: number;
}

/** Computers that Intune manages and that checked in within 30 days: whom update policies are for. */
export function* managedComputers(devices: ManagedDevices, now: Date): Generator<ManagedDevice> {
  for (const device of eligibleWindows(devices, now)) if (!isWindowsServer(device) && !isManagedElsewhere(device)) yield device;
}

/** The reach of each policy, in their order. */
export function policyReaches(policies: readonly DeepReadonly<Assigned>[], devices: Iterable<ManagedDevice>, groups: GroupReaches): PolicyReach[] {
  const reachesOf = ringReaches(policies, groups);
  const reaches = policies.map((): PolicyReach => ({ devices: 0, perhaps: 0 }));
  for (const device of devices) {
    for (const [at, reach] of reachesOf(device).entries()) {
      const sum = reaches[at];
      if (sum && reach === 'inRing') sum.devices += 1;
      if (sum && reach === 'unknown') sum.perhaps += 1;
    }
  }
  return reaches;
}

/** Facts of a finding about a policy: how many computers it reaches. Empty where that could not be read. */
export function reachFacts(
  policy: DeepReadonly<Assigned>,
  devices: ManagedDevices | undefined,
  groups: Collected<GroupReaches>,
  now: Date,
): Record<string, number> {
  if (!devices || !groups.ok) return {};
  const [reach] = policyReaches([policy], managedComputers(devices, now), groups.kept);
  if (!reach) return {};
  return { computers: reach.devices, ...(reach.perhaps > 0 ? { computersPerhaps: reach.perhaps } : {}) };
}
