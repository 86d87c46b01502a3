import { addDays } from '../lib/dates.ts';
import { containsMonth, parseWindowsVersion, releasedAt, type WindowsLines } from './windows.ts';
import type { Edition } from './windows-service.ts';

/** Windows 11 24H2, the first client release with updates that need no restart. */
const firstBuild = 26100;
/** Long-term releases share the build of 24H2; whether they take hotpatches is not published. */
const editions: readonly Edition[] = ['enterprise', 'ltsc', 'iot'];

/** Whether a client can take hotpatches, as far as version and edition tell. An edition that is not known cannot. */
export function takesHotpatches(osVersion: string | null | undefined, of: readonly Edition[] | null): boolean {
  const version = parseWindowsVersion(osVersion);
  return version !== null && version.build >= firstBuild && (of ?? []).includes('enterprise') && (of ?? []).every((edition) => editions.includes(edition));
}

/** Months whose update needs a restart and carries the hotpatches of the quarter. */
const baselines = ['01', '04', '07', '10'];

/** The baseline month that a hotpatched client should have by now and lacks; null where it has it, or is not hotpatched. */
export function hotpatchMissesBaseline(lines: WindowsLines, osVersion: string | null | undefined, now: Date, deadlineDays: number): string | null {
  const version = parseWindowsVersion(osVersion);
  const line = version && lines.of(version.build, false);
  if (!line || version.revision === null) return null;
  const { revision } = version;
  if (!line.updates.some((update) => update.revision === revision && update.kind.startsWith('hotpatch'))) return null;
  const due = line.months.filter(({ month, date }) => baselines.includes(month.slice(5)) && addDays(releasedAt(date), deadlineDays) <= now).at(-1);
  return due && !containsMonth(line, revision, due) ? due.month : null;
}
