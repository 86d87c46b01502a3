import type { Snapshot } from '../model/snapshot.ts';
import { isServerLine, type WindowsBuild } from './windows.ts';
import { type Edition, possibleEditions } from './windows-service.ts';

interface Versions {
  /** Id in the list of retirements. */
  retirement: string;
  /** Major builds, both included. */
  builds: readonly [number, number];
  editions?: readonly Edition[];
}

const one = (retirement: string, build: number, ...editions: Edition[]): Versions => ({
  retirement,
  builds: [build, build],
  ...(editions.length > 0 ? { editions } : {}),
});

/** Which entry of the list speaks of which version. Long-term releases that the list does not name are in none. */
const versions: readonly Versions[] = [
  { retirement: 'windows-10-older', builds: [10240, 19044], editions: ['enterprise', 'pro'] },
  one('windows-10-ltsb-2016', 14393, 'ltsc', 'iot'),
  one('windows-10-ltsc-2021', 19044, 'ltsc'),
  one('windows-10-22h2', 19045),
  one('windows-11-21h2', 22000),
  one('windows-11-22h2', 22621),
  one('windows-11-23h2-enterprise', 22631, 'enterprise'),
  one('windows-11-23h2-home-pro', 22631, 'pro'),
  one('windows-11-24h2-enterprise', 26100, 'enterprise'),
  one('windows-11-24h2-home-pro', 26100, 'pro'),
  one('windows-11-25h2', 26200),
  one('windows-11-26h1', 28000),
  one('windows-11-26h2', 26300),
];

/** Ids of all entries about Windows client versions. */
export const windowsRetirementIds: readonly string[] = versions.map(({ retirement }) => retirement);

/**
 * The entries about the version that a device runs, in service or not: `certain` whatever its edition may be,
 * `perhaps` where the edition, which is not told, decides.
 */
export function windowsRetirements(
  snapshot: Snapshot,
  version: WindowsBuild,
  namedServer: boolean,
  editions: Edition[] | null,
): { certain: string[]; perhaps: string[] } {
  if (isServerLine(version, namedServer)) return { certain: [], perhaps: [] };
  const possible = possibleEditions(snapshot, version, editions);
  const ofBuild = versions.filter(({ builds: [from, to] }) => from <= version.build && version.build <= to);
  const matching = (each: Versions) => possible.filter((edition) => !each.editions || each.editions.includes(edition)).length;
  const ids = (some: readonly Versions[]) => some.map(({ retirement }) => retirement);
  return {
    certain: ids(ofBuild.filter((each) => matching(each) === possible.length)),
    perhaps: ids(ofBuild.filter((each) => matching(each) > 0 && matching(each) < possible.length)),
  };
}
