import type { ManagedDevice } from './devices.ts';
import { type GroupReaches, type Ring, reachOfRing, ringBound } from './update-rings.ts';

/** One update ring as a stage of the rollout. */
export interface Tier {
  ring: Ring;
  /** Days after which the ring has an update at the latest: deferral + deadline + grace; endless without a deadline. */
  delay: number;
  devices: readonly ManagedDevice[];
}

/** A ring with the devices it reaches for certain, and those it may reach. */
export interface RingFleet {
  ring: Ring;
  certain: readonly ManagedDevice[];
  perhaps: readonly ManagedDevice[];
}

export function ringFleets(devices: readonly ManagedDevice[], rings: readonly Ring[], groups: GroupReaches): RingFleet[] {
  return rings.map((ring) => {
    const reaches = reachOfRing(ring, groups);
    const answers = Map.groupBy(devices, reaches);
    return { ring, certain: answers.get('inRing') ?? [], perhaps: answers.get('unknown') ?? [] };
  });
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
export function tiersUnder({ grace, perhaps }: Assumption, fleets: readonly RingFleet[]): Tier[] {
  const tiers = fleets.flatMap((fleet): Tier[] => {
    const bound = ringBound(fleet.ring);
    if (bound.kind === 'unknown') return [];
    const delay = bound.kind === 'unbounded' ? Number.POSITIVE_INFINITY : bound[grace];
    return [{ ring: fleet.ring, delay, devices: perhaps ? [...fleet.certain, ...fleet.perhaps] : fleet.certain }];
  });
  return tiers.filter((tier) => tier.devices.length > 0).sort((a, b) => order(a.delay, b.delay) || order(a.ring.id, b.ring.id));
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
  const ringsOf = Map.groupBy(
    tiers.flatMap(({ ring, devices }) => devices.map((device) => ({ device, ring }))),
    ({ device }) => device.id,
  );
  const twice = [...ringsOf.values()].flatMap((all): TierProblem[] => {
    const [first] = all;
    return first && all.length > 1 ? [{ kind: 'twoRings', device: first.device, rings: all.map(({ ring }) => ring) }] : [];
  });
  return ringsOf.size < devicesForTiers ? twice : [...stageProblems(tiers, ringsOf.size), ...twice];
}

function stageProblems(tiers: readonly Tier[], devices: number): TierProblem[] {
  const delays = [...new Set(tiers.map(({ delay }) => delay))];
  const needed = devices < devicesForThree ? 2 : 3;
  if (delays.length < needed) return [{ kind: 'tooFew', devices, delays, needed }];
  const early = tiers.filter(({ delay }) => delay === delays[0]);
  const [first] = early;
  const broad = tiers
    .slice(early.length)
    .reduce<Tier | undefined>((most, tier) => (most && most.devices.length > tier.devices.length ? most : tier), undefined);
  if (!first || !broad) return [];
  const inFirst = new Set(early.flatMap((tier) => tier.devices.map(({ id }) => id))).size;
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
