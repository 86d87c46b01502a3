import type { Snapshot } from '../model/snapshot.ts';
import {
  containsMonth,
  isServerLine,
  type MissingFixes,
  missingFixes,
  parseWindowsVersion,
  type WindowsBuild,
  type WindowsLine,
  type WindowsLines,
  windowsLines,
} from './windows.ts';
import { serviceOf } from './windows-service.ts';

export type PatchLevel =
  | {
      state: 'known';
      /** `26100.8457`. */
      build: string;
      /** True where this version gets no updates any more at the time of judgement, whatever the edition. */
      ended: boolean;
      /** Released months newer than the newest one contained; as far as the data reaches back. */
      behind: number;
      fixes: MissingFixes;
      /** Null where the data has no updates of this version. */
      line: WindowsLine | null;
      revision: number | null;
      /** Newest month contained, `YYYY-MM`; empty = none that the data knows. */
      month: string;
      /** Whether the month (`YYYY-MM`) or a later one is contained. */
      contains(month: string): boolean;
    }
  | { state: 'unknown'; kind: 'noVersion' | 'noRevision' | 'unknownBuild' | 'newerBuild'; because: string };

export type KnownLevel = Extract<PatchLevel, { state: 'known' }>;

/** Reads the patch level of a version as of `now`. Each distinct version is judged once. */
export function patchLevels(snapshot: Snapshot, now: Date): (osVersion: string | null | undefined, namedServer: boolean) => PatchLevel {
  const lines = windowsLines(snapshot, now);
  const known = new Map<string, PatchLevel>();
  return (osVersion, namedServer) => {
    const key = `${namedServer} ${osVersion ?? ''}`;
    const level = known.get(key) ?? patchLevel(snapshot, lines, osVersion, namedServer, now);
    known.set(key, level);
    return level;
  };
}

function patchLevel(snapshot: Snapshot, lines: WindowsLines, osVersion: string | null | undefined, namedServer: boolean, now: Date): PatchLevel {
  const version = parseWindowsVersion(osVersion);
  if (!version)
    return {
      state: 'unknown',
      kind: 'noVersion',
      because: osVersion ? `${osVersion} is not a Windows version this tool knows how to read` : 'Intune reports no version',
    };
  const server = isServerLine(version, namedServer);
  const line = lines.of(version.build, server);
  const ended = serviceOf(snapshot, lines, version, namedServer, null, now).state === 'outOfService';
  if (version.revision === null)
    return ended && !line
      ? endedLevel(lines, version)
      : { state: 'unknown', kind: 'noRevision', because: `the version ${osVersion} carries no revision, as Configuration Manager and Defender may report it` };
  if (!line) return ended ? endedLevel(lines, version) : unknownBuild(lines, version);
  const newest = lines.months.at(-1)?.month ?? '';
  if (!ended && (line.months.at(-1)?.month ?? '') < newest)
    return { state: 'unknown', kind: 'unknownBuild', because: `the update data has no ${newest} update for Windows build ${version.build}` };
  const revision = version.revision;
  const last = line.months.findLast((month) => containsMonth(line, revision, month))?.month ?? '';
  return {
    state: 'known',
    build: `${version.build}.${revision}`,
    ended,
    behind: lines.months.filter(({ month }) => month > last).length,
    fixes: missingFixes(snapshot, line, revision),
    ...{ line, revision, month: last },
    contains: (month) => last >= month,
  };
}

function endedLevel(lines: WindowsLines, version: WindowsBuild): PatchLevel {
  const build = version.revision === null ? String(version.build) : `${version.build}.${version.revision}`;
  return {
    ...{ state: 'known', build, ended: true, behind: lines.months.length, fixes: { cves: 0, critical: 0, exploited: [] } },
    ...{ line: null, revision: version.revision, month: '', contains: () => false },
  };
}

function unknownBuild(lines: WindowsLines, version: WindowsBuild): PatchLevel {
  if (version.build > lines.newestBuild)
    return { state: 'unknown', kind: 'newerBuild', because: `Windows build ${version.build} is newer than the update data` };
  return { state: 'unknown', kind: 'unknownBuild', because: `the update data does not know Windows build ${version.build}` };
}
