import { type Collection, listOf, type Row } from '../collection.ts';
import { directoryDevicesOf, isWindowsDevice, ringOf } from './devices.ts';
import { guid } from './seed.ts';
import { cast, usersOf } from './users.ts';
import type { World } from './world.ts';

const id = (index: number) => guid('group', index);

export const groupIds = {
  exclusions: id(0),
  helpdesk: id(1),
  pilot: id(2),
  early: id(3),
  broad: id(4),
  allStaff: id(5),
  sales: id(6),
  syncedFinance: id(7),
  meetingRooms: id(8),
  /** Deleted; an old policy still names it. */
  deleted: guid('group', 999),
} as const;

export function groupsOf(world: World): Row[] {
  return [
    group(world, groupIds.exclusions, 'CA - MFA exclusions'),
    group(world, groupIds.helpdesk, 'Role - Helpdesk operators', { isAssignableToRole: true }),
    group(world, groupIds.pilot, 'Rings - Pilot'),
    group(world, groupIds.early, 'Rings - Early'),
    group(world, groupIds.broad, 'Rings - Broad'),
    group(
      world,
      groupIds.allStaff,
      'All staff',
      dynamic(
        world.clean ? '(user.userType -eq "Member") and (user.accountEnabled -eq true)' : `user.memberof -any (group.objectId -in ['${groupIds.sales}'])`,
      ),
    ),
    group(world, groupIds.sales, 'Sales', {
      groupTypes: ['Unified'],
      mailEnabled: true,
      securityEnabled: false,
      visibility: 'Private',
      mail: `sales@${world.domain}`,
    }),
    group(world, groupIds.syncedFinance, 'Finance (synchronised)', world.variant === 'restricted' ? {} : { onPremisesSyncEnabled: true }),
    group(world, groupIds.meetingRooms, 'Meeting room devices'),
  ];
}

function dynamic(membershipRule: string): Row {
  return { groupTypes: ['DynamicMembership'], membershipRule, membershipRuleProcessingState: 'On' };
}

function group(world: World, groupId: string, displayName: string, more: Row = {}): Row {
  return {
    id: groupId,
    displayName,
    createdDateTime: world.times.ago(700),
    groupTypes: [],
    isAssignableToRole: null,
    isManagementRestricted: null,
    mailEnabled: false,
    mailNickname: displayName.replace(/\W/g, ''),
    securityEnabled: true,
    visibility: null,
    ...more,
  };
}

/** Direct and nested members; null = no such group. */
export function membersOf(world: World, groupId: string): Collection | null {
  if (!groupsOf(world).some((each) => each.id === groupId.toLowerCase())) return null;
  if (groupId === groupIds.exclusions) return people(world, world.clean ? [] : [...cast.excluded]);
  if (groupId === groupIds.helpdesk) return people(world, cast.helpdesk);
  if (groupId === groupIds.sales) return people(world, range(cast.crowd, Math.min(cast.crowd + 25, world.users)));
  if (groupId === groupIds.syncedFinance) return people(world, range(50, Math.min(58, world.users)));
  if (groupId === groupIds.allStaff) return people(world, range(cast.crowd, world.users));
  const ring = ([groupIds.pilot, groupIds.early, groupIds.broad] as string[]).indexOf(groupId);
  return ring < 0 ? listOf([]) : computers(world, ring);
}

function people(world: World, indexes: ArrayLike<number>): Collection {
  const users = usersOf(world);
  return { size: indexes.length, at: (at, names) => ({ '@odata.type': '#microsoft.graph.user', ...users.at(indexes[at] ?? 0, names) }) };
}

function computers(world: World, ring: number): Collection {
  const devices = directoryDevicesOf(world);
  const indexes = range(0, world.devices).filter((index) => isWindowsDevice(index) && ringOf(index) === ring);
  return { size: indexes.length, at: (at, names) => ({ '@odata.type': '#microsoft.graph.device', ...devices.at(indexes[at] ?? 0, names) }) };
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
