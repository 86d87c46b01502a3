import { addDays } from '../lib/dates.ts';
import type { Cut, GraphRequest, PermissionNeed } from '../model/request.ts';
import type { AnyDataset, DatasetCut } from './dataset.ts';

/** The first request of a dataset's page chain. `key` = the item of `each`; its quotes are doubled in filters by the author's own list. */
export function requestOf(dataset: AnyDataset, now: Date, key?: string): GraphRequest {
  const filter = typeof dataset.filter === 'function' ? dataset.filter(now) : dataset.filter;
  const query: [string, string][] = [];
  if (dataset.select) query.push(['$select', dataset.select.join(',')]);
  if (filter) query.push(['$filter', key === undefined ? filter : filter.replace('{key}', () => key)]);
  if (dataset.expand) query.push(['$expand', dataset.expand]);
  if (dataset.top) query.push(['$top', String(dataset.top)]);
  if (dataset.advanced) query.push(['$count', 'true']);
  return {
    version: dataset.beta ? 'beta' : 'v1.0',
    path: key === undefined ? dataset.path : dataset.path.replace('{key}', () => encodeURIComponent(key)),
    query,
    advanced: dataset.advanced === true,
    single: dataset.single === true,
    permissions: permissionNeeds(dataset),
    ...(dataset.kql ? { kql: dataset.kql } : {}),
    ...(dataset.cut ? { cut: cutOf(dataset.cut, now) } : {}),
  };
}

function cutOf({ days, ...cut }: DatasetCut, now: Date): Cut {
  return { ...cut, ...(days === undefined ? {} : { span: { from: addDays(now, -days).getTime(), to: now.getTime() } }) };
}

/** The dataset's permissions with the broader ones that grant the same. */
export function permissionNeeds(dataset: AnyDataset): PermissionNeed[] {
  return dataset.permissions.map((name: string) => ({ name, orAnyOf: dataset.alsoGrantedBy?.[name] ?? [] }));
}
