import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { baseDatasets } from '../src/datasets/tenant.ts';
import type { AnyDataset } from '../src/kit/kit.ts';
import { requestOf } from '../src/kit/request.ts';
import { requestTarget, sentAs } from '../src/model/request.ts';
import { loadChecks, shippedChecks } from '../src/plan/load-checks.ts';
import { planScan } from '../src/plan/plan.ts';
import { deprecationsOf, type GraphContract } from './graph-deprecations.ts';

/** Reduces a Graph contract (folder with validate.mjs and contract.json) to the few facts our tests need everywhere. */

interface Contract {
  permissionsFor(requests: object[], options: object): { perEndpoint: Record<string, { preferred: string; accepted: string[] }> };
  createValidator?: unknown;
}

/** A request of the dataset as it could be sent, for the validator. */
export function exampleUrl(dataset: AnyDataset): string {
  const inFilter = typeof dataset.filter === 'string' && dataset.filter.includes('{key}');
  const key = inFilter ? "'00000000-0000-4000-8000-000000000001'" : '00000000-0000-4000-8000-000000000001';
  return `https://graph.microsoft.com${requestTarget(requestOf(dataset, new Date('2026-11-22T00:00:00Z'), dataset.each ? key : undefined))}`;
}

/** Whether the dataset does with a permission that shows the basic properties alone. */
export function isBasic(dataset: AnyDataset): boolean {
  return dataset.permissions.some((permission: string) => permission.includes('.ReadBasic'));
}

/** The dataset asking for one property and nothing else. */
function selecting(dataset: AnyDataset, property: string): AnyDataset {
  const { filter: _filter, expand: _expand, ...rest } = dataset;
  return { ...rest, select: [property] };
}

async function run(folder: string | undefined): Promise<number> {
  if (!folder) {
    console.error('Usage: node tools/build-graph-facts.ts <folder of the Graph contract>');
    return 64;
  }
  const contract = (await import(pathToFileURL(join(resolve(folder), 'validate.mjs')).href)) as Contract & {
    checkRequest(request: object): { code: string }[];
  };
  const facts = JSON.parse(await readFile(join(resolve(folder), 'contract.json'), 'utf8')) as GraphContract;
  const datasets = planScan(await loadChecks([shippedChecks]), baseDatasets).datasets;
  const endpoints: Record<string, unknown> = {};
  for (const dataset of [...datasets].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    // A `ReadBasic` permission shows few properties; where a dataset asks for those only, nothing more may be granted.
    const basic = isBasic(dataset);
    const { perEndpoint } = contract.permissionsFor([{ method: sentAs(dataset).method, url: exampleUrl(dataset) }], { kind: 'application', basic });
    const wanted = Object.values(perEndpoint);
    const unknown = new Set(
      (dataset.select ?? []).filter((property: string) =>
        contract.checkRequest({ method: 'GET', url: exampleUrl(selecting(dataset, property)) }).some(({ code }) => code === 'unknown-property'),
      ),
    );
    const deprecated = deprecationsOf(facts, dataset);
    endpoints[dataset.id] = {
      path: `${dataset.beta ? 'beta' : 'v1.0'} ${dataset.path}`,
      least: [...new Set(wanted.map(({ preferred }) => preferred))].sort(),
      accepted: Object.fromEntries(wanted.map(({ preferred, accepted }) => [preferred, [...accepted].sort()])),
      properties: (dataset.select ?? []).filter((property: string) => !unknown.has(property)).sort(),
      ...(Object.keys(deprecated).length > 0 ? { deprecated } : {}),
    };
  }
  const lines = Object.entries(endpoints).map(([id, fact]) => `    ${JSON.stringify(id)}: ${JSON.stringify(fact)}`);
  const notice =
    'Excerpt of the published Microsoft Graph metadata and permission tables (MIT, Copyright (c) Microsoft Corporation): read-only application permissions per dataset, selected properties that exist, and what of an answer is deprecated.';
  await writeFile(
    fileURLToPath(new URL('../test/conformance/graph-facts.json', import.meta.url)),
    `{\n  "notice": ${JSON.stringify(notice)},\n  "endpoints": {\n${lines.join(',\n')}\n  }\n}\n`,
  );
  console.log(`${lines.length} datasets`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await run(process.argv[2]);
