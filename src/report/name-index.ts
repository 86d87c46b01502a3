import { deflateRawSync } from 'node:zlib';
import { byText } from '../lib/text.ts';
import { shorten } from './clean.ts';
import type { Judged } from './view-judged.ts';

/**
 * Names of the entries beyond the first `limit` of each check: too many to print, few enough to carry along for the search; empty where there are none.
 * Packed: raw deflate in base64. Unpacked it is one name per line, sorted, an empty line, and per check its id and the places of its names in that
 * list, each as the distance from the one before, in base 36.
 */
export function packedNames(failed: readonly Judged[]): (limit: number) => string {
  const ranked = ranksOf(failed);
  return (limit) => pack(ranked, limit);
}

/** All names in order, and of each check the places its entries have there; -1 for one without a name. */
interface Ranked {
  names: readonly string[];
  checks: readonly { id: string; ranks: Int32Array }[];
}

/** Sorting takes longest, so that it is done once for all limits. */
function ranksOf(failed: readonly Judged[]): Ranked {
  const checks = failed.map(({ meta, findings }) => ({ id: meta.id, names: findings.map(({ subject }) => shorten(subject.name, 80)) }));
  const ranks = new Map<string, number>();
  for (const check of checks) for (const name of check.names) ranks.set(name, -1);
  ranks.delete('');
  const names = [...ranks.keys()].sort(byText);
  for (const [rank, name] of names.entries()) ranks.set(name, rank);
  return { names, checks: checks.map((check) => ({ id: check.id, ranks: Int32Array.from(check.names, (name) => ranks.get(name) ?? -1) })) };
}

function pack({ names, checks }: Ranked, limit: number): string {
  const beyond = checks.map(({ id, ranks }) => ({ id, ranks: ranks.slice(limit).sort() })).filter(({ ranks }) => ranks.length > 0);
  const places = new Int32Array(names.length).fill(-1);
  for (const { ranks } of beyond) for (const rank of ranks) if (rank >= 0) places[rank] = 0;
  const carried = names.filter((_, rank) => places[rank] === 0);
  if (carried.length === 0) return '';
  let place = 0;
  for (const [rank, isCarried] of places.entries()) if (isCarried === 0) places[rank] = place++;
  const lines = beyond.map(({ id, ranks }) => `${id} ${distances(ranks, places)}`);
  return deflateRawSync([...carried, '', ...lines].join('\n')).toString('base64');
}

/** `ranks` in order. */
function distances(ranks: Int32Array, places: Int32Array): string {
  const written: string[] = [];
  let before = 0;
  for (const [at, rank] of ranks.entries()) {
    if (rank < 0 || rank === ranks[at - 1]) continue;
    const place = places[rank] as number;
    written.push((place - before).toString(36));
    before = place;
  }
  return written.join(' ');
}
