import { readdirSync } from 'node:fs';
import { type AnyDataset, parentsOf } from '../../../src/kit/kit.ts';
import type { Client } from './graph-client.ts';

const folder = new URL('../../../src/datasets/graph/', import.meta.url);

/** Every dataset of the scanner that Graph answers. */
export async function graphDatasets(): Promise<AnyDataset[]> {
  const modules = await Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href)));
  return modules.flatMap((module) => Object.values(module)).filter(isDataset);
}

function isDataset(value: unknown): value is AnyDataset {
  return typeof value === 'object' && value !== null && 'keep' in value && 'path' in value;
}

/** What the scanner would ask for one key of a dataset. */
function requestOf(dataset: AnyDataset, now: Date, key = ''): { url: string; headers: Record<string, string> } {
  const filter = typeof dataset.filter === 'function' ? dataset.filter(now) : dataset.filter;
  const options: Record<string, string | undefined> = {
    $select: dataset.select?.join(','),
    $filter: filter?.replaceAll('{key}', key),
    $expand: dataset.expand,
    $top: dataset.top?.toString(),
    $count: dataset.advanced ? 'true' : undefined,
  };
  const query = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  const path = dataset.path.replaceAll('{key}', encodeURIComponent(key));
  const headers: Record<string, string> = { prefer: 'include-unknown-enum-members', ...(dataset.advanced ? { consistencylevel: 'eventual' } : {}) };
  return { url: `/${dataset.beta ? 'beta' : 'v1.0'}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`, headers };
}

export interface Reading {
  kept: unknown;
  rows: number;
  urls: string[];
}

/** One page and the rows in it. */
async function ask(client: Client, dataset: AnyDataset, url: string, headers: Record<string, string>): Promise<{ rows: unknown[]; next: string | undefined }> {
  const { status, body } = dataset.kql ? await client.send('POST', url, { Query: dataset.kql }, headers) : await client.get(url, headers);
  if (status !== 200) throw new Error(`${dataset.id}: ${status} ${JSON.stringify(body)}`);
  return { rows: dataset.kql ? body.results : dataset.single ? [body] : body.value, next: body['@odata.nextLink'] };
}

/** Reads a dataset with all it rests on, page by page, through its schema and its reducer. */
export async function readDataset(client: Client, dataset: AnyDataset, now: Date): Promise<Reading> {
  const parents = await Promise.all(parentsOf(dataset).map((parent) => readDataset(client, parent, now)));
  const keys = dataset.each ? dataset.each.keys(parents.map(({ kept }) => kept)) : [undefined];
  const reading: Reading = { kept: dataset.keep.start(), rows: 0, urls: [] };
  for (const key of keys) {
    const { url, headers } = requestOf(dataset, now, key);
    reading.urls.push(url);
    for (let next: string | undefined = url; next; ) {
      const page = await ask(client, dataset, next, headers);
      for (const row of page.rows) {
        reading.kept = dataset.keep.add(reading.kept, dataset.row.parse(row), key);
        reading.rows += 1;
      }
      next = page.next;
    }
  }
  return reading;
}
