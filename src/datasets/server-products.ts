import type { DeepReadonly } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
import type { ServerSoftware } from './graph/serverProducts.ts';

type Family = 'Exchange Server' | 'SharePoint Server' | 'Skype for Business Server';

/** A version of a product for servers. */
export interface ServerProduct {
  family: Family;
  name: string;
  /** Last day of support; null = it goes on. */
  ends: string | null;
  /** Until when updates could be bought after that. */
  paidUntil?: string;
  /** Id in the list of retirements; absent = in service, or ended before the list begins. */
  retirement?: string;
}

interface Known extends ServerProduct {
  /** Part of the name in the inventory. */
  named?: RegExp;
  /** Versions, from the first up to but without the second; absent where the version does not tell. */
  versions?: readonly [string, string];
}

const exchange = { family: 'Exchange Server', retirement: 'exchange-2016-2019', ends: '2025-10-14', paidUntil: '2026-10' } as const;
const sharepoint = { family: 'SharePoint Server', retirement: 'sharepoint-server-2016-2019', ends: '2026-07-14' } as const;
const skype = { family: 'Skype for Business Server', retirement: 'sfb-server-2015-2019', ends: '2025-10-14', paidUntil: '2026-10' } as const;

/**
 * The inventory names programs like Microsoft's own CVE records do, where the year stands in some names and only the
 * version tells in others: `exchange_server_2016` and `exchange_server`, `sharepoint_server` for the Subscription Edition.
 * Skype for Business Server 2019 and its Subscription Edition share their versions. https://learn.microsoft.com/lifecycle/products/
 */
const known: readonly Known[] = [
  { ...exchange, name: 'Exchange Server 2016', named: /_2016/, versions: ['15.1', '15.2'] },
  { ...exchange, name: 'Exchange Server 2019', named: /_2019/, versions: ['15.2', '15.2.2562'] },
  { family: 'Exchange Server', name: 'Exchange Server Subscription Edition', ends: null, named: /_se(_|$)|subscription/, versions: ['15.2.2562', '16'] },
  { family: 'Exchange Server', name: 'Exchange Server 2013', ends: '2023-04-11', named: /_2013/, versions: ['15.0', '15.1'] },
  { family: 'Exchange Server', name: 'Exchange Server 2010', ends: '2020-10-13', named: /_2010/, versions: ['14', '15'] },
  { ...sharepoint, name: 'SharePoint Server 2016', named: /_2016/, versions: ['16.0.4000', '16.0.10000'] },
  { ...sharepoint, name: 'SharePoint Server 2019', named: /_2019/, versions: ['16.0.10000', '16.0.14000'] },
  { family: 'SharePoint Server', name: 'SharePoint Server Subscription Edition', ends: null, named: /subscription/, versions: ['16.0.14000', '17'] },
  { family: 'SharePoint Server', name: 'SharePoint 2013', ends: '2023-04-11', named: /_2013/, versions: ['15.0', '16.0'] },
  { family: 'SharePoint Server', name: 'SharePoint 2010', ends: '2021-04-13', named: /_2010/, versions: ['14', '15'] },
  { ...skype, name: 'Skype for Business Server 2015', named: /_2015/, versions: ['6.0', '7.0'] },
  { ...skype, name: 'Skype for Business Server 2019', named: /_2019/ },
  { family: 'Skype for Business Server', name: 'Skype for Business Server Subscription Edition', ends: null, named: /subscription/ },
  { family: 'Skype for Business Server', name: 'Lync Server 2013', ends: '2023-04-11', named: /_2013/, versions: ['5.0', '6.0'] },
  { family: 'Skype for Business Server', name: 'Lync Server 2010', ends: '2021-04-13', named: /_2010/, versions: ['4.0', '5.0'] },
];

/** Ids of the retirements that the inventory of servers answers, by product. */
export const serverProductRetirements: ReadonlyMap<string, Family> = new Map(
  known.flatMap(({ retirement, family }) => (retirement ? [[retirement, family] as const] : [])),
);

const families: readonly (readonly [Family, RegExp])[] = [
  ['Exchange Server', /exchange_server/],
  ['SharePoint Server', /sharepoint_(enterprise_)?(server|foundation)/],
  ['Skype for Business Server', /(skype_for_business|lync)_server/],
];
/** Programs that come beside the server, or talk to it. */
const besides = /language|client|sdk|migration|add-?in|toolkit|connector|powershell|management_shell|web_components|resource_kit|best_practices|planning_tool/;

/** What a line of the inventory is. `product` null = one of the products in a version that neither name nor number tells; undefined = something else. */
export interface InstalledProduct {
  family: Family;
  product: ServerProduct | null;
}

export function serverProductOf({ SoftwareName, SoftwareVersion }: DeepReadonly<ServerSoftware>): InstalledProduct | undefined {
  const name = SoftwareName.toLowerCase().replaceAll(/[\s,.-]+/g, '_');
  const [family] = families.find(([, pattern]) => pattern.test(name)) ?? [];
  if (!family || besides.test(name)) return undefined;
  const own = known.filter((each) => each.family === family);
  const version = partsOf(SoftwareVersion);
  const byVersion = version ? own.find(({ versions }) => versions && isBetween(version, partsOf(versions[0]), partsOf(versions[1]))) : undefined;
  return { family, product: byVersion ?? own.find(({ named }) => named?.test(name)) ?? null };
}

function partsOf(version: string | null | undefined): number[] | null {
  return version && /^\d+(\.\d+)+$|^\d+$/.test(version) ? version.split('.').map(Number) : null;
}

function isBetween(version: readonly number[], from: readonly number[] | null, to: readonly number[] | null): boolean {
  return from !== null && to !== null && order(version, from) >= 0 && order(version, to) < 0;
}

function order(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A product on a server; the several lines that one installation leaves are one. */
export interface ServerInstallation extends InstalledProduct {
  device: { id: string; name: string };
  version: string | null;
}

export function serverInstallations(rows: readonly DeepReadonly<ServerSoftware>[]): ServerInstallation[] {
  const found = new Map<string, ServerInstallation>();
  for (const row of [...rows].sort((a, b) => byText(keyOf(a), keyOf(b)))) {
    const installed = serverProductOf(row);
    if (!installed) continue;
    const key = `${row.DeviceId} ${installed.family} ${installed.product?.name ?? ''}`;
    if (!found.has(key))
      found.set(key, { ...installed, device: { id: row.DeviceId, name: row.DeviceName || row.DeviceId }, version: row.SoftwareVersion || null });
  }
  const all = [...found.values()];
  // A part of an installation whose version says nothing is told by the rest of it.
  return all.filter(({ product, device, family }) => product || !all.some((each) => each.product && each.family === family && each.device.id === device.id));
}

function keyOf({ DeviceId, DeviceName, SoftwareName, SoftwareVersion }: DeepReadonly<ServerSoftware>): string {
  return JSON.stringify([DeviceId, SoftwareName, SoftwareVersion ?? '', DeviceName ?? '']);
}
