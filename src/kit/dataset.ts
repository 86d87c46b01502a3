import type * as z from 'zod';
import type { Collected } from '../model/evidence.ts';
import type { Cut } from '../model/request.ts';
import type { ServicePlan } from '../model/tenant.ts';

export type NonEmpty<T> = readonly [T, ...T[]];
/** Any one of these suffices. */
export type AnyOf<T> = NonEmpty<T>;

/** Folds rows into what survives. Must not depend on the order of rows. `key` is the item of `each` the row came from. */
export interface Reducer<Row, Kept> {
  start(): Kept;
  add(kept: Kept, row: Row, key?: string): Kept;
}

/** One thing read from a service: a description. Fetching, paging, waiting and faults are the source's work. */
export interface Dataset<Row, Kept> {
  /** = file name; the plural noun of the service (`servicePrincipals`). */
  id: string;
  /** One sentence; printed in the permission list. */
  about: string;
  source: 'graph';
  /** Path below the version: no host, no query. `{key}` stands for an item of `each`. */
  path: string;
  /** Only where v1.0 has no equal. */
  beta?: { because: string };
  /** The path answers one object instead of a list; that object is the only row. */
  single?: true;
  /** The only properties asked for. Absent where the service refuses `$select` on a mixed list. */
  select?: readonly string[];
  /** OData `$filter`, unencoded. A function gets the time of the scan. `{key}` as in `path`. */
  filter?: string | ((now: Date) => string);
  expand?: string;
  /** Page size to ask for: the largest the service documents; absent = not documented, its default is taken. */
  top?: number;
  /**
   * A query of Defender's hunting tables in KQL: `path` is `huntingPath`, and the rows are its results. On one line, and
   * with single quotes. Summed up by the service until few rows are left: more than 10,000 are not taken.
   */
  kql?: string;
  /** Advanced query of directory objects: sends `ConsistencyLevel: eventual` and `$count=true`. */
  advanced?: true;
  /** How the list may be cut into parts that are read at once; for collections that grow with the tenant. */
  cut?: DatasetCut;
  /** One request chain per key that other datasets yield. */
  each?: Each;
  /** Application permissions, least privileged that read it; all are needed. */
  permissions: NonEmpty<string>;
  /** Broader read permissions that the service accepts instead, per permission: `{ 'Application.Read.All': ['Directory.Read.All'] }`. */
  alsoGrantedBy?: Readonly<Record<string, readonly string[]>>;
  /** Why a broader permission than the published least one is asked for. */
  broader?: { because: string };
  /** Without one of these plans the service refuses; any one suffices. */
  servicePlans?: AnyOf<ServicePlan>;
  /** Asked for even where the tenant owns none of the plans: what was set up before a licence lapsed stays in force. */
  evenUnlicensed?: true;
  /** One item after `$select`: strict on what is judged, silent about the rest. */
  row: z.ZodType<Row>;
  /** Pages stream through it; what survives is small. */
  keep: Reducer<Row, Kept>;
}

export interface DatasetCut extends Omit<Cut, 'span'> {
  /** For time: most rows are at most so many days old. */
  days?: number;
}

export interface Each {
  /** The datasets whose kept evidence yields the keys; unread as soon as one of them is. */
  of: NonEmpty<AnyDataset>;
  /** Gets what they kept, in their order. */
  keys(kept: readonly unknown[]): readonly string[];
}

/** `each` over the keys another dataset yields, typed. */
export function eachOf<Row, Kept>(of: Dataset<Row, Kept>, keys: (kept: Kept) => readonly string[]): Each {
  return { of: [of], keys: ([kept]) => keys(kept as Kept) };
}

/** `each` over the keys that several datasets yield together. */
export function eachOfAll<const D extends NonEmpty<AnyDataset>>(of: D, keys: (kept: { -readonly [K in keyof D]: KeptOf<D[K]> }) => readonly string[]): Each {
  return { of, keys: (kept) => keys(kept as { -readonly [K in keyof D]: KeptOf<D[K]> }) };
}

/** The datasets that a dataset asks once per item of. */
export function parentsOf(dataset: AnyDataset): readonly AnyDataset[] {
  return dataset.each?.of ?? [];
}

/** Gives the author of a dataset types and completion; returns it unchanged. */
export function defineDataset<Row, Kept>(dataset: Dataset<Row, Kept>): Dataset<Row, Kept> {
  return dataset;
}

/** Reducer that keeps every row: for small collections only. */
export function keepRows<Row>(): Reducer<Row, Row[]> {
  return {
    start: () => [],
    add: (kept, row) => {
      kept.push(row);
      return kept;
    },
  };
}

/** Reducer for a dataset of one object. Null when the service sent none. */
export function keepOne<Row>(): Reducer<Row, Row | null> {
  return { start: () => null, add: (_kept, row) => row };
}

// biome-ignore lint/suspicious/noExplicitAny: the variance of Row and Kept allows no tighter type for "any dataset"
export type AnyDataset = Dataset<any, any>;
/** Datasets by the name under which `evaluate` gets their evidence. */
export type Needs = Readonly<Record<string, AnyDataset>>;
export type KeptOf<D> = D extends Dataset<infer _Row, infer Kept> ? Kept : never;
export type EvidenceFor<N extends Needs> = { readonly [K in keyof N]: DeepReadonly<KeptOf<N[K]>> };
export type MaybeEvidenceFor<W extends Needs> = { readonly [K in keyof W]: Collected<DeepReadonly<KeptOf<W[K]>>> };

export type DeepReadonly<T> = T extends (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : T extends ReadonlyMap<infer Key, infer Value>
      ? ReadonlyMap<Key, DeepReadonly<Value>>
      : T extends ReadonlySet<infer Member>
        ? ReadonlySet<Member>
        : T extends object
          ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
          : T;
