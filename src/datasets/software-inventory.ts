import { type DeepReadonly, type Finding, failIfAny, type Judgement, UnknownEvidence } from '../kit/kit.ts';
import { isoDay } from '../lib/dates.ts';
import { platformOf } from '../lib/platforms.ts';
import { byText, count } from '../lib/text.ts';
import { activeDevices, isManagedElsewhere, isWindows, isWindowsServer, type ManagedDevice, type ManagedDevices } from './devices.ts';
import { type EndedSoftware, endedSoftwareOf } from './ended-software.ts';
import type { DetectedApp, SoftwareInventory } from './graph/detectedApps.ts';

/** A line of the inventory with the program it is. */
export interface Installation {
  app: DeepReadonly<DetectedApp>;
  program: EndedSoftware;
}

/** Installations of programs that end at some time, on at least one device; a count that is not told is taken for some. */
export function installations({ ended }: DeepReadonly<SoftwareInventory>): Installation[] {
  const installed = ended.filter((app) => app.deviceCount !== 0);
  return installed
    .flatMap((app) => {
      const program = endedSoftwareOf(app);
      return program ? [{ app, program }] : [];
    })
    .sort((a, b) => byText(a.app.displayName ?? '', b.app.displayName ?? '') || byText(a.app.id, b.app.id));
}

/** Its last day is over. */
export function isOver({ ends }: EndedSoftware, now: Date): boolean {
  return isoDay(now) > ends;
}

export function installationSubject({ app }: Installation): { type: 'detectedApp'; id: string; name: string } {
  return { type: 'detectedApp', id: app.id, name: [app.displayName, app.version].filter(Boolean).join(' ') };
}

export interface InventoryReach {
  /** Windows computers and Macs in use that Intune manages. */
  computers: number;
  /** Of these, those whose programs Intune does not list: personal ones report only what it installed itself. */
  unlisted: number;
  /** A sentence where the inventory does not answer for all of them. */
  unknown?: string;
}

/** https://learn.microsoft.com/graph/api/resources/intune-devices-detectedapp: unmanaged apps only of company-owned devices. */
export function inventoryReach(inventory: DeepReadonly<SoftwareInventory>, devices: ManagedDevices, now: Date): InventoryReach {
  let [computers, windows, unlisted] = [0, 0, 0];
  for (const device of activeDevices(devices, now)) {
    if (!isComputer(device) || isManagedElsewhere(device)) continue;
    computers += 1;
    if (isWindows(device)) windows += 1;
    if (device.managedDeviceOwnerType !== 'company') unlisted += 1;
  }
  const unknown = unseen(windows, unlisted, inventory.onWindows);
  return { computers, unlisted, ...(unknown ? { unknown } : {}) };
}

function isComputer(device: ManagedDevice): boolean {
  return isWindows(device) ? !isWindowsServer(device) : platformOf(device.operatingSystem) === 'macOS';
}

function unseen(windows: number, unlisted: number, lines: number): string | undefined {
  if (windows > 0 && lines === 0) return "Intune's inventory names no program on any Windows computer.";
  if (unlisted === 0) return undefined;
  return `Of ${count(unlisted, 'computer')} not marked as company-owned, Intune lists only the programs that it installed itself.`;
}

/** What a check says of one line of the inventory. */
function endedFinding(installation: Installation, names: readonly string[] | undefined): Finding {
  const { app, program } = installation;
  const devices = typeof app.deviceCount === 'number' ? count(app.deviceCount, 'device') : 'some devices';
  return {
    subject: installationSubject(installation),
    message: `This is ${program.name}, which ended on ${program.ends} and is on ${devices}.`,
    facts: {
      ended: program.ends,
      ...(app.version ? { version: app.version } : {}),
      ...(typeof app.deviceCount === 'number' ? { devices: app.deviceCount } : {}),
      ...(app.platform ? { platform: app.platform } : {}),
      ...(names && names.length > 0 ? { onDevices: names.join(', ') } : {}),
      ...(program.retirement ? { retirements: program.retirement } : {}),
    },
  };
}

export interface SoftwareEvidence {
  inventory: DeepReadonly<SoftwareInventory>;
  devices: ManagedDevices;
  /** Names of some devices by id of the program, where they could be read. */
  names: ReadonlyMap<string, readonly string[]> | undefined;
}

/** The verdict over those of the ended programs that a check is about. */
export function judgeInventory({ inventory, devices, names }: SoftwareEvidence, now: Date, about: (program: EndedSoftware) => boolean): Judgement {
  const over = installations(inventory).filter(({ program }) => about(program) && isOver(program, now));
  const reach = inventoryReach(inventory, devices, now);
  const listed = reach.computers - reach.unlisted;
  if (over.length > 0)
    return failIfAny(
      over.map((each) => endedFinding(each, names?.get(each.app.id))),
      Math.max(over.length, listed),
    );
  if (reach.computers === 0) return { verdict: 'notApplicable', because: 'No computer that Intune manages checked in within 30 days.' };
  if (reach.unknown && (listed === 0 || reach.unlisted === 0))
    throw new UnknownEvidence(
      reach.unknown,
      'Intune admin center > Apps > Monitor > Discovered apps fills within a week of enrollment. Mark computers of the company as corporate under Devices > device > Properties.',
    );
  return failIfAny([], listed, reach.unknown);
}
