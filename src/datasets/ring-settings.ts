import { type Ring, ringBound } from './update-rings.ts';

export interface RingSettings {
  /** What the ring does that it should not; each goes on after "The ring". */
  faults: string[];
  /** Settings that the evidence does not tell. */
  untold: string[];
  facts: Record<string, string | boolean>;
}

type Judged = 'good' | 'bad' | 'unknown';

/** What Intune offers. `userDefined` leaves it to the person at the computer. */
const modes: Readonly<Record<string, Judged>> = {
  userDefined: 'bad',
  notifyDownload: 'bad',
  autoInstallAtMaintenanceTime: 'good',
  autoInstallAndRebootAtMaintenanceTime: 'good',
  autoInstallAndRebootAtScheduledTime: 'good',
  autoInstallAndRebootWithoutEndUserControl: 'good',
  windowsDefault: 'good',
};
const pauses: Readonly<Record<string, Judged>> = { enabled: 'bad', disabled: 'good', notConfigured: 'good' };
const channels: Readonly<Record<string, Judged>> = {
  userDefined: 'good',
  all: 'good',
  businessReadyOnly: 'good',
  windowsInsiderBuildFast: 'bad',
  windowsInsiderBuildSlow: 'bad',
  windowsInsiderBuildRelease: 'bad',
};

/** Whether a ring leaves out updates, leaves them to its users, or brings test versions to more than the first stage. */
export function ringSettings(ring: Ring, all: readonly Ring[], hasDriverPolicy: boolean): RingSettings {
  const { microsoftUpdateServiceAllowed: other, driversExcluded, automaticUpdateMode: mode, userPauseAccess: pause, businessReadyUpdatesOnly: channel } = ring;
  const judged: [name: string, Judged, fault: string][] = [
    ['updates of other Microsoft products', other == null ? 'unknown' : other ? 'good' : 'bad', 'leaves out Office and other Microsoft products'],
    [
      'drivers',
      hasDriverPolicy ? 'good' : driversExcluded == null ? 'unknown' : driversExcluded ? 'bad' : 'good',
      'leaves out drivers, which no driver update policy brings',
    ],
    ['the update behavior', modes[mode ?? ''] ?? 'unknown', 'leaves the installation to the user'],
    ['the option to pause', pauses[pause ?? ''] ?? 'unknown', 'lets users pause updates'],
    [
      'the pre-release channel',
      isFirst(ring, all) ? 'good' : (channels[channel ?? ''] ?? 'unknown'),
      'brings test versions of Windows, and is not the first ring',
    ],
  ];
  return {
    faults: judged.flatMap(([, verdict, fault]) => (verdict === 'bad' ? [fault] : [])),
    untold: judged.flatMap(([name, verdict]) => (verdict === 'unknown' ? [name] : [])),
    facts: {
      microsoftUpdates: other ?? 'not told',
      driversExcluded: driversExcluded ?? 'not told',
      automaticUpdateMode: mode ?? 'not told',
      userPauseAccess: pause ?? 'not told',
      channel: channel ?? 'not told',
    },
  };
}

/** Of several rings the one whose computers have updates soonest. A lone ring is no test stage. */
function isFirst(ring: Ring, all: readonly Ring[]): boolean {
  return all.length > 1 && all.every((other) => leastDays(ring) <= leastDays(other)) && all.some((other) => leastDays(ring) < leastDays(other));
}

function leastDays(ring: Ring): number {
  const bound = ringBound(ring);
  return bound.kind === 'days' ? bound.least : Number.POSITIVE_INFINITY;
}
