import { addDays, daysBetween, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { OfficeBuild, Snapshot } from '../model/snapshot.ts';
import { freshDays, nextPatchTuesday, releasedAt } from './windows.ts';

export type OfficeLevel =
  | { state: 'current' }
  /** `needs` = the lowest build of the same line that has the fixes. */
  | { state: 'behind'; needs: string; date: string }
  /** The line got no fixes on that Patch Tuesday any more. */
  | { state: 'unsupported'; date: string }
  | { state: 'unknown'; because: string };

/** The most by which a line's builds rose from one month to the next, with room to spare. */
const fastestRise = 130;

/**
 * Whether a build of Microsoft 365 Apps has the fixes of the newest Patch Tuesday that is at least `days` old. A channel
 * services several version lines side by side, so a build is compared with its own line. Without a channel the lines of
 * all channels count.
 */
export function officeLevel(snapshot: Snapshot, version: string | null | undefined, now: Date, days: number, channel?: string): OfficeLevel {
  const build = /^(?:16\.0\.)?(\d{5})\.(\d{5})$/.exec(version ?? '');
  if (!build)
    return { state: 'unknown', because: version ? `${version} is not a version of Microsoft 365 Apps this tool knows how to read` : 'no version is reported' };
  const [major, revision] = [Number(build[1]), Number(build[2])];
  const serviced = dueRelease(
    snapshot.office.builds.filter((each) => !channel || each.channel === channel),
    now,
    days,
  );
  const [first] = serviced;
  if (!first) return { state: 'unknown', because: 'the update data has no Patch Tuesday that is due' };
  const lines = Map.groupBy(serviced, (each) => majorOf(each));
  const line = lines.get(major)?.sort((a, b) => byText(a.build, b.build))[0];
  if (line && revision < revisionOf(line)) return { state: 'behind', needs: line.build, date: line.date };
  const isKnown = line ? isPublished(snapshot, major, revision, now) : isPublishedLine(snapshot, major);
  if (!isKnown) return { state: 'unknown', because: `no channel published build ${major}.${revision}` };
  return line || major > Math.max(...lines.keys()) ? { state: 'current' } : { state: 'unsupported', date: first.date };
}

/** How far back a build of Microsoft 365 Apps is, and which vulnerabilities it lacks the fix of. */
export type OfficeState =
  | {
      state: 'known';
      /** Newest Patch Tuesday whose fixes it has, `YYYY-MM`; null = none that the data knows. */
      month: string | null;
      behind: number;
      /** False where its line got no fixes on the newest Patch Tuesday any more. */
      serviced: boolean;
      /** CVEs of the months it lacks that are listed one by one; the rest is not known. */
      missing: readonly string[];
      /** Of these, rated critical for it by Microsoft. */
      critical: readonly string[];
      /** Months it lacks of which no CVE is listed. */
      unlisted: number;
    }
  | { state: 'unknown'; because: string };

const suiteProduct = 'Microsoft 365 Apps for Enterprise';

/** Counts Patch Tuesdays, newest first, until one whose fixes the build has. */
export function officeState(snapshot: Snapshot, version: string | null | undefined, now: Date): OfficeState {
  const level = officeLevel(snapshot, version, now, 0);
  if (level.state === 'unknown') return level;
  const [major = 0, revision = 0] = (version ?? '')
    .replace(/^16\.0\./, '')
    .split('.')
    .map(Number);
  const days = [...new Set(snapshot.office.builds.filter(({ date }) => isPatchTuesday(date) && releasedAt(date) <= now).map(({ date }) => date))].sort(byText);
  const at = days.findLastIndex((date) => hasFixesOf(snapshot, major, revision, date));
  const missed = days.slice(at + 1).map((date) => date.slice(0, 7));
  const rows = snapshot.vulnerabilities.products.filter(({ product, month }) => product === suiteProduct && missed.includes(month));
  return {
    state: 'known',
    month: days[at]?.slice(0, 7) ?? null,
    behind: missed.length,
    serviced: level.state !== 'unsupported',
    missing: [...new Set(rows.flatMap(({ ids }) => ids))].sort(byText),
    critical: [...new Set(rows.flatMap(({ criticalIds }) => criticalIds))].sort(byText),
    unlisted: missed.filter((month) => !rows.some((row) => row.month === month)).length,
  };
}

/** A line newer than every one that got fixes on that day has them from the start. */
function hasFixesOf(snapshot: Snapshot, major: number, revision: number, date: string): boolean {
  const builds = snapshot.office.builds.filter((each) => each.date === date);
  const own = builds.filter((each) => majorOf(each) === major).map(revisionOf);
  if (own.length > 0) return revision >= Math.min(...own);
  return major > Math.max(...builds.map(majorOf));
}

/** A build just above the newest one of its line may have come out after the data was put together. */
function isPublished(snapshot: Snapshot, major: number, revision: number, now: Date): boolean {
  const revisions = snapshot.office.builds.filter((each) => majorOf(each) === major).map(revisionOf);
  const newest = Math.max(...revisions);
  const months = 1 + Math.max(0, Math.floor(daysBetween(snapshot.office.asOf, now) / 30));
  return revisions.includes(revision) || (revision > newest && revision <= newest + months * fastestRise);
}

/** Lines from before or after the data are taken for published. */
function isPublishedLine(snapshot: Snapshot, major: number): boolean {
  const majors = new Set(snapshot.office.builds.map(majorOf));
  return majors.has(major) || major < Math.min(...majors) || major > Math.max(...majors);
}

/** As for Windows: beyond this a build that has everything known is not proven current. */
export function isOfficeStale(snapshot: Snapshot, now: Date, days: number): boolean {
  const { asOf } = snapshot.office;
  return daysBetween(asOf, now) > freshDays || addDays(releasedAt(isoDay(nextPatchTuesday(asOf))), days) <= now;
}

/** Builds of the newest Patch Tuesday that is due. */
function dueRelease(builds: readonly OfficeBuild[], now: Date, days: number): OfficeBuild[] {
  const due = builds.filter(({ date }) => isPatchTuesday(date) && releasedAt(date) <= addDays(now, -days));
  const newest = due
    .map(({ date }) => date)
    .sort(byText)
    .at(-1);
  return due.filter(({ date }) => date === newest);
}

function isPatchTuesday(date: string): boolean {
  return isoDay(nextPatchTuesday(isoDay(addDays(new Date(`${date}T00:00:00Z`), -1)))) === date;
}

function revisionOf(build: OfficeBuild): number {
  return Number(build.build.split('.')[1]);
}

function majorOf(build: OfficeBuild): number {
  return Number(build.build.split('.')[0]);
}
