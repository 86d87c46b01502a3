import { type AnyDataset, parentsOf } from '../kit/kit.ts';
import { requestOf } from '../kit/request.ts';
import type { Collected, Unread } from '../model/evidence.ts';
import type { RequestTotals } from '../model/run-record.ts';
import { BegunAgain, SourceFault } from '../sources/fault.ts';
import { newCounters } from '../sources/graph/exchange.ts';
import type { GraphSource } from '../sources/graph/graph.ts';
import { limitOf } from '../sources/graph/services.ts';
import type { EvidenceSink } from './evidence-file.ts';
import { type Fold, startFold } from './fold.ts';

/** Evidence with what it cost to read, by dataset id. */
export interface Collection {
  evidence: Map<string, Collected<unknown>>;
  requests: Map<string, RequestTotals>;
}

export interface CollectOptions {
  source: GraphSource;
  /** The time of the scan; filters such as "the last 30 days" count from it. */
  now: Date;
  signal: AbortSignal;
  /** Milliseconds one dataset may take. */
  datasetLimit: number;
  /** How often one dataset is begun anew when its pages break off. */
  readings: number;
  /** Service plans the tenant owns, or null when not known: then every dataset is asked for. `read` reads what tells. */
  servicePlans(read: ReadDataset): Promise<readonly string[] | null>;
  sink?: EvidenceSink;
  /** Evidence that is already there; its datasets are not read again. */
  already?: Collection;
  onProgress?: (event: ProgressEvent) => void;
}

export type ReadDataset = (dataset: AnyDataset) => Promise<Collected<unknown>>;

export type ProgressEvent = { dataset: string; items: number; pages: number; done?: 'ok' | Unread['reason'] };

export function emptyCollection(): Collection {
  return { evidence: new Map(), requests: new Map() };
}

/** Reads datasets at once, each as a stream; a fault of one never touches another. Never throws for a fault of the service. */
export async function collectEvidence(datasets: readonly AnyDataset[], options: CollectOptions): Promise<Collection> {
  const collection: Collection = { evidence: new Map(options.already?.evidence), requests: new Map(options.already?.requests) };
  const running = new Map<string, Promise<Collected<unknown>>>();
  let plans: Promise<readonly string[] | null> | undefined;
  const ownedPlans = () => {
    plans ??= options.servicePlans(start);
    return plans;
  };
  const start: ReadDataset = (dataset) => {
    const known = collection.evidence.get(dataset.id);
    const reading = running.get(dataset.id) ?? (known ? Promise.resolve(known) : collectOne(dataset, { start, ownedPlans, options, collection }));
    running.set(dataset.id, reading);
    return reading;
  };
  await Promise.all([ownedPlans(), ...slowestFirst(datasets, options.now).map(start)]);
  return collection;
}

/** Who has to wait longest for the next turn begins first, so that all services are busy from the start; among those, whoever others wait for. */
function slowestFirst(datasets: readonly AnyDataset[], now: Date): AnyDataset[] {
  const awaited = new Set(datasets.flatMap(parentsOf));
  const ranks = new Map(datasets.map((dataset) => [dataset, [rateOf(dataset, now), awaited.has(dataset) ? 0 : 1] as const]));
  const rankOf = (dataset: AnyDataset) => ranks.get(dataset) ?? [0, 0];
  return datasets.toSorted((a, b) => rankOf(a)[0] - rankOf(b)[0] || rankOf(a)[1] - rankOf(b)[1]);
}

function rateOf(dataset: AnyDataset, now: Date): number {
  const { units, window } = limitOf(requestOf(dataset, now));
  return units / window;
}

/** What reading one dataset may draw on. */
interface Surroundings {
  start: ReadDataset;
  ownedPlans(): Promise<readonly string[] | null>;
  options: CollectOptions;
  collection: Collection;
}

async function collectOne(dataset: AnyDataset, { start, ownedPlans, options, collection }: Surroundings): Promise<Collected<unknown>> {
  const counters = newCounters();
  const lackingPlans = async () => (dataset.servicePlans ? unlicensed(dataset, await ownedPlans()) : undefined);
  const collected = (dataset.evenUnlicensed ? undefined : await lackingPlans()) ?? (await readKeys(dataset, start)) ?? null;
  const {
    result: answer,
    fold,
    reading,
  } = isCollected(collected) ? { result: collected, fold: startFold(dataset), reading: 1 } : await read(dataset, collected, counters, options);
  // Refused where no plan is owned: the licence is what is missing, whatever words the service chose.
  const plain = !answer.ok && answer.reason === 'permission' ? ((await lackingPlans()) ?? answer) : answer;
  const result = !plain.ok && plain.reason === 'license' && !isCollected(collected) ? contradicted(dataset, plain, await ownedPlans()) : plain;
  collection.evidence.set(dataset.id, result);
  collection.requests.set(dataset.id, counters);
  await options.sink?.write({ ...closingLine(dataset.id, result, counters), ...numbered(reading) });
  options.onProgress?.({ dataset: dataset.id, items: fold.items, pages: fold.pages, done: result.ok ? 'ok' : result.reason });
  return result;
}

/** The first reading is the rule, and goes without saying. */
function numbered(reading: number): { reading?: number } {
  return reading > 1 ? { reading } : {};
}

function closingLine(dataset: string, result: Collected<unknown>, requests: RequestTotals) {
  if (result.ok) return { dataset, ok: true as const, items: result.items, pages: result.pages, at: result.at, requests };
  return { dataset, ...result, requests };
}

/** A dataset whose plans the tenant does not own is not asked for: the service would refuse. */
function unlicensed(dataset: AnyDataset, owned: readonly string[] | null): Unread | undefined {
  const plans: readonly string[] | undefined = dataset.servicePlans;
  if (!plans || !owned || plans.some((plan) => owned.includes(plan))) return undefined;
  return {
    ok: false,
    reason: 'license',
    detail: `The tenant owns none of the service plans that include ${dataset.id}: ${plans.join(', ')}.`,
    fix: `A subscription with ${plans.join(' or ')} would make it readable.`,
  };
}

/**
 * Refused for lack of a plan that the tenant owns: one of the two is wrong, so nothing is said about what is there. Checks
 * take an unlicensed feature for an empty one. Hunting tables are missing where Defender watches nothing, plan or not.
 */
function contradicted(dataset: AnyDataset, refused: Unread, owned: readonly string[] | null): Unread {
  const plan = dataset.kql === undefined ? dataset.servicePlans?.find((each) => owned?.includes(each)) : undefined;
  if (!plan) return refused;
  return {
    ...refused,
    reason: 'unavailable',
    detail: `${refused.detail} The subscriptions do include ${plan}.`,
    fix: 'Scan again in some hours; a new subscription takes time to reach every service. If it stays, ask Microsoft with the request id.',
  };
}

/** The items to ask for one by one; undefined where the dataset is read by one chain; why not, where the parent is unread. */
async function readKeys(dataset: AnyDataset, parentOf: (parent: AnyDataset) => Promise<Collected<unknown>>): Promise<readonly string[] | Unread | undefined> {
  if (!dataset.each) return undefined;
  const parents = await Promise.all(dataset.each.of.map(parentOf));
  const kept: unknown[] = [];
  for (const [at, parent] of parents.entries()) {
    if (!parent.ok) return { ...parent, detail: `${dataset.id} rests on ${dataset.each.of[at]?.id}. ${parent.detail}` };
    kept.push(parent.kept);
  }
  return dataset.each.keys(kept);
}

function isCollected(value: readonly string[] | Unread | null): value is Unread {
  return value !== null && !Array.isArray(value);
}

interface Outcome {
  result: Collected<unknown>;
  fold: Fold;
  /** Which reading this was, from 1. */
  reading: number;
}

/** Reads a dataset; when its pages break off, once more from the beginning, with a new fold. */
async function read(dataset: AnyDataset, keys: readonly string[] | null, counters: RequestTotals, options: CollectOptions): Promise<Outcome> {
  const limit = AbortSignal.timeout(options.datasetLimit);
  const deadline = Date.now() + options.datasetLimit;
  const bounds = { signal: AbortSignal.any([options.signal, limit]), deadline, counters };
  let uncut = false;
  for (let reading = 1; ; reading += 1) {
    const fold = startFold(dataset);
    try {
      await readOnce({ dataset, keys, fold, reading, uncut, bounds, options });
      return { result: { ok: true, kept: fold.kept, items: fold.items, pages: fold.pages, at: new Date().toISOString() }, fold, reading };
    } catch (error) {
      const again = error instanceof BegunAgain && reading < options.readings && !bounds.signal.aborted;
      if (!again) return { result: unreadOf(error, options.signal), fold, reading };
      // Many chains have many chances to break: one that broke twice is read as one.
      uncut ||= error.uncut || reading > 1;
      counters.retried += 1;
    }
  }
}

interface Reading {
  dataset: AnyDataset;
  keys: readonly string[] | null;
  fold: Fold;
  reading: number;
  uncut: boolean;
  bounds: { signal: AbortSignal; deadline: number; counters: RequestTotals };
  options: CollectOptions;
}

/** One chain per key, all at once: the source bounds how many requests are in flight. The first failure stops the others and waits for their end. */
async function readOnce({ dataset, keys, fold, reading, uncut, bounds, options }: Reading): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([bounds.signal, stop.signal]);
  const chain = async (key?: string): Promise<void> => {
    const { cut, ...request } = requestOf(dataset, options.now, key);
    await options.source.read(cut && !uncut ? { ...request, cut } : request, { ...bounds, signal }, async (rows) => {
      signal.throwIfAborted();
      const unfit = fold.add(rows, key);
      if (unfit) throw new Misfit(unfit);
      options.onProgress?.({ dataset: dataset.id, items: fold.items, pages: fold.pages });
      await options.sink?.write({ dataset: dataset.id, page: fold.pages, ...numbered(reading), ...(key === undefined ? {} : { key }), rows });
    });
  };
  const failures: unknown[] = [];
  const chains = (keys ?? [undefined]).map((key) =>
    chain(key).catch((error: unknown) => {
      failures.push(error);
      stop.abort();
    }),
  );
  await Promise.all(chains);
  if (failures.length > 0) throw failures[0];
}

class Misfit extends Error {
  readonly unread: Unread;
  constructor(unread: Unread) {
    super(unread.detail);
    this.unread = unread;
  }
}

function unreadOf(error: unknown, scan: AbortSignal): Unread {
  if (scan.aborted) return interrupted(scan);
  if (error instanceof Misfit) return error.unread;
  if (error instanceof BegunAgain) return { ok: false, ...error.last.fault };
  if (error instanceof SourceFault) return { ok: false, ...error.fault };
  throw error;
}

function interrupted({ reason }: AbortSignal): Unread {
  const overtime = reason instanceof Error && reason.name === 'TimeoutError';
  const detail = overtime ? 'The time limit of the scan passed before this was read.' : 'The scan was stopped before this was read.';
  return {
    ok: false,
    reason: 'partial',
    detail,
    fix: `${overtime ? 'Allow more time with --time-limit, or' : 'Scan again, or'} go on from saved evidence with tidytenant collect --resume.`,
  };
}
