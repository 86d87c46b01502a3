import type { ManagedDevice } from './devices.ts';
import { type GroupReaches, type Ring, ringBound, ringReaches } from './update-rings.ts';

/** One update ring as a stage of the rollout. */
export interface Tier {
  ring: Ring;
  /** Days after which the ring has an update at the latest: deferral + deadline + grace; endless without a deadline. */
  delay: number;
  fleets: readonly Fleet[];
}

/** Devices that the same rings reach, for certain or perhaps: there are few such fleets, however many devices. */
export interface Fleet {
  certain: readonly Ring[];
  perhaps: readonly Ring[];
  size: number;
  /** Only where more than one ring may reach them: then each may be named. */
  devices: ManagedDevice[];
}

export function ringFleets(devices: Iterable<ManagedDevice>, rings: readonly Ring[], groups: GroupReaches): Fleet[] {
  const reachesOf = ringReaches(rings, groups);
  const fleets = new Map<string, Fleet>();
  for (const device of devices) {
    const reaches = reachesOf(device);
    const which = (reach: (typeof reaches)[number]) => rings.filter((_, at) => reaches[at] === reach);
    const key = reaches.join();
    const fleet = fleets.get(key) ?? { certain: which('inRing'), perhaps: which('unknown'), size: 0, devices: [] };
    fleets.set(key, fleet);
    fleet.size += 1;
    if (fleet.certain.length + fleet.perhaps.length > 1) fleet.devices.push(device);
  }
  return [...fleets.values()];
}

export function sizeOf(fleets: Iterable<Fleet>): number {
  let devices = 0;
  for (const { size } of fleets) devices += size;
  return devices;
}

/** How to take what the evidence leaves open: the grace period of a ring that sets none, and the devices a ring may reach. */
export interface Assumption {
  grace: 'least' | 'most';
  perhaps: boolean;
}

export const assumptions: readonly Assumption[] = [
  { grace: 'least', perhaps: false },
  { grace: 'most', perhaps: false },
  { grace: 'least', perhaps: true },
  { grace: 'most', perhaps: true },
];

/** Rings that reach some device, fastest first. A ring that reaches nobody is no stage. */
export function tiersUnder({ grace, perhaps }: Assumption, fleets: readonly Fleet[]): Tier[] {
  const ringsOf = (fleet: Fleet) => (perhaps ? [...fleet.certain, ...fleet.perhaps] : fleet.certain);
  const tiers = [...new Set(fleets.flatMap(ringsOf))].flatMap((ring): Tier[] => {
    const bound = ringBound(ring);
    if (bound.kind === 'unknown') return [];
    const delay = bound.kind === 'unbounded' ? Number.POSITIVE_INFINITY : bound[grace];
    return [{ ring, delay, fleets: fleets.filter((fleet) => ringsOf(fleet).includes(ring)) }];
  });
  return tiers.sort((a, b) => order(a.delay, b.delay) || order(a.ring.id, b.ring.id));
}

export type TierProblem =
  | { kind: 'tooFew'; devices: number; delays: readonly number[]; needed: number }
  | { kind: 'firstTooLarge'; tier: Tier; devices: number }
  | { kind: 'tooClose'; tier: Tier; first: Tier }
  | { kind: 'twoRings'; device: ManagedDevice; rings: readonly Ring[] };

/** Fewer computers than this need no stages. */
export const devicesForTiers = 10;
const devicesForThree = 100;
const largestFirstShare = 0.2;
const leastDaysBetween = 2;

/** What is wrong with the stages of a rollout. */
export function tierProblems(tiers: readonly Tier[]): TierProblem[] {
  const reached = [...reachedBy(tiers)];
  const twice = reached.flatMap((fleet): TierProblem[] => {
    const rings = tiers.filter((tier) => tier.fleets.includes(fleet)).map(({ ring }) => ring);
    return rings.length > 1 ? fleet.devices.map((device) => ({ kind: 'twoRings', device, rings })) : [];
  });
  const devices = sizeOf(reached);
  return devices < devicesForTiers ? twice : [...stageProblems(tiers, devices), ...twice];
}

/** Each fleet once, however many of the rings reach it. */
export function reachedBy(tiers: readonly Tier[]): Set<Fleet> {
  return new Set(tiers.flatMap((tier) => tier.fleets));
}

function stageProblems(tiers: readonly Tier[], devices: number): TierProblem[] {
  const delays = [...new Set(tiers.map(({ delay }) => delay))];
  const needed = devices < devicesForThree ? 2 : 3;
  if (delays.length < needed) return [{ kind: 'tooFew', devices, delays, needed }];
  const early = tiers.filter(({ delay }) => delay === delays[0]);
  const [first] = early;
  const broad = tiers
    .slice(early.length)
    .reduce<Tier | undefined>((most, tier) => (most && sizeOf(most.fleets) > sizeOf(tier.fleets) ? most : tier), undefined);
  if (!first || !broad) return [];
  const inFirst = sizeOf(reachedBy(early));
  return [
    ...(inFirst > devices * largestFirstShare ? [{ kind: 'firstTooLarge', tier: first, devices } as const] : []),
    ...(broad.delay - first.delay < leastDaysBetween ? [{ kind: 'tooClose', tier: broad, first } as const] : []),
  ];
}

/** What makes two problems the same one under different assumptions. */
export function problemKey(problem: TierProblem): string {
  if (problem.kind === 'tooFew') return problem.kind;
  return `${problem.kind} ${problem.kind === 'twoRings' ? problem.device.id : problem.tier.ring.id}`;
}

function order<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
