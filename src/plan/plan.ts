import { type AnyDataset, type Needs, parentsOf } from '../kit/kit.ts';
import { requestOf } from '../kit/request.ts';
import { type GraphRequest, requestTarget, sentAs } from '../model/request.ts';
import type { CatalogueEntry } from './load-checks.ts';
import { leastPermissions, type PlannedPermission } from './permissions.ts';

/** What a scan will read, and for whom. */
export interface Plan {
  checks: readonly CatalogueEntry[];
  /** Parents before the datasets that ask once per item of theirs; else by id. */
  datasets: readonly AnyDataset[];
  permissions: readonly PlannedPermission[];
}

/**
 * The union of what the checks need and want, each dataset once. `base` is read in every scan (the tenant and its
 * subscriptions); a check with a licence condition rests on the base dataset named `licences`.
 */
export function planScan(checks: readonly CatalogueEntry[], base: readonly AnyDataset[]): Plan {
  const datasets = new Map<string, AnyDataset>();
  const add = (dataset: AnyDataset) => {
    for (const parent of parentsOf(dataset)) add(parent);
    const known = datasets.get(dataset.id);
    if (known && known !== dataset) throw new Error(`two datasets share the id "${dataset.id}"`);
    datasets.set(dataset.id, dataset);
  };
  for (const dataset of base) add(dataset);
  for (const dataset of checks.flatMap(({ check }) => datasetsOf(check.needs, check.needsIfLicensed, check.wants)).sort(byId)) add(dataset);
  const all = [...datasets.values()];
  return { checks, datasets: all, permissions: leastPermissions(all) };
}

/** Datasets of a check; a dataset that asks once per item of another rests on that other, too. */
export function datasetsOf(...needs: readonly (Needs | undefined)[]): AnyDataset[] {
  return needs.flatMap((each) => Object.values(each ?? {})).flatMap((dataset) => withParents(dataset));
}

/** The dataset and those whose items it asks for, nearest first. */
function withParents(dataset: AnyDataset): AnyDataset[] {
  return [dataset, ...parentsOf(dataset).flatMap(withParents)];
}

/** The request a dataset starts with, as it goes over the wire; `{key}` where it asks once per item. */
export function describeRequest(dataset: AnyDataset, now: Date): string {
  const request: GraphRequest = requestOf(dataset, now);
  const line = `${sentAs(request).method} ${requestTarget(request)}`.replaceAll('%7Bkey%7D', '{key}');
  return request.kql ? `${line} (${request.kql})` : line;
}

function byId(a: AnyDataset, b: AnyDataset): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
