import { isoDay } from '../lib/dates.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type DeviceState, deviceStates } from './device-state.ts';
import { parseWindowsVersion } from './windows.ts';
import type { Service } from './windows-service.ts';

/** A server as Defender tells of it. */
export interface SeenServer {
  /** `WindowsServer2019`, `Linux`. */
  platform: string | null | undefined;
  /** `10.0.17763.8755`; null where the inventory has none. */
  version: string | null | undefined;
}

/** Systems older than the data of updates: end of support, and of the paid updates after it. https://learn.microsoft.com/lifecycle/products/ */
const ended: Readonly<Record<string, { since: string; extendedUntil: string }>> = {
  '2008': { since: '2020-01-14', extendedUntil: '2024-01-09' },
  '2008R2': { since: '2020-01-14', extendedUntil: '2024-01-09' },
  '2012': { since: '2023-10-10', extendedUntil: '2026-10-13' },
  '2012R2': { since: '2023-10-10', extendedUntil: '2026-10-13' },
};

/** Reads the state of Windows servers that Intune does not know. Null = not a Windows server. Where the revision is missing, the name of the system still tells how long it is serviced. */
export function serverStates(snapshot: Snapshot, now: Date): (server: SeenServer) => DeviceState | null {
  const stateOf = deviceStates(snapshot, now);
  const stateAt = (osVersion: string | null) => stateOf({ operatingSystem: 'Windows Server', osVersion, patchLevel: null });
  return ({ platform, version }) => {
    const name = /^windows ?server ?(\d{4}(?:r2)?)?/i.exec(platform ?? '');
    if (parseWindowsVersion(version)) return stateAt(version ?? null);
    if (!name) return null;
    const year = name[1]?.toUpperCase() ?? '';
    const end = ended[year];
    if (end) return endedState(year, version, serviceAfter(year, end, now));
    const row = snapshot.windows.versions.find((each) => each.edition === 'server' && each.name === `Server ${year}`);
    return stateAt(row ? `10.0.${row.build}` : null);
  };
}

function serviceAfter(year: string, { since, extendedUntil }: { since: string; extendedUntil: string }, now: Date): Service {
  const name = `Server ${year.replace('R2', ' R2')}`;
  if (isoDay(now) > extendedUntil) return { state: 'outOfService', name, since };
  return {
    state: 'unknown',
    because: `Windows ${name} gets updates only where they are paid for, until ${extendedUntil}, and Defender does not tell whether they are`,
  };
}

function endedState(year: string, version: string | null | undefined, service: Service): DeviceState {
  return {
    platform: 'windowsServer',
    product: `Windows Server ${year.replace('R2', ' R2')}`,
    edition: null,
    build: version ?? null,
    month: null,
    behind: null,
    missing: null,
    outOfBand: [],
    service,
    level: null,
    because: 'the updates of this version are not in the data',
  };
}
