import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { featureUpdateProfiles } from '../../src/datasets/graph/featureUpdateProfiles.ts';
import { type AnyDataset, defineDataset, keepRows } from '../../src/kit/kit.ts';
import { planScan } from '../../src/plan/plan.ts';
import { type Deprecation, deprecationsOf, type EndpointDeprecations, type GraphContract, namesIn } from '../../tools/graph-deprecations.ts';
import { baseDatasets, catalogue } from '../support/catalogue.ts';
import { root } from '../support/root.ts';

const facts = JSON.parse(await readFile(join(root, 'test/conformance/graph-facts.json'), 'utf8')) as {
  endpoints: Record<string, { deprecated?: EndpointDeprecations }>;
};
const planned = planScan(catalogue, baseDatasets).datasets;

/** Every property that a dataset asks for, filters by or reads from the answer. */
function propertiesOf(dataset: AnyDataset): Set<string> {
  const filter = typeof dataset.filter === 'function' ? dataset.filter(new Date('2026-11-22T00:00:00Z')) : (dataset.filter ?? '');
  const names = new Set([...(dataset.select ?? []), ...namesIn(filter), ...namesIn(dataset.expand ?? '')]);
  collect(z.toJSONSchema(dataset.row, { io: 'input', unrepresentable: 'any' }), names);
  return names;
}

function collect(schema: unknown, names: Set<string>): void {
  if (schema === null || typeof schema !== 'object') return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') for (const name of Object.keys(value as object)) names.add(name);
    collect(value, names);
  }
}

/** One sentence per use of something that Microsoft takes away, with the day it goes. */
function usesOf(dataset: AnyDataset, { operation, properties = {} }: EndpointDeprecations): string[] {
  const used = [...propertiesOf(dataset)].flatMap((name) => (Object.hasOwn(properties, name) ? [[name, properties[name] as Deprecation] as const] : []));
  const words = ({ removalDate, says }: Deprecation) => `${removalDate ? `is removed on ${removalDate}` : 'is deprecated without a date'}: ${says}`;
  return [
    ...(operation ? [`${dataset.id}: GET ${dataset.path} ${words(operation)}`] : []),
    ...used.map(([name, deprecation]) => `${dataset.id}: ${deprecation.of}.${name} ${words(deprecation)}`),
  ];
}

describe('our own requests', () => {
  it.each(planned.map((dataset) => [dataset.id, dataset] as const))('%s uses nothing that Microsoft has marked as deprecated', (id, dataset) => {
    expect(usesOf(dataset, facts.endpoints[id]?.deprecated ?? {})).toEqual([]);
  });
});

describe('the rule', () => {
  const contract: GraphContract = {
    endpoints: [
      {
        method: 'GET',
        version: 'v1.0',
        path: '/old',
        deprecated: { removalDate: '2026-04-10', description: 'Use /new. It is better. More.' },
        response: { type: 'thing' },
      },
      { method: 'GET', version: 'v1.0', path: '/things/{id}', response: { type: 'thing' } },
    ],
    types: {
      'v1.0': {
        thing: { props: { id: { type: 'Edm.String' }, part: { type: 'part' }, other: { type: 'other', nav: true } } },
        specialThing: { base: 'thing', props: { flag: { type: 'Edm.Boolean', deprecated: { description: 'Deprecated.' } } } },
        part: { props: { size: { type: 'Edm.Int32', deprecated: { removalDate: '2027-10-15', description: 'Use extent.' } } } },
        other: { props: { far: { type: 'Edm.String', deprecated: { removalDate: '2027-01-01' } } } },
      },
    },
  };
  const reading = (row: z.ZodType, more: Partial<AnyDataset> = {}) => {
    const dataset = defineDataset({
      id: 'things',
      about: 'Things.',
      source: 'graph',
      path: '/things/{key}',
      permissions: ['A.Read'],
      row,
      keep: keepRows<unknown>(),
      ...more,
    });
    return usesOf(dataset, deprecationsOf(contract, dataset));
  };

  it('names the operation and its day', () =>
    expect(reading(z.object({ id: z.string() }), { path: '/old' })).toEqual(['things: GET /old is removed on 2026-04-10: Use /new. It is better.']));
  it('names a property deep in the answer, and its day', () =>
    expect(reading(z.object({ part: z.object({ size: z.int() }).nullish() }))).toEqual(['things: part.size is removed on 2027-10-15: Use extent.']));
  it('names a property of a type that derives from the answer', () =>
    expect(reading(z.object({ flag: z.boolean() }))).toEqual(['things: specialThing.flag is deprecated without a date: Deprecated.']));
  it('names one that is selected or filtered by', () => {
    expect(reading(z.object({}), { select: ['flag'] })).toHaveLength(1);
    expect(reading(z.object({}), { filter: "flag eq true and id eq 'size'" })).toHaveLength(1);
  });
  it('looks into what is expanded, and into nothing else', () => {
    expect(reading(z.object({ far: z.string() }))).toEqual([]);
    expect(reading(z.object({ far: z.string() }), { expand: 'other' })).toEqual(['things: other.far is removed on 2027-01-01: ']);
  });
  it('is silent about what is not used', () => expect(reading(z.object({ id: z.string(), part: z.object({}) }))).toEqual([]));
  it('sees the properties of a real dataset', () => expect(propertiesOf(featureUpdateProfiles)).toContain('installLatestWindows10OnWindows11IneligibleDevice'));
});
