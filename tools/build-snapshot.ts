import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { readCvrf } from '../src/advisories/cvrf.ts';
import { origins } from '../src/advisories/origins.ts';
import { reduceExchangeBuilds, reduceOfficeBuilds, reduceWindowsBuilds } from '../src/advisories/reduce-builds.ts';
import { reduceDeadlineTable, reduceKev } from '../src/advisories/reduce-cisa.ts';
import { instantOf, monthOfDocument, reduceMonth } from '../src/advisories/reduce-cvrf.ts';
import { clientVersion, serverVersion } from '../src/advisories/reduce-lifecycle.ts';
import { byLine, lineOfProduct } from '../src/advisories/windows-products.ts';
import { byText } from '../src/lib/text.ts';
import { type MonthData, Parts } from '../src/model/snapshot.ts';

/**
 * Reduces stored copies of the feeds to the data that ships: `node tools/build-snapshot.ts <folder with feeds/>`. The
 * reduction is that of `tidytenant advisories update`. Says on stdout what it left out and why.
 */
const feeds = join(process.argv[2] ?? 'advisories', 'feeds');
const target = join(import.meta.dirname, '..', 'src', 'advisories', 'data');

const collected = 'https://github.com/altrhombus/DataForGeeks/blob/6846a6a054aee7073d863832c23966ebffe7e666/content/ms';
/** The stored copies, where they are not what the feed itself gives today. */
const copies = {
  lifecycle: 'https://github.com/endoflife-date/endoflife.date/tree/a70eca337600e7d721dc48112c271f98661d208b/products',
  kev: 'https://github.com/OrgaCard-Infra/oc-cisa-vuln-feed/tree/e5bd570ced3c9203b4eaa5d862115216a167587c',
};
const lifecycleSeen = '2026-08-22';
const table = {
  name: 'CISA BOD 26-04, decision table as published by CERT/CC in SSVC',
  url: 'https://github.com/CERTCC/SSVC/blob/e3b00a25615845960cec9caa1388064739f17728/data/csv/cisa/cisa_bod_26_04_1_0_0.csv',
  licence: 'MIT (SEI)-style, Carnegie Mellon University',
  seen: '2026-07-20',
};

/** Month documents counted out before: what is known of a month whose document is not at hand. */
const FixedBuilds = z.object({
  source: z.string(),
  data: z.array(
    z.object({
      month: z.string(),
      kb: z.string(),
      product: z.string(),
      fixedBuild: z.string(),
      type: z.string(),
      critical: z.int(),
      exploited: z.array(z.string()),
      cveCount: z.int(),
    }),
  ),
});
type FixedBuild = z.infer<typeof FixedBuilds>['data'][number];
const Cycles = z.array(z.object({ releaseCycle: z.string(), eol: z.iso.date(), eoes: z.iso.date().optional(), latest: z.string() }));
const MonthList = z.array(z.object({ id: z.string(), current: z.string() }));

function build(): void {
  const windows = reduceWindowsBuilds(text('builds/windows-builds.json'));
  const office = reduceOfficeBuilds(text('builds/m365apps-builds.json'));
  const exchange = reduceExchangeBuilds(text('builds/exchange-server-builds.json'));
  const kev = reduceKev(text('kev/kev-microsoft.json'));
  const { months, seen } = monthData();
  const files: Entry[] = [
    entry('windows.json', windows, [{ ...origins.windows, url: `${collected}/win/buildnumbers.json`, seen: windows.asOf }]),
    entry('lifecycle.json', { asOf: lifecycleSeen, versions: versions() }, [{ ...origins.lifecycle, url: copies.lifecycle, seen: lifecycleSeen }]),
    entry('apple.json', apple(), [{ ...origins.apple, url: copies.lifecycle, seen: lifecycleSeen }]),
    entry('vulnerabilities.json', { asOf: seen, months }, [{ ...origins.vulnerabilities, seen }]),
    entry('office.json', office, [{ ...origins.office, url: `${collected}/apps/buildnumbers.json`, seen: office.asOf }]),
    entry('exchange.json', exchange, [{ ...origins.exchange, url: `${collected}/exchange/buildnumbers.json`, seen: exchange.asOf }]),
    entry('kev.json', kev, [{ ...origins.kev, name: `${origins.kev.name}, rows of Microsoft, from a public copy`, url: copies.kev, seen: kev.asOf }]),
    entry('bod-26-04.json', { asOf: table.seen, version: '1.0.0', rows: reduceDeadlineTable(text('ssvc/cisa-bod-26-04-table.json')) }, [table]),
  ];
  for (const { file, content } of files) save(file, content);
  save('manifest.json', `${JSON.stringify({ files: files.map(({ content: _content, ...rest }) => rest) }, null, 2)}\n`);
  Parts.partial().parse({ windows, office, exchange, kev, vulnerabilities: { asOf: seen, months } });
}

function versions() {
  const cycles = z.object({ windows: Cycles, 'windows-server': Cycles }).parse(JSON.parse(text('lifecycle/endoflife-microsoft.json')));
  const cycle = (row: z.infer<typeof Cycles>[number]) => ({ name: row.releaseCycle, endOfService: row.eol, extendedUntil: row.eoes, latest: row.latest });
  return [...cycles.windows.map(cycle).flatMap(clientVersion), ...cycles['windows-server'].map(cycle).flatMap(serverVersion)];
}

/** Three small pages, read by eye out of the same state of the repository as the other dates: what is stored counts until a copy lies beside the feeds. */
function apple(): Parts['apple'] {
  const copy = join(feeds, 'lifecycle', 'endoflife-apple.json');
  return Parts.shape.apple.parse(JSON.parse(readFileSync(existsSync(copy) ? copy : join(target, 'apple.json'), 'utf8')));
}

/** Month by month: the counted rows, replaced by the document's own where the document is at hand. */
function monthData(): { months: MonthData[]; seen: string } {
  const counted = FixedBuilds.parse(JSON.parse(text('msrc/msrc-fixed-builds.json')));
  const listed = new Map(MonthList.parse(JSON.parse(text('msrc/months.json'))).map(({ id, current }) => [monthOfDocument(id), instantOf(current)]));
  const rows = Map.groupBy(counted.data, ({ month }) => monthOfDocument(month));
  const read = new Map(documents().map((month) => [month.month, month]));
  const months = [...rows].map(([month, group]) => merged(countedMonth(month, group), read.get(month), listed.get(month)));
  return { months: months.sort((a, b) => byText(a.month, b.month)), seen: /\d{4}-\d{2}-\d{2}/.exec(counted.source)?.[0] ?? '' };
}

/** Month documents at hand; those called trimmed lack products. */
function documents(): MonthData[] {
  const names = readdirSync(join(feeds, 'msrc')).filter((name) => /^20(2[4-9]|[3-9]\d)-[A-Z][a-z]{2}\.(trimmed\.)?(xml|json)$/.test(name));
  return names.map((name) => reduceMonth(readCvrf(text(`msrc/${name}`)), !name.includes('trimmed'), leave));
}

function merged(counted: MonthData, read: MonthData | undefined, listed: string | undefined): MonthData {
  if (!read) return counted;
  const key = (fix: MonthData['fixes'][number]) => `${fix.server} ${fix.build}.${fix.revision}`;
  const rows = new Map(counted.fixes.map((fix) => [key(fix), fix]));
  // A trimmed document lacks architectures, and with them a CVE now and then: the larger count is the right one.
  const fixes = read.fixes.map((fix) => ({ ...fix, cves: Math.max(fix.cves, rows.get(key(fix))?.cves ?? 0) }));
  const known = new Set(read.fixes.map(key));
  const revised = [read.revised ?? '', listed ?? ''].sort(byText).at(-1) ?? null;
  return { ...read, revised, fixes: [...fixes, ...counted.fixes.filter((fix) => !known.has(key(fix)))].sort(byLine) };
}

function countedMonth(month: string, rows: readonly FixedBuild[]): MonthData {
  const fixes = new Map<string, MonthData['fixes'][number]>();
  for (const row of rows.filter((each) => each.product.startsWith('Windows'))) {
    const fix = countedFix(row);
    if (!fix) continue;
    const key = `${fix.server} ${fix.build}.${fix.revision}`;
    const known = fixes.get(key);
    const exploited = [...new Set([...(known?.exploited ?? []), ...fix.exploited])].sort(byText);
    fixes.set(key, { ...(known ?? fix), cves: Math.max(known?.cves ?? 0, fix.cves), critical: Math.max(known?.critical ?? 0, fix.critical), exploited });
  }
  return { month, revised: null, count: null, complete: false, fixes: [...fixes.values()].sort(byLine), products: [], vulnerabilities: [] };
}

function countedFix(row: FixedBuild): MonthData['fixes'][number] | undefined {
  const line = lineOfProduct(row.product);
  const kind = row.type.replaceAll(' ', '').toLowerCase();
  const [, , build, revision] = row.fixedBuild.split('.').map(Number);
  if (!line || (kind !== 'securityupdate' && kind !== 'securityhotpatchupdate')) {
    leave('fix of an old product or of a partial update', `${row.month} ${row.product} ${row.type}`);
  } else if (build !== line.build || revision === undefined || Number.isNaN(revision)) {
    leave('fix whose build does not fit its product', `${row.month} ${row.product} ${row.fixedBuild}`);
  } else {
    const hotpatch = kind.includes('hotpatch');
    return {
      build,
      revision,
      kb: row.kb,
      server: line.server,
      hotpatch,
      cves: row.cveCount,
      critical: row.critical,
      exploited: [...row.exploited].sort(byText),
    };
  }
  return undefined;
}

interface Entry {
  file: string;
  bytes: number;
  sha256: string;
  sources: { name: string; url: string; licence: string; seen: string }[];
  content: string;
}

function entry(file: string, data: unknown, sources: Entry['sources']): Entry {
  const content = `${layout(data)}\n`;
  return { file, bytes: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex'), sources, content };
}

/** One row per line: small, and a change of one row is a change of one line. */
function layout(value: unknown, indent = ''): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${value.map((row) => `${indent}  ${layout(row, `${indent}  `)}`).join(',\n')}\n${indent}]`;
  if (!isTable(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, field]) => `${indent}  ${JSON.stringify(name)}: ${isTable(field) || isRows(field) ? layout(field, `${indent}  `) : JSON.stringify(field)}`,
  );
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.values(value).some(isRows);
}

function isRows(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'object';
}

function text(file: string): string {
  const path = join(feeds, file);
  if (!existsSync(path)) throw new Error(`${path} does not exist; name the folder that holds feeds/`);
  return readFileSync(path, 'utf8');
}

function save(file: string, content: string): void {
  writeFileSync(join(target, file), content);
  process.stdout.write(`${file}: ${Buffer.byteLength(content)} bytes, ${gzipSync(content).byteLength} compressed\n`);
}

const leftOut = new Map<string, string[]>();

function leave(why: string, what: string): void {
  leftOut.set(why, [...(leftOut.get(why) ?? []), what]);
}

build();
for (const [why, what] of leftOut) process.stdout.write(`left out, ${why}: ${what.length}, for example ${what.slice(0, 3).join('; ')}\n`);
