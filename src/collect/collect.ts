import type { AnyDataset } from '../kit/kit.ts';
import { requestOf } from '../kit/request.ts';
import type { Collected, Unread } from '../model/evidence.ts';
import type { RequestTotals } from '../model/run-record.ts';
import { SourceFault } from '../sources/fault.ts';
import { newCounters } from '../sources/graph/exchange.ts';
import type { GraphSource } from '../sources/graph/graph.ts';
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
  /** Service plans the tenant owns, or null when not known: then every dataset is asked for. */
  servicePlans: readonly string[] | null;
  sink?: EvidenceSink;
  /** Evidence that is already there; its datasets are not read again. */
  already?: Collection;
  onProgress?: (event: ProgressEvent) => void;
}

export type ProgressEvent = { dataset: string; items: number; pages: number; done?: 'ok' | Unread['reason'] };

export function emptyCollection(): Collection {
  return { evidence: new Map(), requests: new Map() };
}

/** Reads datasets at once, each as a stream; a fault of one never touches another. Never throws for a fault of the service. */
export async function collectEvidence(datasets: readonly AnyDataset[], options: CollectOptions): Promise<Collection> {
  const collection: Collection = { evidence: new Map(options.already?.evidence), requests: new Map(options.already?.requests) };
  const running = new Map<string, Promise<Collected<unknown>>>();
  const start = (dataset: AnyDataset): Promise<Collected<unknown>> => {
    const known = collection.evidence.get(dataset.id);
    const reading = running.get(dataset.id) ?? (known ? Promise.resolve(known) : collectOne(dataset, start, options, collection));
    running.set(dataset.id, reading);
    return reading;
  };
  await Promise.all(datasets.map(start));
  return collection;
}

async function collectOne(
  dataset: AnyDataset,
  parentOf: (parent: AnyDataset) => Promise<Collected<unknown>>,
  options: CollectOptions,
  collection: Collection,
): Promise<Collected<unknown>> {
  const counters = newCounters();
  const fold = startFold(dataset);
  const lacking = unlicensed(dataset, options.servicePlans);
  const collected = (dataset.evenUnlicensed ? undefined : lacking) ?? (await readKeys(dataset, parentOf)) ?? null;
  const answer = isCollected(collected) ? collected : await read(dataset, collected, fold, counters, options);
  // Refused where no plan is owned: the licence is what is missing, whatever words the service chose.
  const result = lacking && !answer.ok && answer.reason === 'permission' ? lacking : answer;
  collection.evidence.set(dataset.id, result);
  collection.requests.set(dataset.id, counters);
  await options.sink?.write(closingLine(dataset.id, result, counters));
  options.onProgress?.({ dataset: dataset.id, items: fold.items, pages: fold.pages, done: result.ok ? 'ok' : result.reason });
  return result;
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

/** The items to ask for one by one; undefined where the dataset is read by one chain; why not, where the parent is unread. */
async function readKeys(dataset: AnyDataset, parentOf: (parent: AnyDataset) => Promise<Collected<unknown>>): Promise<readonly string[] | Unread | undefined> {
  if (!dataset.each) return undefined;
  if (!dataset.each.of) return dataset.each.keys(undefined);
  const parent = await parentOf(dataset.each.of);
  if (!parent.ok) return { ...parent, detail: `${dataset.id} rests on ${dataset.each.of.id}. ${parent.detail}` };
  return dataset.each.keys(parent.kept);
}

function isCollected(value: readonly string[] | Unread | null): value is Unread {
  return value !== null && !Array.isArray(value);
}

async function read(
  dataset: AnyDataset,
  keys: readonly string[] | null,
  fold: Fold,
  counters: RequestTotals,
  options: CollectOptions,
): Promise<Collected<unknown>> {
  const limit = AbortSignal.timeout(options.datasetLimit);
  const signal = AbortSignal.any([options.signal, limit]);
  const deadline = Date.now() + options.datasetLimit;
  const stop = new AbortController();
  const chain = async (key?: string): Promise<void> => {
    const pages = options.source.pages(requestOf(dataset, options.now, key), { signal: AbortSignal.any([signal, stop.signal]), deadline, counters });
    for await (const page of pages) {
      await options.sink?.write({ dataset: dataset.id, page: fold.pages + 1, ...(key === undefined ? {} : { key }), rows: [...page.rows] });
      const unfit = fold.add(page.rows, key);
      if (unfit) throw new Misfit(unfit);
      options.onProgress?.({ dataset: dataset.id, items: fold.items, pages: fold.pages });
    }
  };
  try {
    // The source bounds how many requests are in flight; the first failed chain stops the others of its dataset.
    await Promise.all((keys ?? [undefined]).map((key) => chain(key)));
    return { ok: true, kept: fold.kept, items: fold.items, pages: fold.pages, at: new Date().toISOString() };
  } catch (error) {
    stop.abort();
    return unreadOf(error, options.signal.aborted);
  }
}

class Misfit extends Error {
  readonly unread: Unread;
  constructor(unread: Unread) {
    super(unread.detail);
    this.unread = unread;
  }
}

function unreadOf(error: unknown, stopped: boolean): Unread {
  if (stopped) return { ok: false, reason: 'partial', detail: 'The scan was stopped before this was read.', fix: 'Scan again.' };
  if (error instanceof Misfit) return error.unread;
  if (error instanceof SourceFault) return { ok: false, ...error.fault };
  throw error;
}
