import type { Command } from 'commander';
import { type Config, loadConfig } from '../config/config.ts';
import { readEnvironment } from '../config/environment.ts';
import { deliverDocuments } from '../deliver/deliver.ts';
import { count } from '../lib/text.ts';
import { lastSeen, latenessOf } from '../measure/lateness.ts';
import type { ChainVerdict } from '../model/ledger.ts';
import { ledgerCsv } from '../report/ledger-csv.ts';
import { ledgerJsonl } from '../report/ledger-jsonl.ts';
import { type LedgerInput, rowsOfPeriod, updateGroups } from '../report/ledger-view.ts';
import { ledgerXlsx } from '../report/ledger-xlsx.ts';
import type { History, KnownTenant } from '../store/store.ts';
import { currentSnapshot } from './advisory-data.ts';
import { plain } from './console.ts';
import { exitCodes, InputError, UsageError } from './exit.ts';
import { type HistoryFlags, placed, tenantsOf, withHistory } from './history.ts';
import { collectWords, oneOf } from './options.ts';
import { defaultFolder, prepareFolder } from './output.ts';

interface LedgerFlags extends HistoryFlags {
  hash?: string;
  from?: string;
  to?: string;
  out?: string;
  format?: string[];
}

const formats = ['csv', 'xlsx', 'jsonl'] as const;
/** The period of a summary or an export that names no days. */
const always = { from: '0001-01-01', to: '9999-12-31' };
/** Updates that a summary lists. */
const shownUpdates = 12;

/** Adds `tidytenant ledger …`; `choose` takes the action that a command line asks for. */
export function addLedger(root: Command, choose: (action: () => Promise<number>) => void): void {
  const ledger = root.command('ledger').description('what was patched, when, against which CVEs, on which devices');
  placed(ledger.command('show', { isDefault: true }).description('how much the ledger of each tenant holds, and the latest updates'))
    .option('--tenant <id>', 'only this tenant: id or domain')
    .action((flags: LedgerFlags) => choose(() => showLedger(flags)));
  placed(ledger.command('verify').description('compute every hash anew: exit 0 if the ledger is intact, 65 if not'))
    .option('--tenant <id>', 'only this tenant: id or domain')
    .option('--hash <sha256>', 'a hash noted earlier, which must still be in it')
    .action((flags: LedgerFlags) => choose(() => verifyLedger(flags)));
  placed(ledger.command('export').description('write the ledger of a period'))
    .option('--tenant <id>', 'id or domain; needed where the history knows several')
    .option('--from <date>', 'first day, YYYY-MM-DD, UTC; default: from the start')
    .option('--to <date>', 'last day, YYYY-MM-DD, UTC; default: to the end')
    .option('--out <folder>', 'default: reports/<tenant>/<time>')
    .option('--format <list>', `${formats.join(', ')}; default: all`, collectWords)
    .action((flags: LedgerFlags) => choose(() => exportLedger(flags)));
}

async function showLedger(flags: LedgerFlags): Promise<number> {
  return withHistory(flags, (history, file) => {
    const tenants = history ? tenantsOf(history, flags.tenant).map((tenant) => summaryOf(history, tenant)) : [];
    if (flags.json) console.log(JSON.stringify({ file, tenants }, null, 2));
    else if (tenants.length === 0) console.log(`No ledger is kept in ${plain(file)}.`);
    else console.log(tenants.map(summaryText).join('\n\n'));
    return exitCodes.clean;
  });
}

function summaryOf(history: History, { id, name, domain }: KnownTenant) {
  const lines = history.ledger(id);
  const rows = rowsOfPeriod({ lines, period: always });
  const standing = rows.filter(({ correctedBy }) => correctedBy === null);
  const changes = standing.filter(({ entry }) => entry.kind === 'changed');
  const moments = changes.map(({ entry }) => entry.firstWith).sort((a, b) => Date.parse(a) - Date.parse(b));
  const updates = updateGroups(rows).map(({ update, platform, to, devices, first, last }) => {
    return { kb: update?.kb ?? null, product: update?.product ?? null, platform, to, released: update?.released ?? null, devices, first, last };
  });
  return {
    ...{ id, name, domain, entries: lines.length, devices: new Set(standing.map(({ entry }) => entry.device.id)).size, changes: changes.length },
    ...{ corrected: rows.length - standing.length, first: moments[0] ?? null, last: moments.at(-1) ?? null, hash: lines.at(-1)?.hash ?? null, updates },
  };
}

function summaryText({ id, name, domain, entries, devices, changes, corrected, first, last, hash, updates }: ReturnType<typeof summaryOf>): string {
  const head = `${plain(name || id)} (${plain(domain || id)}): ${count(entries, 'entry', 'entries')}, ${count(changes, 'change')} on ${count(devices, 'device')}`;
  const period =
    first && last
      ? `  From ${first.slice(0, 10)} to ${last.slice(0, 10)}${corrected > 0 ? `; ${count(corrected, 'entry', 'entries')} corrected later` : ''}.`
      : '  No device has changed its version yet: so far the ledger notes what stands.';
  const latest = updates.slice(0, shownUpdates).map((each) => {
    const what = [each.kb ?? 'unknown update', each.product ?? each.platform, each.to].map(plain).join('  ');
    return `  ${each.released ?? 'not known '}  ${what}  ${count(each.devices, 'device')}, ${each.first.slice(0, 10)} to ${each.last.slice(0, 10)}`;
  });
  const more = updates.length > shownUpdates ? [`  … and ${updates.length - shownUpdates} more: tidytenant ledger export`] : [];
  return [head, ...(entries > 0 ? [period, ...latest, ...more, `  Last hash ${hash}`] : [])].join('\n');
}

async function verifyLedger(flags: LedgerFlags): Promise<number> {
  if (flags.hash !== undefined && !/^[\da-f]{64}$/i.test(flags.hash))
    throw new UsageError(`--hash takes a SHA-256 of 64 hexadecimal digits, not "${flags.hash}".`, 'Every export and every `tidytenant ledger` names one.');
  const verdicts = await withHistory(flags, (history) => {
    const tenants = history ? tenantsOf(history, flags.tenant) : [];
    if (tenants.length > 1 && flags.hash) throw new UsageError('--hash belongs to one tenant.', 'Name it with --tenant.');
    return tenants.flatMap((tenant) => {
      const verdict = history?.verifyLedger(tenant.id, flags.hash);
      return verdict ? [{ ...tenant, ...verdict }] : [];
    });
  });
  const broken = verdicts.filter(({ intact }) => !intact).length;
  if (flags.json) console.log(JSON.stringify({ tenants: verdicts }, null, 2));
  else if (verdicts.length === 0) console.log('No ledger is kept.');
  else for (const verdict of verdicts) console.log(`${plain(verdict.name || verdict.id)}: ${verdictText(verdict)}`);
  if (broken === 0) return exitCodes.clean;
  throw new InputError(
    broken === 1 ? 'A ledger is not intact.' : `${broken} ledgers are not intact.`,
    'Compare with an earlier export (ledger.jsonl) or a backup of the history; what was written before the entry named is as it was.',
  );
}

function verdictText(verdict: ChainVerdict): string {
  if (!verdict.intact) return `broken at entry ${verdict.number}: ${verdict.because}`;
  if (verdict.entries === 0) return 'no entries yet';
  const removed = verdict.removed > 0 ? `, of ${verdict.removed} of which retention removed the content` : '';
  return `intact, ${count(verdict.entries, 'entry', 'entries')}${removed}, last hash ${verdict.hash}`;
}

async function exportLedger(flags: LedgerFlags): Promise<number> {
  const period = { from: dayOf('--from', flags.from) ?? always.from, to: dayOf('--to', flags.to) ?? always.to };
  if (period.from > period.to) throw new UsageError(`--from ${period.from} lies after --to ${period.to}.`, 'Both days belong to the period.');
  const chosen = new Set((flags.format ?? [...formats]).map((word) => oneOf('--format', word, formats)));
  const environment = readEnvironment(process.env);
  const config = await loadConfig(flags.config ?? environment.configFile);
  const snapshot = await currentSnapshot({ config, environment });
  const input = await withHistory(flags, (history): LedgerInput => {
    const tenant = oneTenant(history, flags.tenant);
    const lines = history?.ledger(tenant.id) ?? [];
    const newestRun = history?.runs(tenant.id).findLast(({ devices }) => devices)?.startedAt ?? null;
    const judging = { snapshot, now: new Date(newestRun ?? snapshot.asOf), deadlineDays: config.settings.patchDeadlineDays };
    const lateness = newestRun ? latenessOf(lastSeen(history?.deviceObservations(tenant.id) ?? []), judging) : 'No scan has read the devices yet.';
    const verdict = history?.verifyLedger(tenant.id) ?? { intact: true, entries: 0, removed: 0, hash: '' };
    return { tenant, period: shortened(period, lines), lines, verdict, responsible: responsibleFor(config), lateness, newestRun };
  });
  const folder = await prepareFolder(flags.out ?? defaultFolder(input.tenant.domain || input.tenant.id, new Date()));
  const documents = [
    ...(chosen.has('csv') ? [{ fileName: 'ledger.csv', content: ledgerCsv(input) }] : []),
    ...(chosen.has('xlsx') ? [{ fileName: 'ledger.xlsx', content: await ledgerXlsx(input) }] : []),
    ...(chosen.has('jsonl') ? [{ fileName: 'ledger.jsonl', content: ledgerJsonl(input.tenant.id, input.lines) }] : []),
  ];
  const receipts = await deliverDocuments(documents, folder);
  return told(
    input,
    receipts.map(({ path }) => path),
    flags,
  );
}

function told({ lines, verdict, period }: LedgerInput, files: readonly string[], flags: LedgerFlags): number {
  const entries = rowsOfPeriod({ lines, period }).length;
  const hash = lines.at(-1)?.hash ?? null;
  if (flags.json) console.log(JSON.stringify({ period, entries, hash, verdict, files }, null, 2));
  else {
    console.log(`${count(entries, 'entry', 'entries')} from ${period.from} to ${period.to}; the ledger holds ${lines.length}, last hash ${hash ?? 'none'}`);
    for (const file of files) console.log(file);
  }
  if (verdict.intact) return exitCodes.clean;
  throw new InputError(
    `The ledger is broken at entry ${verdict.number}: ${verdict.because}.`,
    'What was exported says so, too. Compare with an earlier export or a backup.',
  );
}

/** An export without days names those that the ledger spans. */
function shortened(period: LedgerInput['period'], lines: LedgerInput['lines']): LedgerInput['period'] {
  const days = rowsOfPeriod({ lines, period })
    .map(({ entry }) => entry.firstWith.slice(0, 10))
    .sort();
  return { from: period.from === always.from ? (days[0] ?? period.from) : period.from, to: period.to === always.to ? (days.at(-1) ?? period.to) : period.to };
}

function oneTenant(history: History | undefined, wanted: string | undefined): KnownTenant {
  const [tenant, ...others] = history ? tenantsOf(history, wanted) : [];
  if (!tenant) throw new UsageError('No ledger is kept.', 'A scan begins one; see tidytenant history.');
  if (others.length > 0) throw new UsageError('The history knows several tenants.', 'Name one with --tenant; see tidytenant history.');
  return tenant;
}

/** Who is named for the area of updates, or of devices. */
function responsibleFor({ owners }: Config): string | null {
  const of = (area: string) => owners.find((each) => each.area === area && each.check === undefined)?.owner;
  return of('updates') ?? of('devices') ?? null;
}

function dayOf(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  throw new UsageError(`${flag} takes a day, not "${text}".`, `For example: ${flag} 2026-01-31`);
}
