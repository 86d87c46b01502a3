import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting } from '../hunting.ts';

const Row = z.object({
  /** Name of the server, or its address where the name is not told. */
  Server: z.string(),
  Devices: z.int().min(1),
});
export type WsusConnection = z.infer<typeof Row>;

/** WSUS listens on these ports unless somebody chose others; the service of Windows Update runs in these programs. */
export const wsusConnections = defineDataset({
  id: 'wsusConnections',
  about: 'Which WSUS servers Windows asked for updates within 7 days, and how many computers did, as Defender sees them.',
  ...hunting(
    'DeviceNetworkEvents',
    'where Timestamp > ago(7d)',
    "where RemotePort in (8530, 8531) and ActionType == 'ConnectionSuccess'",
    "where InitiatingProcessFileName in~ ('svchost.exe', 'mousocoreworker.exe')",
    "extend Server=tolower(iff(isempty(RemoteUrl), RemoteIP, extract('^(?:[a-zA-Z]+://)?([^/:]+)', 1, RemoteUrl)))",
    'distinct DeviceId, Server',
    'summarize Devices=count() by Server',
    'project Server, Devices',
  ),
  row: Row,
  keep: keepRows<WsusConnection>(),
});
