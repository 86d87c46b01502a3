import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PackedMap, packedMap, packedSet, packedTable } from '../../src/lib/packed.ts';
import { dictionary, flag, guid, instant, integer, key, text } from '../../src/lib/packed-columns.ts';

interface Row {
  id: string;
  owner: string | null | undefined;
  name: string | null | undefined;
  type: string | number | boolean | null | undefined;
  seen: string | null | undefined;
  day: number | null | undefined;
  enabled: boolean | null | undefined;
  odd?: true;
}

function table(): PackedMap<Row> {
  return packedTable<Row>({
    id: key(),
    owner: guid(),
    name: text(),
    type: dictionary(),
    seen: instant(),
    day: integer(),
    enabled: flag(),
    odd: flag(),
  });
}

const missing = fc.constantFrom(null, undefined);
const lowerGuid = fc.uuid();
const guidLike = fc.oneof(
  lowerGuid,
  lowerGuid.map((id) => id.toUpperCase()),
  lowerGuid.map((id) => `{${id}}`),
  lowerGuid.map((id) => id.replaceAll('-', '')),
  lowerGuid.map((id) => id.replace(/\w/, 'g')),
  fc.constantFrom(
    '',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'ffffffff-ffff-ffff-ffff-ffff00000001',
    'ffffffff-ffff-ffff-ffff-fffe00000001',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary' }),
);
const string = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  // Halves of surrogate pairs, ends of the ranges, the lengths around which the form changes.
  fc.constantFrom('', '\ud800', 'a\udfffb', '\0', 'ÿ', 'Ā', '\uffff', '<b>=1+1</b>'),
  fc.integer({ min: 250, max: 260 }).map((length) => 'é'.repeat(length)),
  fc.integer({ min: 250, max: 260 }).map((length) => 'я'.repeat(length)),
  fc.constantFrom('x'.repeat(10_000), 'ж'.repeat(10_000), 'x'.repeat(65_535), 'ж'.repeat(70_000)),
);
const time = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc
    .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}${date.getTime() % 2 ? 'Z' : '.1234567Z'}`),
  fc.constantFrom(
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '1999-12-31T23:59:59Z',
    '2000-01-01T00:00:00Z',
    '2068-01-19T03:14:07Z',
    '2068-01-19T03:14:08Z',
    '2026-02-30T00:00:00Z',
    '2026-02-28T24:00:00Z',
    '2026-02-28t00:00:00z',
    '2026-02-28 00:00:00Z',
  ),
  string,
);
const number = fc.oneof(
  fc.integer(),
  fc.double().filter((each) => !Object.is(each, -0)),
  fc.constantFrom(2 ** 30, 2 ** 30 - 1, -(2 ** 30), 2 ** 31, Number.NaN),
);
const row: fc.Arbitrary<Row> = fc.record(
  {
    id: guidLike,
    owner: fc.oneof(guidLike, missing),
    name: fc.oneof(string, missing),
    type: fc.oneof(fc.constantFrom('Member', 'Guest', '', 0, 1, true, false), string, missing),
    seen: fc.oneof(time, missing),
    day: fc.oneof(number, missing),
    enabled: fc.oneof(fc.boolean(), missing),
    odd: fc.constant(true as const),
  },
  { requiredKeys: ['id', 'owner', 'name', 'type', 'seen', 'day', 'enabled'] },
);
const entries = fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: guidLike }, { weight: 1, arbitrary: fc.constantFrom('a', 'b') }), row));

function plain(view: Row): Row {
  const { id, owner, name, type, seen, day, enabled, odd } = view;
  return { id, owner, name, type, seen, day, enabled, ...(odd ? { odd } : {}) };
}

describe('packed table', () => {
  it('is what a Map is, whatever is put into it', () => {
    fc.assert(
      fc.property(entries, fc.array(guidLike), (given, strangers) => {
        const real = new Map<string, Row>();
        const packed = table();
        for (const [id, each] of given) {
          real.set(id, each);
          expect(packed.set(id, each)).toBe(packed);
        }
        expect(packed.size).toBe(real.size);
        for (const id of [...real.keys(), ...strangers, ...strangers.map((each) => each.toUpperCase())]) {
          expect(packed.has(id)).toBe(real.has(id));
          const found = packed.get(id);
          expect(found && plain(found)).toEqual(real.get(id));
        }
        expect([...packed.keys()]).toEqual([...real.keys()]);
        expect([...packed.values()].map(plain)).toEqual([...real.values()]);
        expect([...packed].map(([id, each]) => [id, plain(each)])).toEqual([...real]);
        expect([...new Map(packed).keys()]).toEqual([...real.keys()]);
        const called: unknown[] = [];
        packed.forEach((each, id, map) => void called.push([id, plain(each), map === packed]));
        expect(called).toEqual([...real].map(([id, each]) => [id, each, true]));
      }),
      { numRuns: 300 },
    );
  });

  it('finds every one of many rows, and none that is not there', () => {
    const id = (n: number) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${(n * 7919).toString(16).padStart(12, '0')}`;
    const packed = packedMap<number | null>(integer());
    for (let n = 0; n < 50_000; n += 1) packed.set(id(n), n % 7 === 0 ? null : n);
    expect(packed.size).toBe(50_000);
    for (let n = 0; n < 50_000; n += 1) expect(packed.get(id(n))).toBe(n % 7 === 0 ? null : n);
    for (let n = 50_000; n < 60_000; n += 1) expect(packed.has(id(n))).toBe(false);
  });

  it('does not learn what it is asked for', () => {
    const packed = packedMap<number>(integer());
    packed.set('a', 1);
    for (let n = 0; n < 10; n += 1) expect(packed.get(`stranger ${n}`)).toBeUndefined();
    packed.set('stranger 3', 3);
    expect([...packed]).toEqual([
      ['a', 1],
      ['stranger 3', 3],
    ]);
  });

  it('can be frozen, and its rows, too', () => {
    const packed = table().set('a', { id: 'a', owner: null, name: 'Anna', type: 'Member', seen: null, day: 1, enabled: true });
    const frozen = Object.freeze(packed);
    expect(Object.freeze(frozen.get('a') as Row).name).toBe('Anna');
    expect(JSON.parse(JSON.stringify(frozen.get('a')))).toEqual({ id: 'a', owner: null, name: 'Anna', type: 'Member', seen: null, day: 1, enabled: true });
  });

  it('takes no more room for a row that comes again', () => {
    const packed = table();
    const big: Row = { id: 'a', owner: null, name: 'x'.repeat(50_000), type: 'Member', seen: null, day: 1, enabled: true };
    const before = process.memoryUsage().arrayBuffers;
    for (let n = 0; n < 1000; n += 1) packed.set('a', { ...big, day: n });
    expect(packed.get('a')?.day).toBe(999);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });
});

describe('packed set', () => {
  it('is what a Set is', () => {
    fc.assert(
      fc.property(fc.array(guidLike), fc.array(guidLike), (given, strangers) => {
        const real = new Set(given);
        const packed = packedSet();
        for (const id of given) expect(packed.add(id)).toBe(packed);
        expect(packed.size).toBe(real.size);
        for (const id of [...given, ...strangers]) expect(packed.has(id)).toBe(real.has(id));
        expect([...packed]).toEqual([...real]);
        expect([...packed.keys()]).toEqual([...real]);
        expect([...packed.values()]).toEqual([...real]);
        expect([...packed.entries()]).toEqual([...real.entries()]);
        const called: unknown[] = [];
        packed.forEach((id, again, set) => void called.push([id, again, set === packed]));
        expect(called).toEqual([...real].map((id) => [id, id, true]));
      }),
    );
  });
});
