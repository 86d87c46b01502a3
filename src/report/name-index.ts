import { deflateRawSync } from 'node:zlib';
import { byText } from '../lib/text.ts';
import { shorten } from './clean.ts';
import type { Judged } from './view-judged.ts';

/**
 * Names of the entries beyond the first `limit` of each check: too many to print, few enough to carry along for the search; empty where there are none.
 * Packed: raw deflate in base64. Unpacked it is one name per line, sorted, an empty line, and per check its id and the places of its names in that
 * list, each as the distance from the one before, in base 36.
 */
export function packedNames(failed: readonly Judged[], limit: number): string {
  const beyond = failed
    .map(({ meta, findings }) => ({ id: meta.id, names: findings.slice(limit).map(({ subject }) => shorten(subject.name, 80)) }))
    .filter((check) => check.names.length > 0);
  const names = [...new Set(beyond.flatMap((check) => check.names))].filter(Boolean).sort(byText);
  if (names.length === 0) return '';
  const places = new Map(names.map((name, at) => [name, at]));
  const lines = beyond.map((check) => `${check.id} ${distances(check.names, places)}`);
  return deflateRawSync([...names, '', ...lines].join('\n')).toString('base64');
}

function distances(names: readonly string[], places: ReadonlyMap<string, number>): string {
  const sorted = [...new Set(names)].flatMap((name) => places.get(name) ?? []).sort((a, b) => a - b);
  return sorted.map((place, at) => (place - (sorted[at - 1] ?? 0)).toString(36)).join(' ');
}
