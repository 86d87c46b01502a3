import { dayInMs } from '../../../src/lib/dates.ts';
import type { SimulatedDevice, SimulatedYear } from './simulated-year.ts';

const quiet = 31 * dayInMs;

/** Managed and checked in within 30 days. */
export function inUse({ enrolled, removed, checkIns }: SimulatedDevice, at: number): boolean {
  const last = checkIns.findLast((each) => each <= at);
  return enrolled <= at && at < removed && last !== undefined && at - last < quiet;
}

/** Devices in use so long after the release that had been enrolled before it, and those that truly had it. */
export function trueCoverage({ devices, months }: SimulatedYear, month: string, days: number): { has: number; eligible: number } {
  const nth = months.findIndex((each) => each.month === month);
  const released = months[nth]?.released ?? 0;
  const at = released + days * dayInMs;
  const eligible = devices.filter((device) => device.enrolled <= released && inUse(device, at));
  return { has: eligible.filter(({ installed }) => (installed[nth] ?? 0) <= at).length, eligible: eligible.length };
}

export interface TrueDuration {
  days: number;
  happened: boolean;
}

/** How long each device took for each month, watched until its last check-in or the first long silence. */
export function trueDurations({ devices, months }: SimulatedYear, isMeant: (month: string) => boolean = () => true): TrueDuration[] {
  return months.flatMap(({ month, released }, nth) =>
    isMeant(month)
      ? devices.flatMap((device) => {
          if (device.enrolled > released || !inUse(device, released)) return [];
          const until = Math.max(released, watchEnd(device, released));
          const at = Math.max(released, device.installed[nth] ?? 0);
          return [{ days: (Math.min(at, until) - released) / dayInMs, happened: at <= until }];
        })
      : [],
  );
}

function watchEnd({ checkIns }: SimulatedDevice, from: number): number {
  for (let nth = 1; nth < checkIns.length; nth += 1) {
    const [last, next] = [checkIns[nth - 1] ?? 0, checkIns[nth] ?? 0];
    if (next > from && next - last > 30 * dayInMs) return last;
  }
  return checkIns.at(-1) ?? 0;
}

/**
 * Median by redistribution to the right (Efron 1967): what was not watched to the end gives its weight to all that took
 * longer. The same as Kaplan and Meier's product, come by another way.
 */
export function trueMedian(durations: readonly TrueDuration[]): number | null {
  const sorted = [...durations].sort((a, b) => a.days - b.days || Number(b.happened) - Number(a.happened));
  let weight = 1 / sorted.length;
  let mass = 0;
  for (const [nth, { days, happened }] of sorted.entries()) {
    const left = sorted.length - nth - 1;
    if (happened) mass += weight;
    else if (left > 0) weight += weight / left;
    if (mass >= 0.5 - 1e-9) return days;
  }
  return null;
}

/** Devices open to a hole from a time on, until the month that closes it, and the days they were. */
export function trueExposure({ devices, months }: SimulatedYear, fixedIn: string, start: number): { devices: number; days: number } {
  const nth = months.findIndex(({ month }) => month === fixedIn);
  const exposed = devices.flatMap((device) => {
    const from = Math.max(start, device.enrolled);
    const end = Math.min(device.installed[nth] ?? Number.POSITIVE_INFINITY, device.checkIns.at(-1) ?? 0, device.removed);
    return end > from ? [(end - from) / dayInMs] : [];
  });
  return { devices: exposed.length, days: exposed.reduce((sum, each) => sum + each, 0) };
}

/** Updates installed by a deadline on devices in use at the release and on the day, of those whose deadline is over. */
export function trueInTime({ devices, months, now }: SimulatedYear, deadlineOf: (month: string, released: number) => number): { due: number; inTime: number } {
  let [due, inTime] = [0, 0];
  months.forEach(({ month, released }, nth) => {
    const deadline = deadlineOf(month, released);
    if (deadline > now.getTime()) return;
    for (const device of devices) {
      if (device.enrolled > released || !inUse(device, released) || !inUse(device, deadline)) continue;
      due += 1;
      if ((device.installed[nth] ?? Number.POSITIVE_INFINITY) <= deadline) inTime += 1;
    }
  });
  return { due, inTime };
}
