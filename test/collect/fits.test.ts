import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fitsOf } from '../../src/collect/fits.ts';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { root } from '../support/root.ts';

const folder = join(root, 'src/datasets/graph');
const modules = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file)) as Promise<Record<string, AnyDataset>>));
const datasets = modules.flatMap((module) => Object.values(module).filter((each) => each && typeof each === 'object' && 'path' in each && 'keep' in each));

const schemas: [string, z.ZodType][] = [
  ['text', z.string()],
  ['text that may be missing', z.string().nullish()],
  ['a whole number', z.int()],
  ['a number', z.number()],
  ['a time', z.iso.datetime({ offset: true })],
  ['a GUID', z.guid()],
  ['a list', z.array(z.object({ id: z.string(), flag: z.boolean().nullish() }))],
  ['an object', z.object({ id: z.string(), on: z.boolean().nullable(), inner: z.object({ at: z.string().optional() }).nullish() })],
];
const values = fc.oneof(
  fc.anything({ withNullPrototype: true }),
  fc.constantFrom(
    '2026-08-20T12:00:00Z',
    '2026-08-20T12:00:00.1234567+02:00',
    '2026-02-30T00:00:00Z',
    '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001',
    2 ** 53,
    -0,
    1.5,
  ),
  fc.record(
    { id: fc.oneof(fc.string(), fc.constant(null)), on: fc.option(fc.boolean()), inner: fc.option(fc.record({ at: fc.anything() })) },
    { requiredKeys: [] },
  ),
  fc.array(fc.record({ id: fc.string(), flag: fc.oneof(fc.boolean(), fc.constant(null), fc.string()) }, { requiredKeys: ['id'] })),
);

describe('the quick look at a row', () => {
  it.each(schemas)('says of %s what zod says', (_name, schema) => {
    const fits = fitsOf(schema);
    expect(fits).toBeDefined();
    fc.assert(
      fc.property(values, (value) => {
        expect(fits?.(value)).toBe(schema.safeParse(value).success);
      }),
      { numRuns: 500 },
    );
  });

  const beyond: [string, z.ZodType][] = [
    ['a check of its own', z.string().min(2)],
    ['strictness', z.strictObject({ id: z.string() })],
    ['a change', z.string().transform((value) => value.length)],
    ['a choice', z.union([z.string(), z.int()])],
    ['one of these within', z.object({ list: z.array(z.string().min(1)) })],
  ];
  it.each(beyond)('leaves %s to zod', (_name, schema) => {
    expect(fitsOf(schema)).toBeUndefined();
  });

  it('is there for every list that grows with the tenant', () => {
    const large = datasets.filter(({ cut }) => cut);
    expect(large.length).toBeGreaterThan(5);
    for (const { id, row } of large) expect(fitsOf(row), id).toBeDefined();
  });
});
