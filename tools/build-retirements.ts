/** `node tools/build-retirements.ts <list.json>` writes src/advisories/data/retirements.json, one entry per line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Retirement } from '../src/model/snapshot.ts';

interface Entry {
  id: string;
  title: string;
  product: string;
  kind: Retirement['kind'];
  finalDate: string | null;
  status: string;
  statusBasis?: string;
  asOf: string;
  breaks: string;
  detection: { detectability: Retirement['detectability']; evidence: { source: string; query: string }[] };
  remediation: string[];
  messageCenterIds: string[];
  sources: { url: string }[];
}

const windows = 'windows-version-unsupported';

/** Which checks decide which entry. A check that is not in `checks/` is left out, so the list never promises more than there is. */
const decidedBy: Readonly<Record<string, string | readonly string[]>> = {
  'exo-ews': 'ews-permissions-granted',
  'entra-azuread-graph': 'aad-graph-apps',
  'spo-idcrl': 'sharepoint-legacy-sign-in',
  'spo-azure-acs': 'sharepoint-acs-apps-left',
  'entra-ca-approved-client-app': 'ca-approved-client-app-used',
  'entra-ca-azure-devops': 'azure-devops-rule-gap',
  'exo-hybrid-shared-sp': 'exchange-hybrid-shared-principal',
  'intune-android-device-admin': 'android-old-management-in-use',
  'teams-android-aosp': 'android-old-management-in-use',
  'project-online': 'retired-products-licensed',
  'viva-goals': 'retired-products-licensed',
  'entra-permissions-management': 'retired-products-licensed',
  kaizala: 'retired-products-licensed',
  'exo-smtp-auth-basic': 'smtp-auth-in-use',
  'entra-msonline-powershell': 'old-powershell-modules-used',
  'entra-azuread-powershell': 'old-powershell-modules-used',
  'graph-legacy-security-alerts': 'retired-api-permission-held',
  'onenote-graph-app-only': 'retired-api-permission-held',
  'teams-graph-teamworkdevice': 'retired-api-permission-held',
  'entra-pim-iteration2': 'retired-api-permission-held',
  'defender-advanced-hunting-apis': 'retired-api-permission-held',
  'outlook-rest-api-v2': 'retired-api-permission-held',
  'entra-first-party-sp-symmetric-keys': 'first-party-app-credentials',
  'entra-legacy-mfa-sspr-policies': 'auth-methods-migration-incomplete',
  'entra-authenticator-jailbreak': 'devices-jailbroken',
  'exo-basic-auth': 'legacy-auth-sign-ins-seen',
  'm365apps-saec-unified': ['office-channel-slow', 'office-deployment-channel-slow'],
  'windows-autopatch-w10-option': 'feature-policy-unsupported',
  'intune-reports-inactive-12m': 'managed-devices-stale',
  'windows-10-older': windows,
  'windows-10-22h2': windows,
  'windows-10-ltsb-2016': windows,
  'windows-10-ltsc-2021': windows,
  'windows-11-21h2': windows,
  'windows-11-22h2': windows,
  'windows-11-23h2-enterprise': windows,
  'windows-11-23h2-home-pro': windows,
  'windows-11-24h2-enterprise': windows,
  'windows-11-24h2-home-pro': windows,
  'windows-11-25h2': windows,
  'windows-11-26h1': windows,
  'windows-11-26h2': windows,
};

const byAnotherPermission = 'apps that use the interface by another permission, or by one that a person consented to';
const scripts = 'scripts that ran more than 30 days ago, or that sign in as an app';

/**
 * What our check reads narrows these down only: finding nothing does not prove that the tenant is spared. The words say
 * what stays open.
 */
const narrowed: Readonly<Record<string, string>> = {
  'graph-legacy-security-alerts': byAnotherPermission,
  'defender-advanced-hunting-apis': byAnotherPermission,
  'entra-azuread-graph': byAnotherPermission,
  'outlook-rest-api-v2': byAnotherPermission,
  'teams-graph-teamworkdevice': byAnotherPermission,
  'entra-pim-iteration2': 'scripts that call it on behalf of a person; search code for /privilegedAccess/',
  'exo-ews': 'mail clients of Microsoft, and apps with roles in Exchange (Microsoft 365 admin center > Reports > Usage > Exchange > EWS usage)',
  'm365apps-saec-unified': 'computers that already follow the half-yearly channel (Microsoft 365 Apps admin center > Inventory)',
  'exo-smtp-auth-basic': 'what sends less often than once in 30 days, such as a printer (Exchange admin center > Reports > Mail flow > SMTP AUTH clients)',
  'exo-basic-auth': 'clients that did not sign in within the last 30 days',
  'entra-msonline-powershell': scripts,
  'entra-azuread-powershell': scripts,
  'teams-android-aosp': 'Teams devices whose maker is not known by name (Teams admin center > Teams devices)',
  'entra-authenticator-jailbreak': 'phones that Intune does not manage',
};

const sourceNames: Readonly<Record<string, string>> = {
  graph: 'Microsoft Graph',
  exo: 'Exchange Online PowerShell',
  spo: 'SharePoint Online PowerShell',
  pnp: 'PnP PowerShell',
  teams: 'Teams PowerShell',
  compliance: 'Security & Compliance PowerShell',
  intune: 'Intune',
  defender: 'Defender',
  audit: 'the audit log',
  azure: 'Azure',
  powerplatform: 'the Power Platform admin interface',
  onprem: 'servers on site',
  registry: 'the registry of devices',
  network: 'network logs',
  dns: 'public DNS',
  tool: 'a tool of its own',
  'admin-report': 'a report of the admin center',
  autopatch: 'Windows Autopatch',
};

function build(list: readonly Entry[], checks: ReadonlySet<string>): Retirement[] {
  // A cancelled change takes nothing away; one on hold may come back, so it stays, named as such and without a date.
  return list.filter((entry) => entry.status !== 'cancelled').map((entry) => Retirement.parse(translate(entry, checks)));
}

function translate(entry: Entry, checks: ReadonlySet<string>): Retirement {
  const deciding = [decidedBy[entry.id] ?? []].flat().filter((check) => checks.has(check));
  return {
    id: entry.id,
    title: entry.status === 'on-hold' ? `${entry.title} (on hold)` : entry.title,
    product: entry.product,
    kind: entry.kind,
    date: entry.finalDate,
    plan: entry.statusBasis === 'plan',
    breaks: entry.breaks,
    steps: entry.remediation,
    messageCenterIds: entry.messageCenterIds,
    sources: entry.sources.map((source) => source.url),
    ...(deciding.length > 0 ? { checks: deciding } : {}),
    detectability: detectability(entry),
    needs: needs(entry),
  };
}

function detectability(entry: Entry): Retirement['detectability'] {
  if (narrowed[entry.id]) return 'partial';
  const onlySelf = entry.detection.evidence.every((each) => each.source === 'self');
  return onlySelf ? 'manual' : entry.detection.detectability;
}

function needs(entry: Entry): string {
  const open = narrowed[entry.id];
  if (open) return open;
  // Published update data ships with the tool: nothing that anybody would have to read.
  const read = entry.detection.evidence.filter((each) => each.source !== 'feeds');
  const parts = (read.length > 0 ? read : entry.detection.evidence).map((each) => {
    const name = sourceNames[each.source];
    return name ? `${name}: ${each.query}` : each.query;
  });
  return [...new Set(parts)].join('; ');
}

function checksOnDisk(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Set(files.map((file) => file.replaceAll('\\', '/').split('/').at(-1)?.slice(0, -3) ?? ''));
}

const source = process.argv[2];
if (!source) throw new Error('usage: node tools/build-retirements.ts <list.json>');
const root = join(import.meta.dirname, '..');
const list = JSON.parse(readFileSync(source, 'utf8')) as Entry[];
const checks = checksOnDisk(join(root, 'checks'));
const entries = build(list, checks);
const unknown = Object.keys({ ...decidedBy, ...narrowed }).filter((id) => !entries.some((entry) => entry.id === id));
if (unknown.length > 0) throw new Error(`no such entries: ${unknown.join(', ')}`);
const asOf = list.map((entry) => entry.asOf).sort()[0];
const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
writeFileSync(join(root, 'src/advisories/data/retirements.json'), `{"asOf":${JSON.stringify(asOf)},"entries":[\n${lines}\n]}\n`);
const missing = [...new Set(Object.values(decidedBy).flat())].filter((id) => !checks.has(id));
console.log(
  `${entries.length} entries, ${entries.filter((entry) => entry.checks).length} decided by a check; checks not there: ${missing.join(', ') || 'none'}`,
);
