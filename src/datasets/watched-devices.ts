import type { DeepReadonly } from '../kit/kit.ts';
import { count } from '../lib/text.ts';
import type { DefenderDevice } from './graph/deviceInventory.ts';
import type { OnboardingCount } from './graph/deviceOnboarding.ts';
import type { Organization } from './graph/organization.ts';
import { onboardingOf } from './onboarding.ts';

/** How far what Defender finds, or does not find, speaks for the tenant. */
export interface Reach {
  /** Devices of the kind that it watches. */
  watched: number;
  /** A sentence where it does not speak for all of them. */
  unknown?: string;
}

/** Windows servers; one of which Defender names no system may be one. */
export function isWindowsServerRow({ DeviceType, OSPlatform }: DeepReadonly<DefenderDevice>): boolean {
  return DeviceType.toLowerCase() === 'server' && (!OSPlatform || /^windows/i.test(OSPlatform));
}

interface Seen {
  servers: readonly DeepReadonly<DefenderDevice>[];
  onboarding: readonly DeepReadonly<OnboardingCount>[];
  organization: DeepReadonly<Organization> | null;
}

/** Why it means nothing that Defender saw no Windows server; undefined = it saw some, or there are none. */
export function unseenServers({ servers, onboarding, organization }: Seen): string | undefined {
  if (servers.some(isWindowsServerRow)) return undefined;
  if (onboardingOf(onboarding).watched === 0) return 'Defender watches no device, so it saw no server.';
  if (organization?.onPremisesSyncEnabled) return 'The directory is synchronized from servers on site, and Defender saw no Windows server within 30 days.';
  return undefined;
}

/** Whether the inventory of programs speaks for all Windows servers. It holds those of onboarded servers, and with them always Windows itself. */
export function serverReach(seen: Seen): Reach {
  const servers = seen.servers.filter(isWindowsServerRow);
  const watched = servers.filter(({ OnboardingStatus, SystemVersion }) => OnboardingStatus?.toLowerCase() === 'onboarded' && Boolean(SystemVersion)).length;
  const blind = servers.length - watched;
  const unknown = unseenServers(seen) ?? (blind > 0 ? `Of ${count(blind, 'Windows server')} Defender does not list the programs.` : undefined);
  return { watched, ...(unknown ? { unknown } : {}) };
}

/** Whether events speak for all Windows computers. `managed` = those that Intune saw within 30 days. */
export function computerReach(onboarding: readonly DeepReadonly<OnboardingCount>[], managed: number): Reach {
  const rows = onboarding.filter(isWindowsKind);
  const { watched, ...others } = onboardingOf(rows);
  const blind = others.unwatched + others.unsupported + others.unknown;
  const unknown =
    blind > 0
      ? `Defender saw ${count(blind, 'Windows computer')} that it does not watch.`
      : managed > watched
        ? `Intune manages ${count(managed, 'Windows computer')}, and Defender watches ${watched}.`
        : onboardingOf(onboarding).watched === 0
          ? 'Defender watches no device.'
          : undefined;
  return { watched, ...(unknown ? { unknown } : {}) };
}

/** Whether the inventory of programs speaks for all computers and servers, with Windows or without. */
export function programReach(onboarding: readonly DeepReadonly<OnboardingCount>[], managed: number): Reach {
  const windows = computerReach(onboarding, managed);
  const { watched, ...others } = onboardingOf(onboarding.filter((row) => isComputerKind(row) && !isWindowsKind(row)));
  const blind = others.unwatched + others.unsupported + others.unknown;
  const unknown = windows.unknown ?? (blind > 0 ? `Defender saw ${count(blind, 'computer')} without Windows that it does not watch.` : undefined);
  return { watched: windows.watched + watched, ...(unknown ? { unknown } : {}) };
}

function isComputerKind({ DeviceType }: DeepReadonly<OnboardingCount>): boolean {
  return /^(workstation|server)$/i.test(DeviceType ?? '');
}

function isWindowsKind({ OSPlatform, DeviceType }: DeepReadonly<OnboardingCount>): boolean {
  if (OSPlatform) return /^windows/i.test(OSPlatform) && !/phone|mobile/i.test(OSPlatform);
  return /^(workstation|server)$/i.test(DeviceType ?? '');
}
