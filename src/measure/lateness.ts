import { type PatchLevel, patchLevels } from '../advisories/patch-level.ts';
import { newestMonth, parseWindowsVersion, releasedAt, usableDays, windowsLines } from '../advisories/windows.ts';
import { isWindows, isWindowsServer } from '../datasets/devices.ts';
import { daysBetween } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { DeviceHistory, DeviceObservation, Span } from '../model/history.ts';
import type { Concentration, LatenessReport, LatenessTrait } from '../model/lateness.ts';
import type { Measure } from '../model/measure.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { observationsOf } from './observations.ts';

/** Smaller groups are single stories, not a pattern. */
const smallestGroup = 5;
/** A difference that chance brings about at least this often is none. */
const chanceLimit = 0.05;
const activeDays = 30;

/** A device as it is compared; a trait that is not known leaves it out of that comparison. */
export type Compared = Pick<
  DeviceObservation,
  'operatingSystem' | 'osVersion' | 'model' | 'user' | 'ownership' | 'enrolledAt' | 'lastSync' | 'edition' | 'rings'
>;

interface Judging {
  snapshot: Snapshot;
  now: Date;
  /** Days after release by which an update must be installed. */
  deadlineDays: number;
}

/**
 * Where lateness gathers: models, versions, editions, rings, users and kinds of ownership of which more devices are late
 * than of the others. Late is an eligible Windows device without the newest month whose deadline has passed, or on a version
 * that gets no updates. A sentence where that cannot be said.
 */
export function latenessOf(devices: Iterable<Compared>, { snapshot, now, deadlineDays }: Judging): LatenessReport | string {
  const { asOf } = snapshot.windows;
  if (daysBetween(asOf, now) > usableDays) return `Update data ends ${asOf}, more than ${usableDays} days before: too old to say who is late.`;
  const month = newestMonth(windowsLines(snapshot, now), now, deadlineDays);
  if (!month) return `The update data holds no month that was out for ${deadlineDays} days.`;
  const levelOf = patchLevels(snapshot, now);
  const counts = new Counts();
  for (const device of devices) {
    if (!isEligible(device, month.date, now)) continue;
    const level = levelOf(device.osVersion, isWindowsServer(asRow(device)));
    if (level.state === 'known') counts.add(traitsOf(device, snapshot), isLate(level, month.month));
  }
  if (counts.devices === 0) return `No Windows device of known patch level checked in within ${activeDays} days and was enrolled before ${month.date}.`;
  return { month, devices: counts.devices, late: counts.late, concentrations: counts.concentrations() };
}

/** How many groups stand out, and the share of late devices in each. */
export function systemicLateness({ evidence, snapshot, now, settings }: MeasureContext): Measure {
  const head = { id: 'systemic-lateness', label: 'Groups of devices in which late updates gather', unit: 'count' } as const;
  const { devices } = observationsOf(evidence);
  if (!devices) return unknownMeasure(head, 'The managed devices could not be read.');
  const found = latenessOf(devices, { snapshot, now, deadlineDays: settings.patchDeadlineDays });
  if (typeof found === 'string') return { ...unknownMeasure(head, found), dataDate: snapshot.windows.asOf };
  return {
    ...head,
    value: found.concentrations.length,
    because: `${found.late} of ${found.devices} devices are late with the update of ${found.month.month}. Groups of at least ${smallestGroup} devices count where chance alone would show such a difference less than once in ${1 / chanceLimit} scans.`,
    dataDate: snapshot.windows.asOf,
    series: found.concentrations.map(({ trait, value, late, devices: all }) => ({ label: `${trait}: ${value}`, value: Math.round((1000 * late) / all) / 10 })),
  };
}

/** Each device as it was last seen. What was not read in the last run counts as not known. */
export function lastSeen(devices: readonly DeviceHistory[]): Compared[] {
  const newest = Math.max(...devices.map((device) => device.systems.at(-1)?.last.run ?? Number.NEGATIVE_INFINITY));
  const standing = <Value>(spans: readonly Span<Value>[]): Value | null => {
    const last = spans.at(-1);
    return last?.last.run === newest ? last.value : null;
  };
  return devices.flatMap((device) => {
    const last = device.systems.at(-1);
    if (last?.last.run !== newest) return [];
    const { model, user, ownership, enrolledAt } = device;
    const lastSync = last.last.sync === null ? null : new Date(last.last.sync).toISOString();
    return [{ ...last.value, ...{ model, user, ownership, enrolledAt, lastSync }, edition: standing(device.editions), rings: standing(device.rings) }];
  });
}

function asRow({ operatingSystem }: Compared): Parameters<typeof isWindows>[0] {
  return { operatingSystem } as Parameters<typeof isWindows>[0];
}

function isEligible(device: Compared, release: string, now: Date): boolean {
  if (!isWindows(asRow(device)) || device.lastSync === null || daysBetween(device.lastSync, now) > activeDays) return false;
  return device.enrolledAt === null || Date.parse(device.enrolledAt) <= releasedAt(release).getTime();
}

function isLate(level: PatchLevel & { state: 'known' }, month: string): boolean {
  return level.ended || !level.contains(month);
}

function traitsOf(device: Compared, { windows }: Snapshot): Record<LatenessTrait, readonly string[] | null> {
  const { model, edition, rings, user, ownership } = device;
  const build = parseWindowsVersion(device.osVersion)?.build;
  const isServer = isWindowsServer(asRow(device));
  const name = windows.versions.find((row) => row.build === build && (row.edition === 'server') === isServer)?.name;
  return {
    model: model ? [model] : null,
    version: [name ? `Windows ${name}` : `Windows build ${build}`],
    edition: edition?.family ? [edition.family] : null,
    ring: rings && (rings.length > 0 ? rings : ['in no ring']),
    user: user ? [user] : null,
    ownership: ownership ? [ownership] : null,
  };
}

interface Group {
  devices: number;
  late: number;
}

class Counts implements Group {
  devices = 0;
  late = 0;
  readonly #known = new Map<LatenessTrait, Group>();
  readonly #groups = new Map<LatenessTrait, Map<string, Group>>();

  add(traits: Record<LatenessTrait, readonly string[] | null>, late: boolean): void {
    count(this, late);
    for (const trait of Object.keys(traits) as LatenessTrait[]) {
      const values = traits[trait];
      if (!values) continue;
      count(entryOf(this.#known, trait, nobody), late);
      const groups = entryOf(this.#groups, trait, () => new Map<string, Group>());
      for (const value of values) count(entryOf(groups, value, nobody), late);
    }
  }

  /** Every group is compared once with all others; the more comparisons, the surer each must be. */
  concentrations(): Concentration[] {
    const compared = [...this.#groups].flatMap(([trait, groups]) => {
      const known = this.#known.get(trait) ?? nobody();
      return [...groups].map(([value, { devices, late }]) => ({ trait, value, devices, late, others: known.devices - devices, othersLate: known.late - late }));
    });
    const large = compared.filter(({ devices, others }) => devices >= smallestGroup && others >= smallestGroup);
    const judged = large.map((each) => ({ ...each, chance: Math.min(1, chanceOf(each) * large.length) }));
    const sure = judged.filter(({ devices, late, others, othersLate, chance }) => chance < chanceLimit && late / devices > othersLate / others);
    return sure.sort((a, b) => a.chance - b.chance || byText(a.trait, b.trait) || byText(a.value, b.value));
  }
}

function nobody(): Group {
  return { devices: 0, late: 0 };
}

function count(group: Group, late: boolean): void {
  group.devices += 1;
  if (late) group.late += 1;
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/**
 * Fisher's exact test, one-sided: the chance that of all late devices at least so many fall into the group if they were
 * dealt out blindly.
 */
export function chanceOf({ devices, late, others, othersLate }: Pick<Concentration, 'devices' | 'late' | 'others' | 'othersLate'>): number {
  const [all, allLate] = [devices + others, late + othersLate];
  const logOf = logFactorials(all);
  const choose = (n: number, k: number) => (logOf[n] ?? 0) - (logOf[k] ?? 0) - (logOf[n - k] ?? 0);
  let chance = 0;
  for (let k = late; k <= Math.min(devices, allLate); k += 1)
    if (allLate - k <= others) chance += Math.exp(choose(devices, k) + choose(others, allLate - k) - choose(all, allLate));
  return Math.min(1, chance);
}

let known = new Float64Array([0, 0]);

/** ln(n!) for every n up to a number. Computed once for the largest. */
function logFactorials(most: number): Float64Array {
  if (known.length <= most) {
    const longer = new Float64Array(most + 1);
    for (let n = 2; n <= most; n += 1) longer[n] = (longer[n - 1] ?? 0) + Math.log(n);
    known = longer;
  }
  return known;
}
