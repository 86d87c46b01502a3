import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import { dayInMs } from '../../../src/lib/dates.ts';
import type { DeviceObservation, RunObservations } from '../../../src/model/history.ts';
import { openHistory } from '../../../src/store/store.ts';
import { dayOf, device, firstDay, type Outcome, random, runOn } from './runs.ts';

/** Days between two updates, and how long the last device takes to install one. */
const cycle = 30;
const slowest = 21;
const channels = ['Current', 'Monthly Enterprise', 'Semi-Annual'];

/**
 * Daily runs over devices that check in at any minute of most days and install each month's update some days after it
 * came out; now and then one is renamed, gets another user or is replaced. A hundred checks, one of which names the
 * devices that are behind.
 */
export function* year(devices: number, days: number): Generator<{ day: number; run: ReturnType<typeof runOn>; observations: RunObservations }> {
  const chance = random(7);
  const fleet = Array.from({ length: devices }, (_, index) => device(idOf(index), { ...traits(chance), lastSync: syncOn(-1, chance) }));
  const delay = fleet.map(() => Math.floor(chance() * slowest));
  for (let day = 0; day < days; day += 1) {
    fleet.forEach((each, index) => {
      if (chance() < 0.85) each.lastSync = syncOn(day, chance);
      if (chance() < 0.000_5) each.user = `user${Math.floor(chance() * devices)}@contoso.example`;
      if (chance() < 0.000_5) fleet[index] = device(idOf(devices + day * devices + index), { ...traits(chance), lastSync: syncOn(day, chance) });
      const month = Math.floor((day - (delay[index] ?? 0) - (chance() < 0.1 ? 1 : 0)) / cycle);
      each.osVersion = newer(each.osVersion, `10.0.26100.${4000 + month * 100}`);
    });
    const behind = fleet.filter(({ osVersion }) => osVersion !== `10.0.26100.${4000 + Math.floor(day / cycle) * 100}`);
    const outcomes: Record<string, Outcome> = Object.fromEntries(
      Array.from({ length: 99 }, (_, check) => [`check-${check}`, check % 4 === 0 ? ['tenant'] : 'pass']),
    );
    outcomes['devices-behind'] = behind.length > 0 ? behind.map(({ id }) => id) : 'pass';
    if (chance() < 0.05) outcomes['check-1'] = 'error';
    yield { day, run: runOn(day, outcomes), observations: observationsOf(fleet, day) };
  }
}

function observationsOf(fleet: readonly DeviceObservation[], day: number): RunObservations {
  return {
    devices: fleet.map((each, index) => ({ ...each, edition: { family: 'Enterprise', number: 4 }, rings: [index % 20 === 0 ? 'Pilot' : 'Broad'] })),
    editions: true,
    rings: true,
    apps: channels.flatMap((name, channel) =>
      [0, 1, 2].map((back) => {
        const month = Math.floor(day / cycle) - back;
        return {
          id: `${name} ${month}`,
          name,
          version: `16.0.${18000 + month}`,
          devices: Math.max(0, fleet.length - ((day * 37 * (channel + 1)) % fleet.length)),
        };
      }),
    ),
  };
}

function idOf(index: number): string {
  return `${index.toString(16).padStart(8, '0')}-5a51-4f0e-9d1c-3a1f6f5f0001`;
}

function traits(chance: () => number): Partial<DeviceObservation> {
  const number = Math.floor(chance() * 90_000);
  return { name: `DESKTOP-${number.toString(36).toUpperCase()}`, user: `user${number}@contoso.example`, osVersion: '10.0.26100.3900' };
}

function syncOn(day: number, chance: () => number): string {
  return new Date(firstDay + day * dayInMs - Math.floor(chance() * 86_400) * 1000).toISOString();
}

function newer(a: string | null, b: string): string {
  return a !== null && Number(a.split('.').at(-1)) > Number(b.split('.').at(-1)) ? a : b;
}

/** `node test/store/support/year.ts [devices] [days]` records such a year and prints what it takes. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [devices = 5000, days = 365] = process.argv.slice(2).map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'tidytenant-'));
  const file = join(folder, 'history.sqlite');
  const history = openHistory(file);
  const snapshot = loadSnapshot();
  let spent = 0;
  for (const { run, observations } of year(devices, days)) {
    const start = performance.now();
    history.record(run, observations, snapshot);
    spent += performance.now() - start;
  }
  const start = performance.now();
  const [tenant] = history.tenants();
  const read = history.deviceObservations(tenant?.id ?? '', dayOf(days));
  const reading = performance.now() - start;
  history.close();
  const spans = read.reduce((sum, { systems }) => sum + systems.length, 0);
  console.log(`${days} runs of ${devices} devices: ${(statSync(file).size / 1e6).toFixed(1)} MB, ${(spent / days).toFixed(0)} ms per run`);
  console.log(`read back: ${read.length} devices, ${spans} stretches in ${reading.toFixed(0)} ms, ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
  rmSync(folder, { recursive: true });
}
