import type { Collection, Row } from './collection.ts';
import { matches } from './odata-evaluate.ts';
import { type Comparison, type Filter, propertiesOf } from './odata-filter.ts';
import type { Key } from './odata-order.ts';

/** Conditions that a row must satisfy all, asked by its index so that only what they look at is made. */
export interface Predicate {
  conditions: readonly Filter[];
  /** The same without some of the conditions; undefined when nothing is left to ask. */
  without(conditions: ReadonlySet<Filter>): Predicate | undefined;
  test(index: number): boolean;
}

/** `name operator key`, as far as a condition is so simple. */
export interface Bound {
  name: string;
  operator: Comparison;
  key: Key;
}

export type IsOfType = (row: Row, type: string) => boolean;

/** A filter and a cast; undefined where every row satisfies them. */
export function predicateOf(collection: Collection, filter: Filter | undefined, cast: string | undefined, isOfType: IsOfType): Predicate | undefined {
  return filter || cast ? make(collection, filter ? conjuncts(filter) : [], cast, isOfType) : undefined;
}

function make(collection: Collection, conditions: readonly Filter[], cast: string | undefined, isOfType: IsOfType): Predicate {
  const names = [...new Set(['@odata.type', ...conditions.flatMap((each) => propertiesOf(each))])];
  const holds = (index: number) => {
    const row = collection.at(index, names);
    return (!cast || isOfType(row, cast)) && conditions.every((each) => matches(each, row, isOfType));
  };
  const { kinds } = collection;
  const once = kinds && !cast && names.every((name) => name === '@odata.type' || kinds.names.has(name));
  return {
    conditions,
    without: (some) => {
      const rest = conditions.filter((each) => !some.has(each));
      return rest.length > 0 || cast ? make(collection, rest, cast, isOfType) : undefined;
    },
    test: once ? perKind(kinds, holds) : holds,
  };
}

function perKind({ count, of }: NonNullable<Collection['kinds']>, holds: (index: number) => boolean): (index: number) => boolean {
  const known: (boolean | undefined)[] = Array.from({ length: count });
  return (index) => {
    const kind = of(index);
    const answer = known[kind] ?? holds(index);
    known[kind] = answer;
    return answer;
  };
}

function conjuncts(filter: Filter): Filter[] {
  return filter.kind === 'and' ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}

export function boundOf(filter: Filter): Bound | undefined {
  if (filter.kind !== 'compare' || filter.operator === 'ne') return undefined;
  const { left, operator, right } = filter;
  if (left.kind !== 'path' || left.path.length !== 1 || right.kind !== 'literal') return undefined;
  return { name: left.path[0] as string, operator, key: right.key };
}
