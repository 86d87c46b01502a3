import { isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { Snapshot, WindowsVersion } from '../model/snapshot.ts';
import { isServerLine, type WindowsBuild, type WindowsLines } from './windows.ts';

export type Edition = WindowsVersion['edition'];

export type Service =
  /** `until` is null where no end is published. */
  | { state: 'inService'; name: string; until: string | null }
  /** `since` is null for versions whose service ended before the data begins. */
  | { state: 'outOfService'; name: string; since: string | null }
  | { state: 'unknown'; because: string };

/** Client builds below this one are Windows 10 versions; those the data does not list ended before it begins (2023). */
const lastWindows10 = 19045;

/**
 * Product types as Windows reports them:
 * https://learn.microsoft.com/windows/win32/api/sysinfoapi/nf-sysinfoapi-getproductinfo
 */
const editionsByNumber: readonly (readonly [Edition, readonly number[]])[] = [
  ['enterprise', [4, 27, 72, 84, 121, 122, 175, 188]],
  ['pro', [48, 49, 98, 99, 100, 101, 161, 162, 164, 165]],
  ['ltsc', [125, 126, 129, 130]],
  ['iot', [191]],
];

/** The editions a device may have, narrowed by what Intune reports; null = any. The number is exact, the name is not. */
export function editionsOf(sku: { skuFamily: string | null; skuNumber: number } | undefined): Edition[] | null {
  const exact = editionsByNumber.find(([, numbers]) => numbers.includes(sku?.skuNumber ?? 0));
  if (exact) return [exact[0]];
  if (/^(pro|professional|home|core)/i.test(sku?.skuFamily ?? '')) return ['pro'];
  if (/^education/i.test(sku?.skuFamily ?? '')) return ['enterprise'];
  // Long-term releases are Enterprise editions too.
  if (/^enterprise/i.test(sku?.skuFamily ?? '')) return ['enterprise', 'ltsc', 'iot'];
  return null;
}

/** Whether a Windows version still gets security updates at `now`. Where editions end on different days the edition decides. */
export function serviceOf(
  snapshot: Snapshot,
  lines: WindowsLines,
  version: WindowsBuild,
  namedServer: boolean,
  editions: Edition[] | null,
  now: Date,
): Service {
  const server = isServerLine(version, namedServer);
  const rows = snapshot.windows.versions.filter((row) => row.build === version.build && (row.edition === 'server') === server);
  const [first] = rows;
  if (!first) return unlisted(version, server);
  const answers = candidates(rows, server, editions).map((edition) => editionService(rows, edition, version, lines, now));
  const states = new Set(answers.map((answer) => answer.state));
  const [state] = states;
  if (states.size > 1 || !state || state === 'unknown')
    return (
      answers.find((answer) => answer.state === 'unknown') ?? {
        state: 'unknown',
        because: `the editions of Windows ${first.name} end on different days and Intune does not tell the edition`,
      }
    );
  return state === 'inService' ? soonest(answers) : latest(answers);
}

/** Every edition of a client build that a device may have. */
export function possibleEditions(snapshot: Snapshot, version: WindowsBuild, editions: Edition[] | null): Edition[] {
  const rows = snapshot.windows.versions.filter((row) => row.build === version.build && row.edition !== 'server');
  return candidates(rows, false, editions).filter((edition) => edition !== 'all');
}

/** Every edition that may run the build: those the data lists, and the common ones, which ended earlier where it does not. */
function candidates(rows: readonly WindowsVersion[], server: boolean, editions: Edition[] | null): Edition[] {
  if (server) return ['server'];
  if (!editions) return [...new Set<Edition>([...rows.map((row) => row.edition), 'enterprise', 'pro'])];
  const listed = editions.filter((edition) => edition === 'enterprise' || edition === 'pro' || rows.some((row) => row.edition === edition));
  return listed.length > 0 ? listed : editions;
}

function editionService(rows: readonly WindowsVersion[], edition: Edition, version: WindowsBuild, lines: WindowsLines, now: Date): Service {
  const row = rows.find((each) => each.edition === edition) ?? longTermRow(rows, edition) ?? rows.find((each) => each.edition === 'all');
  if (!row) return { state: 'outOfService', name: baseName(rows[0]), since: null };
  const today = isoDay(now);
  if (today <= row.endOfService) return { state: 'inService', name: row.name, until: row.endOfService };
  if (!row.extendedUntil || today > row.extendedUntil) return { state: 'outOfService', name: row.name, since: row.extendedUntil ?? row.endOfService };
  if (version.revision === null)
    return { state: 'unknown', because: `the revision of Windows ${row.name} is missing, which would show whether extended updates arrive` };
  return receivesExtended(row, version.revision, lines)
    ? { state: 'inService', name: row.name, until: row.extendedUntil }
    : { state: 'outOfService', name: row.name, since: row.endOfService };
}

/** The data names an IoT long-term release only where it outlives the common one; it never ends earlier. */
function longTermRow(rows: readonly WindowsVersion[], edition: Edition): WindowsVersion | undefined {
  return edition === 'iot' ? rows.find((each) => each.edition === 'ltsc') : undefined;
}

/** Only a device with extended updates can have a monthly update from after the end of service. */
function receivesExtended(row: WindowsVersion, revision: number, lines: WindowsLines): boolean {
  const line = lines.of(row.build, row.edition === 'server');
  const first = line?.months.find((month) => month.date > row.endOfService);
  return first !== undefined && revision >= first.revision;
}

function unlisted(version: WindowsBuild, server: boolean): Service {
  if (!server && version.build < lastWindows10) return { state: 'outOfService', name: `10 build ${version.build}`, since: null };
  return { state: 'unknown', because: `the advisory data does not know Windows build ${version.build}` };
}

function soonest(answers: readonly Service[]): Service {
  const sorted = answers.flatMap((answer) => (answer.state === 'inService' ? [answer] : [])).sort((a, b) => byText(a.until ?? '9999', b.until ?? '9999'));
  return sorted[0] ?? { state: 'unknown', because: 'no edition is known' };
}

function latest(answers: readonly Service[]): Service {
  const sorted = answers.flatMap((answer) => (answer.state === 'outOfService' ? [answer] : [])).sort((a, b) => byText(b.since ?? '', a.since ?? ''));
  return sorted[0] ?? { state: 'unknown', because: 'no edition is known' };
}

function baseName(row: WindowsVersion | undefined): string {
  return row?.name ?? 'of an unknown version';
}
