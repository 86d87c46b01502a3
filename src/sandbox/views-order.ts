import type { Collection } from './collection.ts';
import type { Filter } from './odata-filter.ts';
import { byKey, type Key, keyOf } from './odata-order.ts';
import { type Bound, boundOf, type Predicate } from './predicate.ts';

/** The rows of a collection ordered by one property, nulls first. */
export interface Ordered {
  size: number;
  /** The index of the row at a rank. */
  at(rank: number): number;
  /** What the row at an index is ordered by. */
  keyAt(index: number): Key;
  /** The collection stands in exactly the opposite order. */
  reversed?: true;
}

/** Ranks `from` to `to` of one property, and what the predicate asks beyond them. */
export interface Range {
  name: string;
  ordered: Ordered;
  from: number;
  to: number;
  rest: Predicate | undefined;
}

const orders = new WeakMap<Collection, Map<string, Ordered>>();

/** Made once per collection and property; only the order is kept, four bytes a row. */
export function orderedBy(collection: Collection, name: string): Ordered {
  const known = orders.get(collection) ?? new Map<string, Ordered>();
  orders.set(collection, known);
  const ordered = known.get(name) ?? order(collection, name);
  known.set(name, ordered);
  return ordered;
}

function order(collection: Collection, name: string): Ordered {
  const names = [name];
  const { size } = collection;
  const keyAt = (index: number) => keyOf(collection.at(index, names)[name]);
  if (collection.descending === name) return { size, keyAt, at: (rank) => size - 1 - rank, reversed: true };
  const indexes = sortedIndexes(size, keyAt);
  return { size, keyAt, at: (rank) => indexes[rank] ?? 0 };
}

/** A function of its own, so that nothing holds on to the keys. */
function sortedIndexes(size: number, keyAt: (index: number) => Key): Int32Array {
  const keys = Array.from({ length: size }, (_, index) => keyAt(index));
  return Int32Array.from({ length: size }, (_, index) => index).sort((a, b) => byKey(keys[a] as Key, keys[b] as Key) || a - b);
}

/** The part of the predicate that is a range of a property whose order is worth remembering; undefined = it asks for none. */
export function rangeOf(collection: Collection, predicate: Predicate): Range | undefined {
  const orderable = new Set([...(collection.ranged ?? []), ...(collection.descending ? [collection.descending] : [])]);
  const bounds = predicate.conditions.flatMap((condition) => {
    const bound = boundOf(condition);
    return bound && orderable.has(bound.name) ? [{ condition, bound }] : [];
  });
  const name = bounds[0]?.bound.name;
  if (name === undefined) return undefined;
  const used = bounds.filter(({ bound }) => bound.name === name);
  const ordered = orderedBy(collection, name);
  const { from, to } = used.reduce((ranks, { bound }) => within(ordered, ranks, bound), { from: 0, to: ordered.size });
  const conditions = new Set<Filter>(used.map(({ condition }) => condition));
  return { name, ordered, from, to: Math.max(from, to), rest: predicate.without(conditions) };
}

function within(ordered: Ordered, { from, to }: { from: number; to: number }, { operator, key }: Bound): { from: number; to: number } {
  if (key === null) return operator === 'eq' ? { from, to: Math.min(to, firstRank(ordered, isValue)) } : { from: 0, to: 0 };
  const least = () => firstRank(ordered, (each) => byKey(each, key) >= 0);
  const beyond = () => firstRank(ordered, (each) => byKey(each, key) > 0);
  if (operator === 'ge') return { from: Math.max(from, least()), to };
  if (operator === 'gt') return { from: Math.max(from, beyond()), to };
  const values = Math.max(from, firstRank(ordered, isValue));
  if (operator === 'le') return { from: values, to: Math.min(to, beyond()) };
  if (operator === 'lt') return { from: values, to: Math.min(to, least()) };
  return { from: Math.max(from, least()), to: Math.min(to, beyond()) };
}

const isValue = (key: Key) => key !== null;

/** The first rank from which on `holds` is true. */
function firstRank({ size, at, keyAt }: Ordered, holds: (key: Key) => boolean): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(keyAt(at(middle)))) high = middle;
    else low = middle + 1;
  }
  return low;
}
