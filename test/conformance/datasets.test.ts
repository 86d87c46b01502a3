import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { permissionNeeds } from '../../src/kit/request.ts';
import { sentAs } from '../../src/model/request.ts';
import { leastPermissions } from '../../src/plan/permissions.ts';
import { planScan } from '../../src/plan/plan.ts';
import { exampleUrl, isBasic } from '../../tools/build-graph-facts.ts';
import { baseDatasets, catalogue, datasetFiles } from '../support/catalogue.ts';
import { contractFolder, root } from '../support/root.ts';

interface Facts {
  endpoints: Record<string, { least: string[]; accepted: Record<string, string[]>; properties: string[] }>;
}

const files = await datasetFiles();
const facts = JSON.parse(await readFile(join(root, 'test/conformance/graph-facts.json'), 'utf8')) as Facts;
const planned = planScan(catalogue, baseDatasets).datasets;
const rows = planned.map((dataset) => [dataset.id, dataset] as const);
const declared = new Set(planned.flatMap((dataset) => dataset.permissions as readonly string[]));

describe('every dataset', () => {
  it.each(files.map((each) => [each.file, each] as const))('%s exports one dataset named like the file', (_file, { id, dataset }) => {
    expect(dataset?.id).toBe(id);
  });

  it.each(files.map(({ file }) => [file]))('%s is a description: it waits for nothing and invents nothing', async (file) => {
    const text = await readFile(join(root, file), 'utf8');
    for (const banned of [/\bawait\b/, /\.catch\(/, /\.default\(/, /\.optional\(\)\.default/, /Date\.now/, /new Date\(\)/]) expect(text).not.toMatch(banned);
  });

  it('is read for somebody', () => {
    const used = new Set(planned.map((dataset) => dataset.id));
    expect(files.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  it.each(rows)('%s says why where it takes the beta or a broader permission', (_id, dataset) => {
    expect(dataset.about).toMatch(/\.$/);
    if (dataset.beta) expect(dataset.beta.because.length).toBeGreaterThan(10);
    for (const permission of dataset.permissions as readonly string[]) expect(permission.split('.').slice(1).join('.')).toMatch(/^Read(Basic)?(\.|$)/);
  });

  it.each(rows)('%s: its permissions grant the path and are the least (committed facts)', (_id, dataset) => {
    const fact = facts.endpoints[dataset.id];
    expect(fact, 'run: node tools/build-graph-facts.ts').toBeDefined();
    if (!dataset.broader) expect([...(dataset.permissions as readonly string[])].sort()).toEqual([...(fact?.least ?? [])].sort());
    for (const { name, orAnyOf } of permissionNeeds(dataset)) {
      if (dataset.broader && !fact?.accepted[name]) continue;
      // Published tables let Intune permissions open each other's paths and even /users; the service itself names only the path's own.
      const accepted = (fact?.accepted[name] ?? []).filter((each) => !each.startsWith('DeviceManagement'));
      expect([...orAnyOf].sort(), 'alsoGrantedBy lists what else the plan asks for and the service accepts').toEqual(
        accepted.filter((each) => each !== name && declared.has(each)).sort(),
      );
    }
  });

  it.each(rows)('%s selects properties that exist (committed facts)', (_id, dataset) => {
    const known = facts.endpoints[dataset.id]?.properties ?? [];
    for (const property of (dataset.select ?? []) as readonly string[]) expect(known).toContain(property);
  });

  it('the plan asks for no permission twice over', () => {
    const least = leastPermissions(planned).map(({ name }) => name);
    for (const name of least) {
      const rest = new Set(least.filter((each) => each !== name));
      const unread = planned.filter((dataset) => permissionNeeds(dataset).some((need) => ![need.name, ...need.orAnyOf].some((each) => rest.has(each))));
      expect(unread.length, `${name} opens nothing that the rest does not`).toBeGreaterThan(0);
    }
  });
});

const hasContract = existsSync(join(contractFolder, 'validate.mjs'));
describe.skipIf(!hasContract)('against the published contract (skipped where it is not beside the checkout)', () => {
  it('every request is a real operation with real options', async () => {
    const { checkRequest } = (await import(join(contractFolder, 'validate.mjs'))) as {
      checkRequest: (request: object, options?: object) => { severity: string; code: string; message: string }[];
    };
    const problems = planned.flatMap((dataset) => {
      const headers = { Accept: 'application/json', ...(dataset.advanced ? { ConsistencyLevel: 'eventual' } : {}) };
      return checkRequest({ method: sentAs(dataset).method, url: exampleUrl(dataset), headers }, { today: '2026-11-22' }).map((problem) => ({
        dataset: dataset.id,
        ...problem,
      }));
    });
    expect(problems.filter((problem) => problem.severity === 'error' || problem.code.startsWith('deprecated'))).toEqual([]);
  });

  it('the plan is what the contract computes as least', async () => {
    const { permissionsFor } = (await import(join(contractFolder, 'validate.mjs'))) as {
      permissionsFor: (requests: object[], options: object) => { permissions: { name: string }[] };
    };
    const simple = planned.filter((dataset) => !dataset.broader);
    const requests = (basic: boolean) =>
      simple.filter((dataset) => isBasic(dataset) === basic).map((dataset) => ({ method: sentAs(dataset).method, url: exampleUrl(dataset) }));
    const computed = [true, false].flatMap((basic) => permissionsFor(requests(basic), { kind: 'application', basic }).permissions.map(({ name }) => name));
    const ours = leastPermissions(simple).map(({ name }) => name);
    expect(ours).toEqual(expect.arrayContaining(computed));
    // What we ask for on top: Intune permissions that published tables call interchangeable and the service does not.
    const extra = ours.filter((name) => !computed.includes(name));
    expect(extra.filter((name) => !name.startsWith('DeviceManagement'))).toEqual([]);
  });
});
