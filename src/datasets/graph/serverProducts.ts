import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting } from '../hunting.ts';

const Row = z.object({
  DeviceId: z.string(),
  DeviceName: z.string().nullish(),
  /** `exchange_server_2016`, `sharepoint_server`. */
  SoftwareName: z.string(),
  /** `15.1.2507.77`, `16.0.10417.20198`; Exchange also with leading zeros. */
  SoftwareVersion: z.string().nullish(),
});
export type ServerSoftware = z.infer<typeof Row>;

/** Wider than the known names: which of them a program goes by is Microsoft's to change, and what is none of the products is sorted out afterwards. */
export const serverProducts = defineDataset({
  id: 'serverProducts',
  about: 'Exchange, SharePoint and Skype for Business Server on the servers that Defender watches: name and version.',
  ...hunting(
    'DeviceTvmSoftwareInventory',
    "where SoftwareVendor has 'microsoft' and OSPlatform contains 'server'",
    "where SoftwareName contains 'exchange' or SoftwareName contains 'sharepoint' or SoftwareName contains 'skype' or SoftwareName contains 'lync'",
    'distinct DeviceId, DeviceName, SoftwareName, SoftwareVersion',
    'project DeviceId, DeviceName, SoftwareName, SoftwareVersion',
  ),
  row: Row,
  keep: keepRows<ServerSoftware>(),
});
