import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting, newestOf } from '../hunting.ts';

const Row = z.object({
  /** Workstation, Server, NetworkDevice, Mobile, Printer and others; empty where Defender could not tell. */
  DeviceType: z.string().nullish(),
  OSPlatform: z.string().nullish(),
  /** Onboarded, Can be onboarded, Unsupported, Insufficient info. */
  OnboardingStatus: z.string().nullish(),
  Devices: z.int().min(1),
});
export type OnboardingCount = z.infer<typeof Row>;

export const deviceOnboarding = defineDataset({
  id: 'deviceOnboarding',
  about: 'How many devices Defender saw within 30 days, by kind and by whether it watches them.',
  ...hunting(
    'DeviceInfo',
    ...newestOf(['DeviceType', 'OSPlatform', 'OnboardingStatus']),
    'summarize Devices=count() by DeviceType, OSPlatform, OnboardingStatus',
    'project DeviceType, OSPlatform, OnboardingStatus, Devices',
  ),
  row: Row,
  keep: keepRows<OnboardingCount>(),
});
