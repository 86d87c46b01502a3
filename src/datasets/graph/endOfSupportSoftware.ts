import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting } from '../hunting.ts';

const Row = z.object({
  SoftwareVendor: z.string(),
  SoftwareName: z.string(),
  SoftwareVersion: z.string().nullish(),
  /** EOS Version, EOS Software, Upcoming EOS Version, Upcoming EOS Software, None: https://learn.microsoft.com/defender-endpoint/api/get-assessment-software-inventory */
  EndOfSupportStatus: z.string().nullish(),
  EndOfSupportDate: z.string().nullish(),
  Devices: z.int().min(1),
});
export type SupportedSoftware = z.infer<typeof Row>;

/** Windows itself is judged by its builds. What ends later than in a year is left out; so is everything without an end. */
export const endOfSupportSoftware = defineDataset({
  id: 'endOfSupportSoftware',
  about: 'Programs whose support ended or ends within a year, by version, with the number of devices, as Defender sees them.',
  ...hunting(
    'DeviceTvmSoftwareInventory',
    "where not(SoftwareVendor =~ 'microsoft' and SoftwareName startswith 'windows_')",
    'extend EndOfSupportDate=todatetime(EndOfSupportDate)',
    "where (isnotempty(EndOfSupportStatus) and EndOfSupportStatus !~ 'None') or EndOfSupportDate < now(365d)",
    'distinct DeviceId, SoftwareVendor, SoftwareName, SoftwareVersion, EndOfSupportStatus, EndOfSupportDate',
    'summarize Devices=count() by SoftwareVendor, SoftwareName, SoftwareVersion, EndOfSupportStatus, EndOfSupportDate',
    'project SoftwareVendor, SoftwareName, SoftwareVersion, EndOfSupportStatus, EndOfSupportDate, Devices',
  ),
  row: Row,
  keep: keepRows<SupportedSoftware>(),
});
