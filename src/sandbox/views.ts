import type { Collection } from './collection.ts';
import { byKey } from './odata-order.ts';
import type { Predicate } from './predicate.ts';
import { type Ordered, orderedBy, type Range, rangeOf } from './views-order.ts';

/** Which rows of a collection a request is about, and in which order: indexes only. */
export interface View {
  size: number;
  /** The index of the row at a position. */
  at(position: number): number;
}

export interface Selection {
  collection: Collection;
  /** The filter, and the type that a cast wants. */
  predicate?: Predicate | undefined;
  orderby: readonly { name: string; descending: boolean }[];
  /** Everything the selection depends on beside the collection. */
  identity: string;
}

export type Views = (selection: Selection) => View;

/** Lists shorter than this are not worth a place. */
const shortest = 1000;

/** Makes views, and keeps the least long unused as long as they fit into so many bytes. */
export function makeViews(most = 48 * 2 ** 20): Views {
  const ids = new WeakMap<Collection, number>();
  const kept = new Map<string, { view: View; bytes: number }>();
  let collections = 0;
  let bytes = 0;
  const idOf = (collection: Collection) => {
    const known = ids.get(collection);
    if (known !== undefined) return known;
    collections += 1;
    ids.set(collection, collections);
    return collections;
  };
  return (selection) => {
    if (selection.collection.size < shortest) return viewOf(selection).view;
    const key = `${idOf(selection.collection)} ${selection.identity}`;
    const made = kept.get(key) ?? viewOf(selection);
    if (!kept.delete(key)) bytes += made.bytes;
    kept.set(key, made);
    for (const [oldest, each] of kept) {
      if (bytes <= most || oldest === key) break;
      kept.delete(oldest);
      bytes -= each.bytes;
    }
    return made.view;
  };
}

interface Made {
  view: View;
  /** What keeping it costs, at least the place in the table. */
  bytes: number;
}

function viewOf({ collection, predicate, orderby }: Selection): Made {
  const [first, ...others] = orderby;
  const range = predicate && rangeOf(collection, predicate);
  const rest = range ? range.rest : predicate;
  const sorting = first && others.length === 0 ? first : undefined;
  if (sorting && (!range || range.name === sorting.name)) return inOrder(collection, range, rest, sorting);
  const indexes = chosen(collection, range, rest);
  if (orderby.length > 0) return sorted(collection, typeof indexes === 'function' ? materialized(collection, range) : indexes, orderby);
  return typeof indexes === 'function' ? indexes() : held(indexes);
}

const place = 200;
const held = (indexes: Int32Array): Made => ({ view: { size: indexes.length, at: (position) => indexes[position] ?? 0 }, bytes: indexes.byteLength + place });

/** Ordered by the property that the range is of, or by one that has an order at hand or to be made. */
function inOrder(collection: Collection, range: Range | undefined, rest: Predicate | undefined, sorting: { name: string; descending: boolean }): Made {
  const ordered: Ordered = range?.ordered ?? orderedBy(collection, sorting.name);
  const { from, to } = range ?? { from: 0, to: collection.size };
  const rank = (position: number) => (sorting.descending ? to - 1 - position : from + position);
  if (!rest) return { view: { size: to - from, at: (position) => ordered.at(rank(position)) }, bytes: place };
  const found = new Int32Array(to - from);
  let size = 0;
  for (let position = 0; position < to - from; position++) {
    const index = ordered.at(rank(position));
    if (rest.test(index)) found[size++] = index;
  }
  return held(found.slice(0, size));
}

/** In the order the collection itself has; a function where nothing needs to be held. */
function chosen(collection: Collection, range: Range | undefined, rest: Predicate | undefined): Int32Array | (() => Made) {
  if (!range) {
    if (!rest) return () => ({ view: { size: collection.size, at: (position) => position }, bytes: place });
    return picked(0, collection.size, rest);
  }
  if (range.ordered.reversed) {
    const start = collection.size - range.to;
    if (!rest) return () => ({ view: { size: range.to - range.from, at: (position) => start + position }, bytes: place });
    return picked(start, start + range.to - range.from, rest);
  }
  const indexes = materialized(collection, range);
  return rest ? indexes.filter((index) => rest.test(index)) : indexes;
}

function picked(from: number, to: number, rest: Predicate): Int32Array {
  const found = new Int32Array(to - from);
  let size = 0;
  for (let index = from; index < to; index++) if (rest.test(index)) found[size++] = index;
  return found.slice(0, size);
}

function materialized(collection: Collection, range: Range | undefined): Int32Array {
  if (!range) return Int32Array.from({ length: collection.size }, (_, index) => index);
  return Int32Array.from({ length: range.to - range.from }, (_, at) => range.ordered.at(range.from + at)).sort();
}

/** By several properties, or by another than the range is of: keys are made for this once. */
function sorted(collection: Collection, indexes: Int32Array, orderby: Selection['orderby']): Made {
  const ranks = orderby.map(({ name, descending }) => {
    const ordered = orderedBy(collection, name);
    return { key: (index: number) => ordered.keyAt(index), sign: descending ? -1 : 1 };
  });
  const compare = (a: number, b: number) => {
    for (const { key, sign } of ranks) {
      const order = byKey(key(a), key(b));
      if (order !== 0) return order * sign;
    }
    return a - b;
  };
  return held(indexes.sort(compare));
}
