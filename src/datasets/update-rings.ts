import type { DeepReadonly } from '../kit/kit.ts';
import { isAssigned, reachOf } from './assignments.ts';
import type { ManagedDevice } from './devices.ts';
import type { UpdateRing } from './graph/deviceConfigurations.ts';
import type { GroupReach } from './graph/updateRingGroupMembers.ts';
import { idKey } from './ids.ts';

/** An update ring, or a settings catalog policy that does the work of one; the type tells which. */
export type Ring = DeepReadonly<Omit<UpdateRing, '@odata.type'>> & { readonly '@odata.type': string };
export type GroupReaches = ReadonlyMap<string, DeepReadonly<GroupReach>>;

/** Days after which a ring has installed a quality update at the latest. */
export type RingBound =
  | { kind: 'days'; least: number; most: number; arithmetic: string }
  /** Without a deadline users can postpone for ever. */
  | { kind: 'unbounded' }
  | { kind: 'unknown'; because: string };

/** Longest grace period that Windows accepts; assumed as the worst case where a ring leaves it to Windows. */
const longestGraceDays = 7;

export function assignedRings(rings: readonly Ring[]): Ring[] {
  return rings.filter((ring) => isAssigned(ring));
}

/** deferral + deadline + grace. Where the grace period is not set, the bound is a range. */
export function ringBound(ring: Ring): RingBound {
  const { qualityUpdatesDeferralPeriodInDays: deferral, deadlineForQualityUpdatesInDays: deadline, deadlineGracePeriodInDays: grace } = ring;
  if (deferral === null || deferral === undefined) return { kind: 'unknown', because: untold(ring, 'deferral') };
  if (deadline === undefined) return { kind: 'unknown', because: untold(ring, 'deadline') };
  if (deadline === null) return { kind: 'unbounded' };
  const least = deferral + deadline + (grace ?? 0);
  const most = deferral + deadline + (grace ?? longestGraceDays);
  return { kind: 'days', least, most, arithmetic: `${deferral} deferral + ${deadline} deadline + ${grace ?? 'unset'} grace` };
}

function untold(ring: Ring, what: string): string {
  return isCatalogRing(ring)
    ? `The settings catalog policy ${ring.displayName} leaves the quality update ${what} to other policies`
    : `Intune gives no quality update ${what} for the ring ${ring.displayName}`;
}

export const catalogType = '#microsoft.graph.deviceManagementConfigurationPolicy';

export function isCatalogRing(ring: Ring): boolean {
  return ring['@odata.type'] === catalogType;
}

export function ringSubject(ring: Ring): { type: string; id: string; name: string } {
  return { type: ring['@odata.type'].replace('#microsoft.graph.', ''), id: ring.id, name: ring.displayName };
}

export type RingReach = 'inRing' | 'inNoRing' | 'unknown';

/**
 * Whether some assigned ring reaches a device. An exclusion takes the device out of that ring only. Targets of a kind
 * this version does not know, filters, devices of a group that cannot be matched with Intune's, users excluded from a
 * ring for devices or the reverse, and rings for users on a device without a primary user (it depends on who signs in)
 * leave the answer unknown.
 */
export function ringReach(rings: readonly Ring[], groups: GroupReaches): (device: ManagedDevice) => RingReach {
  const reachesOf = ringReaches(assignedRings(rings), groups);
  return (device) => {
    const answers = reachesOf(device);
    if (answers.includes('inRing')) return 'inRing';
    return answers.includes('unknown') ? 'unknown' : 'inNoRing';
  };
}

/** Whether each of the rings, or of other policies with assignments, reaches a device, in their order. */
export function ringReaches(rings: readonly Pick<Ring, 'assignments'>[], groups: GroupReaches): (device: ManagedDevice) => RingReach[] {
  const each = rings.map((ring) => memberReach(ring, groups));
  return ({ azureADDeviceId, userId }) => {
    const member = { deviceId: azureADDeviceId?.toLowerCase(), userId };
    return each.map((reaches) => reaches(member));
  };
}

/** Whether one ring reaches a device. */
export function reachOfRing(ring: Ring, groups: GroupReaches): (device: ManagedDevice) => RingReach {
  const reachesOf = ringReaches([ring], groups);
  return (device) => reachesOf(device)[0] ?? 'unknown';
}

/** What groups know a device by. */
interface Member {
  deviceId: string | undefined;
  /** Of its primary user. */
  userId: string | null | undefined;
}

function memberReach(ring: Pick<Ring, 'assignments'>, groups: GroupReaches): (device: Member) => RingReach {
  const reach = reachOf([ring]);
  const into = groupsOf(reach.included, groups);
  const out = groupsOf(reach.excluded, groups);
  const byUsers = reach.allUsers || into.some(({ users }) => users.size > 0);
  return (member) => {
    const excluded = { asDevice: deviceIn(member, out), asUser: userIn(member, out) };
    const ways = [
      wayInto(reach.allDevices ? 'inRing' : deviceIn(member, into), excluded.asDevice, excluded.asUser),
      wayInto(reach.allUsers && member.userId ? 'inRing' : userIn(member, into), excluded.asUser, excluded.asDevice),
    ];
    if (ways.includes('inRing')) return reach.filtered ? 'unknown' : 'inRing';
    return reach.unknown.length > 0 || (byUsers && !member.userId) || ways.includes('unknown') ? 'unknown' : 'inNoRing';
  };
}

/**
 * Whether a device gets a policy as a device, or by its user. An exclusion of the same kind takes it out. One of the other
 * kind is not supported, because Intune does not relate users to devices: what comes of it is open.
 * https://learn.microsoft.com/intune/device-configuration/assign-device-profile#exclude-groups-from-a-policy-assignment
 */
function wayInto(included: RingReach, excludedAlike: RingReach, excludedOtherwise: RingReach): RingReach {
  if (included === 'inNoRing' || excludedAlike === 'inRing') return 'inNoRing';
  return included === 'unknown' || excludedAlike === 'unknown' || excludedOtherwise !== 'inNoRing' ? 'unknown' : 'inRing';
}

type Group = DeepReadonly<GroupReach>;

/** A deleted group has no members. */
function groupsOf(ids: readonly string[], groups: GroupReaches): Group[] {
  return ids.flatMap((id) => groups.get(idKey(id)) ?? []);
}

function deviceIn({ deviceId }: Member, groups: readonly Group[]): RingReach {
  if (groups.some((group) => deviceId && group.devices.has(deviceId))) return 'inRing';
  const unmatched = groups.some((group) => group.unmatched > 0 || (!deviceId && group.devices.size > 0));
  return unmatched ? 'unknown' : 'inNoRing';
}

function userIn({ userId }: Member, groups: readonly Group[]): RingReach {
  return groups.some((group) => userId && group.users.has(userId)) ? 'inRing' : 'inNoRing';
}

/** A pause that ran out is over even where Intune still shows the flag. Year 1 means no date. */
export function isPaused(flag: boolean | null | undefined, expiry: string | null | undefined, now: Date): { paused: boolean; until: string | null } {
  const until = expiry && !expiry.startsWith('0001-') ? expiry : null;
  return { paused: flag === true && (until === null || Date.parse(until) > now.getTime()), until };
}
