import { list } from '../../lib/text.ts';
import type { EvidenceSource, Retirement } from '../../model/retirement.ts';

/** What a scan reads today. The other sources are named where an answer lies in them. */
const read: ReadonlySet<EvidenceSource> = new Set(['graph', 'intune', 'feeds', 'self']);

const sourceNames: Readonly<Record<EvidenceSource, string>> = {
  graph: 'Microsoft Graph',
  intune: 'Intune',
  feeds: 'published update data',
  exchange: 'Exchange Online PowerShell',
  sharePoint: 'SharePoint Online PowerShell',
  pnp: 'PnP PowerShell',
  teams: 'Teams PowerShell',
  compliance: 'Security & Compliance PowerShell',
  powerPlatform: 'the Power Platform admin interface',
  defender: 'Defender',
  auditLog: 'the audit log',
  azure: 'Azure',
  onPremises: 'servers on site',
  registry: 'the registry of devices',
  network: 'network logs',
  dns: 'public DNS',
  tool: 'a tool of its own',
  adminReport: 'a report of the admin center',
  autopatch: 'Windows Autopatch',
  self: 'the scanner itself',
  person: 'a person',
};

export type Detectability = 'automatic' | 'partial' | 'manual' | { needsSource: string; sources: readonly EvidenceSource[] } | 'noCheckYet';

/** How the exposure to an entry is found today: by its checks, by a person, or not before another source is read. */
export function detectabilityOf({ checks, detectability, look }: Retirement): Detectability {
  if (checks) return detectability;
  if (detectability === 'manual') return 'manual';
  const missing = look.map((each) => each.in).filter((source) => !read.has(source) && source !== 'person');
  return missing.length > 0 && !look.some((each) => read.has(each.in))
    ? { needsSource: list([...new Set(missing.map((each) => sourceNames[each]))]), sources: [...new Set(missing)] }
    : 'noCheckYet';
}

export function detectabilityWords(entry: Retirement): string {
  const found = detectabilityOf(entry);
  if (typeof found === 'object') return `needs source ${found.needsSource}`;
  return found === 'noCheckYet' ? 'no check yet' : found;
}

/** Where the answer lies, in one line: what the checks cannot see, else everything there is to look at. */
export function whereToLook({ left, look }: Pick<Retirement, 'left' | 'look'>, names: Readonly<Record<EvidenceSource, string>> = sourceNames): string {
  if (left) return left;
  // Published update data ships with the tool: nothing that anybody would have to read.
  const shown = look.filter((each) => each.in !== 'feeds');
  const parts = (shown.length > 0 ? shown : look).map((each) => (named.has(each.in) ? `${names[each.in]}: ${each.at}` : each.at));
  return [...new Set(parts)].join('; ');
}

const named: ReadonlySet<EvidenceSource> = new Set(
  (Object.keys(sourceNames) as EvidenceSource[]).filter((source) => !['feeds', 'self', 'person'].includes(source)),
);
