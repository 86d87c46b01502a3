import type { DeepReadonly } from '../kit/kit.ts';
import type { OnboardingCount } from './graph/deviceOnboarding.ts';

/** Devices by what Defender does with them. `unknown` = it lacks information, or says something this version does not know. */
export interface Onboarding {
  watched: number;
  unwatched: number;
  unsupported: number;
  unknown: number;
}

const meaning: Readonly<Record<string, keyof Onboarding>> = {
  onboarded: 'watched',
  'can be onboarded': 'unwatched',
  unsupported: 'unsupported',
};

export function onboardingOf(rows: readonly DeepReadonly<OnboardingCount>[]): Onboarding {
  const sums: Onboarding = { watched: 0, unwatched: 0, unsupported: 0, unknown: 0 };
  for (const { OnboardingStatus: status, Devices: devices } of rows) sums[meaning[status?.toLowerCase() ?? ''] ?? 'unknown'] += devices;
  return sums;
}
