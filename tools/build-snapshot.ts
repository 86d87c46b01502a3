import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { byText } from '../src/lib/text.ts';
import { OfficeBuild, WindowsFix, WindowsUpdate, WindowsVersion } from '../src/model/snapshot.ts';

/**
 * Reduces the public feeds to what the judgements read: `node tools/build-snapshot.ts <folder with feeds/>`.
 * Says on stdout what it left out and why.
 */
const feeds = join(process.argv[2] ?? 'advisories', 'feeds');
const target = join(import.meta.dirname, '..', 'src', 'advisories', 'data');

const FeedUpdate = z.object({
  build: z.string(),
  os_type: z.enum(['client', 'server']),
  release_date: z.iso.date(),
  kb_article: z.string(),
  release_type: z.enum(['Standard', 'Preview', 'Out-of-band', 'Hotpatch', 'Hotpatch-OOB']),
});
const FeedFix = z.object({
  month: z.string(),
  kb: z.string(),
  product: z.string(),
  fixedBuild: z.string(),
  type: z.string(),
  critical: z.int(),
  exploited: z.array(z.string()),
  cveCount: z.int(),
});
const FeedCycle = z.object({ releaseCycle: z.string(), eol: z.iso.date(), eoes: z.iso.date().optional(), latest: z.string() });
const FeedOffice = z.object({ release_date: z.iso.date(), channel: z.string(), build: z.string(), version: z.string() });

const kinds = { Standard: 'monthly', Preview: 'preview', 'Out-of-band': 'outOfBand', Hotpatch: 'hotpatch', 'Hotpatch-OOB': 'hotpatchOutOfBand' } as const;
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const windowsOrigin = {
  name: 'Windows update history, collected by DataForGeeks from Microsoft support pages',
  url: 'https://github.com/altrhombus/DataForGeeks/blob/6846a6a054aee7073d863832c23966ebffe7e666/content/ms/win/buildnumbers.json',
  licence: 'MIT, (c) 2026 Jacob Thornberry',
};
const officeOrigin = {
  name: 'Microsoft 365 Apps update history, collected by DataForGeeks from Microsoft Learn',
  url: 'https://github.com/altrhombus/DataForGeeks/blob/6846a6a054aee7073d863832c23966ebffe7e666/content/ms/apps/buildnumbers.json',
  licence: 'MIT, (c) 2026 Jacob Thornberry',
};
const lifecycleOrigin = {
  name: 'endoflife.date, pages Windows and Windows Server',
  url: 'https://github.com/endoflife-date/endoflife.date/tree/a70eca337600e7d721dc48112c271f98661d208b/products',
  licence: 'MIT, endoflife.date contributors',
};
const msrcOrigin = {
  name: 'Microsoft Security Response Center, security update data (CVRF v3.0)',
  url: 'https://api.msrc.microsoft.com/cvrf/v3.0/updates',
  licence: 'Public Microsoft security update data, attributed to the Microsoft Security Response Center',
};

function build(): void {
  mkdirSync(target, { recursive: true });
  const updates = read('builds/windows-builds.json', z.object({ data: z.array(FeedUpdate) })).data.map(windowsUpdate);
  const msrc = read('msrc/msrc-fixed-builds.json', z.object({ source: z.string(), data: z.array(FeedFix) }));
  const fixes = windowsFixes(msrc.data);
  const cycles = read('lifecycle/endoflife-microsoft.json', z.object({ windows: z.array(FeedCycle), 'windows-server': z.array(FeedCycle) }));
  const versions = [...cycles.windows.flatMap(clientVersion), ...cycles['windows-server'].flatMap(serverVersion)];
  const office = read('builds/m365apps-builds.json', z.object({ data: z.array(FeedOffice) })).data.map(officeBuild);

  const all = [...updates, ...serverHotpatches(fixes, updates)].sort(byLine);
  const fixesAsOf = /\d{4}-\d{2}-\d{2}/.exec(msrc.source)?.[0] ?? '';
  const lists = { updates: z.array(WindowsUpdate).parse(all), versions: z.array(WindowsVersion).parse(versions), fixes: z.array(WindowsFix).parse(fixes) };
  const windowsText = text({ asOf: newest(all), fixesAsOf }, lists);
  const officeText = text({ asOf: newest(office) }, { builds: z.array(OfficeBuild).parse(office) });
  const lifecycleSeen = '2026-08-22';
  save(
    'manifest.json',
    manifest([
      entry('windows.json', windowsText, [
        { ...windowsOrigin, seen: newest(all) },
        { ...lifecycleOrigin, seen: lifecycleSeen },
        { ...msrcOrigin, seen: fixesAsOf },
      ]),
      entry('office.json', officeText, [{ ...officeOrigin, seen: newest(office) }]),
    ]),
  );
  save('windows.json', windowsText);
  save('office.json', officeText);
}

function windowsUpdate(row: z.infer<typeof FeedUpdate>): WindowsUpdate {
  const [major, revision] = row.build.split('.').map(Number);
  return {
    build: major ?? 0,
    revision: revision ?? 0,
    date: row.release_date,
    kb: row.kb_article,
    kind: kinds[row.release_type],
    server: row.os_type === 'server',
  };
}

function officeBuild(row: z.infer<typeof FeedOffice>): OfficeBuild {
  return { channel: row.channel, version: row.version, build: row.build, date: row.release_date };
}

function clientVersion(cycle: z.infer<typeof FeedCycle>): WindowsVersion[] {
  const build = Number(cycle.latest.split('.')[2]);
  const [system = '', release = '', ...marks] = cycle.releaseCycle.split('-');
  if (!cycle.latest.startsWith('10.0.')) return skip('lifecycle of a system before Windows 10', cycle.releaseCycle);
  const edition = marks.includes('iot') ? 'iot' : marks.includes('lts') ? 'ltsc' : marks.includes('e') ? 'enterprise' : marks.includes('w') ? 'pro' : 'all';
  return [{ name: `${system} ${release.toUpperCase()}`, build, edition, endOfService: cycle.eol, ...extended(cycle) }];
}

function serverVersion(cycle: z.infer<typeof FeedCycle>): WindowsVersion[] {
  if (!cycle.latest.startsWith('10.0.')) return skip('lifecycle of a system before Windows Server 2016', cycle.releaseCycle);
  const name = cycle.releaseCycle === '23h2-ac' ? 'Server, version 23H2' : `Server ${cycle.releaseCycle}`;
  return [{ name, build: Number(cycle.latest.split('.')[2]), edition: 'server', endOfService: cycle.eol, ...extended(cycle) }];
}

function extended(cycle: z.infer<typeof FeedCycle>): { extendedUntil?: string } {
  return cycle.eoes ? { extendedUntil: cycle.eoes } : {};
}

/** One row per month document, build and revision; several products and KB rows of one build are merged. */
function windowsFixes(rows: readonly z.infer<typeof FeedFix>[]): WindowsFix[] {
  const merged = new Map<string, WindowsFix>();
  for (const row of rows.filter((each) => each.product.startsWith('Windows'))) {
    const [, , major, revision] = row.fixedBuild.split('.').map(Number);
    const line = lineOf(row.product);
    const kind = row.type.replaceAll(' ', '').toLowerCase();
    if (!line || (kind !== 'securityupdate' && kind !== 'securityhotpatchupdate')) {
      skip('fix of an old product or of a partial update', `${row.month} ${row.product} ${row.type}`);
      continue;
    }
    // MSRC sometimes lists the build of another version under a product; such a row says nothing reliable.
    if (major !== line.build || revision === undefined || Number.isNaN(revision)) {
      skip('fix whose build does not fit its product', `${row.month} ${row.product} ${row.fixedBuild}`);
      continue;
    }
    merge(merged, {
      month: monthOf(row.month),
      build: major,
      revision,
      kb: row.kb,
      server: line.server,
      hotpatch: kind.includes('hotpatch'),
      cves: row.cveCount,
      critical: row.critical,
      exploited: row.exploited,
    });
  }
  return [...merged.values()].sort((a, b) => byLine(a, b) || byText(a.month, b.month));
}

function merge(into: Map<string, WindowsFix>, fix: WindowsFix): void {
  const key = `${fix.month} ${fix.build}.${fix.revision} ${fix.server}`;
  const known = into.get(key);
  if (!known) into.set(key, { ...fix, exploited: [...fix.exploited].sort(byText) });
  else
    into.set(key, {
      ...known,
      cves: Math.max(known.cves, fix.cves),
      critical: Math.max(known.critical, fix.critical),
      exploited: [...new Set([...known.exploited, ...fix.exploited])].sort(byText),
    });
}

const clientLines: Readonly<Record<string, number>> = {
  '10': 10240,
  '10 1607': 14393,
  '10 1809': 17763,
  '10 21H2': 19044,
  '10 22H2': 19045,
  '11 21H2': 22000,
  '11 22H2': 22621,
  '11 23H2': 22631,
  '11 24H2': 26100,
  '11 25H2': 26200,
  '11 26H1': 28000,
};
const serverLines: Readonly<Record<string, number>> = { '2016': 14393, '2019': 17763, '2022': 20348, '2022, 23H2 Edition': 25398, '2025': 26100 };

function lineOf(product: string): { build: number; server: boolean } | null {
  const client = /^Windows (1[01])(?: version (\w{4}))?/i.exec(product);
  const server = /^Windows Server (.+)$/.exec(product);
  const build = client ? clientLines[[client[1], client[2]?.toUpperCase()].filter(Boolean).join(' ')] : serverLines[server?.[1] ?? ''];
  return build === undefined ? null : { build, server: !client };
}

/**
 * The update history has no hotpatches of servers, MSRC has. A row counts only where two facts agree: the month of its
 * document, and the month whose cumulative update is the first above it (MSRC repeats rows in other months' documents).
 */
function serverHotpatches(fixes: readonly WindowsFix[], updates: readonly WindowsUpdate[]): WindowsUpdate[] {
  return fixes
    .filter((fix) => fix.server && fix.hotpatch)
    .flatMap((fix) => {
      const later = updates.filter((each) => each.server && each.build === fix.build && each.kind === 'monthly' && each.revision > fix.revision);
      const next = later.sort((a, b) => a.revision - b.revision)[0];
      if (next?.date.slice(0, 7) !== fix.month) return skip('server hotpatch repeated in another month', `${fix.month} ${fix.build}.${fix.revision}`);
      return [{ build: fix.build, revision: fix.revision, date: next.date, kb: fix.kb, kind: 'hotpatch', server: true }];
    });
}

function monthOf(document: string): string {
  const [year = '', name = ''] = document.split('-');
  return `${year}-${String(monthNames.indexOf(name) + 1).padStart(2, '0')}`;
}

function byLine(a: { server: boolean; build: number; revision: number }, b: { server: boolean; build: number; revision: number }): number {
  return Number(a.server) - Number(b.server) || a.build - b.build || a.revision - b.revision;
}

function newest(rows: readonly { date: string }[]): string {
  return (
    rows
      .map((row) => row.date)
      .sort(byText)
      .at(-1) ?? ''
  );
}

interface Source {
  name: string;
  url: string;
  licence: string;
  /** Newest date in the source. */
  seen: string;
}

function entry(file: string, content: string, sources: readonly Source[]) {
  return { file, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex'), sources };
}

function manifest(files: readonly unknown[]): string {
  return `${JSON.stringify({ files }, null, 2)}\n`;
}

/** Scalars first, then each list with one entry per line: small, and a change of one entry is a change of one line. */
function text(scalars: Readonly<Record<string, string>>, lists: Readonly<Record<string, readonly unknown[]>>): string {
  const head = Object.entries(scalars).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const body = Object.entries(lists).map(([name, rows]) => `  ${JSON.stringify(name)}: [\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`);
  return `{\n${[...head, ...body].join(',\n')}\n}\n`;
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(join(feeds, file), 'utf8')));
}

function save(file: string, content: string): void {
  writeFileSync(join(target, file), content);
  process.stdout.write(`${file}: ${Buffer.byteLength(content)} bytes\n`);
}

const leftOut = new Map<string, string[]>();

function skip(why: string, what: string): never[] {
  leftOut.set(why, [...(leftOut.get(why) ?? []), what]);
  return [];
}

build();
for (const [why, what] of leftOut) process.stdout.write(`left out, ${why}: ${what.length}, for example ${what.slice(0, 3).join('; ')}\n`);
