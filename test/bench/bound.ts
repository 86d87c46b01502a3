import pLimit from 'p-limit';
import { baseDatasets } from '../../src/datasets/tenant.ts';
import { type AnyDataset, parentsOf } from '../../src/kit/kit.ts';
import { requestOf } from '../../src/kit/request.ts';
import { requestTarget } from '../../src/model/request.ts';
import { planScan } from '../../src/plan/plan.ts';
import { limitOf } from '../../src/sources/graph/services.ts';
import { catalogue } from '../support/catalogue.ts';
import { readBare } from './bare.ts';
import { processorTime, type StandIn } from './processes.ts';
import { connect } from './target.ts';

/** One chain of pages, as the service serves it unsplit. */
interface Chain {
  dataset: AnyDataset;
  pages: number;
  /** Milliseconds to fetch and parse it, one page after another, without latency. */
  fetching: number;
}

export interface Chains {
  chains: Chain[];
  /** Where each chain begins. */
  addresses: string[];
  /** Milliseconds of processor time the stand-in takes to serve all of them once. */
  serving: number;
}

export interface Bound {
  chain: number;
  limit: number;
  server: number;
}

const { datasets } = planScan(catalogue, baseDatasets);

/** Reads every list once, alone and unsplit. Lists that are asked for once per item of another are one page each, and are counted as one round trip behind it. */
export async function chainsOf({ target, pid }: StandIn): Promise<Chains> {
  const { session } = await connect(target);
  const now = new Date(target.now);
  // A hunting query is one answer to a POST: no chain.
  const first = datasets.filter(({ each, kql }) => !each && !kql);
  const addresses = first.map((dataset) => target.endpoint + requestTarget(requestOf(dataset, now)));
  const one = pLimit(1);
  // Warm: the first request of each kind pays for what the stand-in prepares.
  await readBare('bare', session, addresses, 4);
  const before = await processorTime(pid);
  const chains = await Promise.all(
    first.map((dataset, index) =>
      one(async () => {
        const from = performance.now();
        const { requests } = await readBare('bare', session, [addresses[index] as string], 1);
        return { dataset, pages: requests, fetching: performance.now() - from };
      }),
    ),
  );
  return { chains, addresses, serving: (await processorTime(pid)) - before };
}

/** The least time any reader could need, in milliseconds, for three reasons. */
export function boundOf({ chains, serving }: Chains, latency: number, factor: number): Bound {
  const chain = Math.max(...chains.map(({ pages, fetching }) => pages * latency + fetching));
  return { chain: Math.max(chain, longestDependence(chains) * latency), limit: limitBound(chains, latency, factor), server: serving };
}

/** Signing in is two round trips (the service's description, the token), and some lists wait for others. */
function longestDependence(chains: readonly Chain[]): number {
  const pages = new Map(chains.map((chain) => [chain.dataset.id, chain.pages]));
  const depth = (dataset: AnyDataset): number => (pages.get(dataset.id) ?? 1) + Math.max(0, ...parentsOf(dataset).map(depth));
  return 2 + Math.max(...datasets.map(depth));
}

/** What the published limits make the slowest service take: whole windows between the first request and the last. */
function limitBound(chains: readonly Chain[], latency: number, factor: number): number {
  const spent = new Map<string, { cost: number; units: number; window: number }>();
  for (const dataset of datasets) {
    const request = requestOf(dataset, new Date(0));
    const limit = limitOf(request);
    const before = spent.get(limit.id) ?? { cost: 0, units: limit.units, window: limit.window };
    const pages = chains.find((chain) => chain.dataset.id === dataset.id)?.pages ?? 1;
    spent.set(limit.id, { ...before, cost: before.cost + pages * (limit.cost?.(request) ?? 1) });
  }
  const windows = [...spent.values()].map(({ cost, units, window }) => ((Math.ceil(cost / units) - 1) * window * 1000) / factor);
  return Math.max(...windows) + latency;
}
