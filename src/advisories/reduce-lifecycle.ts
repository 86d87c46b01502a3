import * as z from 'zod';
import type { AppleCycle, WindowsVersion } from '../model/snapshot.ts';
import { readFeed } from './feed-json.ts';
import { FeedRefused } from './refusal.ts';

const Day = z.iso.date();

/** Versions that ended before this day are not kept: an unlisted old build is taken for one of them. */
const firstEnd = '2023-01-01';

/** A product of endoflife.date as its API gives it. A version whose end is not set yet has no date. */
const Product = z.object({
  result: z.object({
    releases: z.array(
      z.object({
        name: z.string(),
        releaseDate: Day.nullish(),
        isEol: z.boolean().nullish(),
        eolFrom: Day.nullish(),
        eoesFrom: Day.nullish(),
        latest: z.object({ name: z.string(), date: Day.nullish() }).nullish(),
      }),
    ),
  }),
});

/** One release cycle of Windows or Windows Server. */
export interface Cycle {
  /** `11-24h2-e`, `2022`, `23h2-ac`. */
  name: string;
  endOfService: string;
  extendedUntil?: string | undefined;
  /** `10.0.26100`. */
  latest: string;
}

/** Versions of Windows from 10 and of Windows Server from 2016 on, with the days their service ends. */
export function reduceLifecycle(windows: string, server: string): WindowsVersion[] {
  const versions = [...cyclesOf(windows).flatMap(clientVersion), ...cyclesOf(server).flatMap(serverVersion)];
  if (versions.length === 0) throw new FeedRefused('it has no version that is known here');
  return versions;
}

function cyclesOf(text: string): Cycle[] {
  return readFeed(text, Product).result.releases.flatMap(({ name, eolFrom, eoesFrom, latest }) =>
    eolFrom && latest && (eoesFrom ?? eolFrom) >= firstEnd ? [{ name, endOfService: eolFrom, extendedUntil: eoesFrom ?? undefined, latest: latest.name }] : [],
  );
}

/** Names end in marks: e = Enterprise and Education, w = Home and Pro, lts = long-term, iot = IoT. */
export function clientVersion(cycle: Cycle): WindowsVersion[] {
  const build = buildOf(cycle);
  if (build === undefined) return [];
  const [system = '', release = '', ...marks] = cycle.name.split('-');
  const edition = marks.includes('iot') ? 'iot' : marks.includes('lts') ? 'ltsc' : marks.includes('e') ? 'enterprise' : marks.includes('w') ? 'pro' : 'all';
  return [{ name: `${system} ${release.toUpperCase()}`, build, edition, endOfService: cycle.endOfService, ...extended(cycle) }];
}

export function serverVersion(cycle: Cycle): WindowsVersion[] {
  const build = buildOf(cycle);
  if (build === undefined) return [];
  const name = cycle.name === '23h2-ac' ? 'Server, version 23H2' : `Server ${cycle.name}`;
  return [{ name, build, edition: 'server', endOfService: cycle.endOfService, ...extended(cycle) }];
}

function buildOf({ latest }: Cycle): number | undefined {
  const build = /^10\.0\.(\d+)/.exec(latest)?.[1];
  return build === undefined ? undefined : Number(build);
}

function extended({ extendedUntil }: Cycle): { extendedUntil?: string } {
  return extendedUntil ? { extendedUntil } : {};
}

/** Major versions of Apple's systems that get updates, or got some since 2023. */
export function reduceApple(documents: readonly { platform: AppleCycle['platform']; text: string }[]): AppleCycle[] {
  const cycles = documents.flatMap(({ platform, text }) => {
    const found = readFeed(text, Product).result.releases.flatMap((release) => appleCycle(platform, release));
    if (found.length === 0) throw new FeedRefused(`it has no version of ${platform} that is known here`);
    return found;
  });
  return cycles;
}

type Release = z.infer<typeof Product>['result']['releases'][number];

/** Versions before 11 of macOS have names of two parts, and ended long ago. An end without a day is no end that can be judged by. */
function appleCycle(platform: AppleCycle['platform'], { name, releaseDate, isEol, eolFrom, latest }: Release): AppleCycle[] {
  if (!/^\d+$/.test(name) || !releaseDate || !latest?.date || (isEol && !eolFrom)) return [];
  if (eolFrom && eolFrom < firstEnd) return [];
  return [{ platform, major: Number(name), released: releaseDate, latest: latest.name, date: latest.date, endOfService: eolFrom ?? null }];
}
