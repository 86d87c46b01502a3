import { describe, expect, it } from 'vitest';
import type { Cut, GraphRequest } from '../../src/model/request.ts';
import { BegunAgain, SourceFault } from '../../src/sources/fault.ts';
import { type Answer, readList } from '../../src/sources/graph/lists.ts';

type Row = Record<string, string | null>;

/** A service over rows in memory that knows what a cut asks for: ge, le, eq null, $count, $orderby, $top, pages. */
interface Service {
  rows: Row[];
  asked: GraphRequest[];
  pageSize: number;
  /** Milliseconds it says an answer took. */
  took: number;
  /** Rows to change before the answer of this number. */
  onAnswer?: (answers: number) => void;
  /** What it does wrong. */
  answer?: (request: GraphRequest, right: Answer) => Answer;
}

const option = (request: GraphRequest, name: string) => request.query.find(([key]) => key === name)?.[1];

function matching({ rows }: Service, request: GraphRequest): Row[] {
  const filter = option(request, '$filter') ?? '';
  const terms = [...filter.matchAll(/(\w+) (ge|le|eq) (null|'(?:[^']|'')*'|[\d:.TZ-]+)/g)];
  const found = rows.filter((row) =>
    terms.every(([, by = '', operator, literal = '']) => {
      const value = row[by];
      if (literal === 'null') return value == null;
      const bound = literal.replace(/^'|'$|Z$/g, '').replaceAll("''", "'");
      return value != null && (operator === 'ge' ? value.toLowerCase() >= bound.toLowerCase() : value.toLowerCase() <= bound.toLowerCase());
    }),
  );
  const [by = '', direction] = (option(request, '$orderby') ?? '').split(' ');
  if (by) found.sort((a, b) => ((a[by] ?? '') < (b[by] ?? '') ? -1 : 1) * (direction === 'desc' ? -1 : 1));
  return found;
}

async function read(service: Service, request: GraphRequest, chains = 8): Promise<Row[]> {
  const got: Row[] = [];
  let answers = 0;
  const get = async (asked: GraphRequest, link?: URL): Promise<Answer> => {
    service.asked.push(asked);
    service.onAnswer?.(++answers);
    const found = matching(service, asked);
    const from = Number(link?.searchParams.get('from') ?? 0);
    const size = Number(option(asked, '$top') ?? service.pageSize);
    const next = from + size < found.length ? new URL(`https://graph.example/?from=${from + size}`) : undefined;
    const count = option(asked, '$count') === 'true' && !link ? found.length : undefined;
    const right = { rows: found.slice(from, from + size), next, count, took: service.took };
    await new Promise((resolve) => setImmediate(resolve));
    return service.answer?.(asked, right) ?? right;
  };
  await readList({ get, request, chains, stop: () => {}, onPage: async (rows) => void got.push(...(rows as Row[])) });
  return got;
}

const cut: Cut = { by: 'userPrincipalName', order: 'text', counted: 'eventual' };
const request: GraphRequest = { version: 'v1.0', path: '/users', query: [['$select', 'id']], advanced: false, single: false, permissions: [], cut };
const named = (names: readonly (string | null)[]): Row[] => names.map((userPrincipalName, index) => ({ id: String(index), userPrincipalName }));
const numbered = (count: number) => named(Array.from({ length: count }, (_, index) => `user${String(index).padStart(6, '0')}@example.com`));
const service = (rows: Row[], more: Partial<Service> = {}): Service => ({ rows, asked: [], pageSize: 10, took: 50, ...more });
const ids = (rows: Row[]) => rows.map(({ id }) => Number(id)).sort((a, b) => a - b);
const all = (rows: Row[]) => ids(rows);
/** The longest chain: requests whose filter is the same follow one another. */
function longestChain({ asked }: Service): number {
  const lengths = new Map<string, number>();
  for (const each of asked) if (!option(each, '$orderby')) lengths.set(option(each, '$filter') ?? '', (lengths.get(option(each, '$filter') ?? '') ?? 0) + 1);
  return Math.max(...lengths.values());
}

const shapes: [string, Row[]][] = [
  ['numbered names', numbered(997)],
  ['names of people', named(Array.from({ length: 800 }, (_, i) => `${'aejmrs'[i % 6]}${'aeiou'[i % 5]}${(i * 7919).toString(36)}@example.com`))],
  [
    'one long prefix and a few others',
    [...numbered(900), ...named(['_svc@x', "o'neil@x", '0800@x', 'zz@x', 'Ärger@x', '~x@x'])].map((row, i) => ({ ...row, id: String(i) })),
  ],
  ['nearly all the same', named(Array.from({ length: 300 }, (_, i) => (i < 290 ? `same${'x'.repeat(40)}${i}@x` : `b${i}@x`)))],
];

describe('a long list', () => {
  it.each(shapes)('of %s is cut, and nothing is lost or repeated', async (_name, rows) => {
    const asked = service(rows);
    expect(ids(await read(asked, request))).toEqual(all(rows));
    expect(longestChain(asked)).toBeLessThan(rows.length / 10 / 2);
  });

  it('keeps its own filter and asks for the count as an advanced query', async () => {
    const asked = service(numbered(500));
    await read(asked, { ...request, query: [...request.query, ['$filter', "id ge '0'"]] });
    const part = asked.asked.find((each) => option(each, '$filter')?.includes('userPrincipalName'));
    expect(option(part as GraphRequest, '$filter')).toMatch(/^\(id ge '0'\) and userPrincipalName /);
    expect(part).toMatchObject({ advanced: true });
    expect(asked.asked[0]).toMatchObject({
      advanced: false,
      query: [
        ['$select', 'id'],
        ['$filter', "id ge '0'"],
      ],
    });
  });

  it('reads rows without a value where there may be some', async () => {
    const rows = [...numbered(400), ...named(Array.from({ length: 25 }, () => null))].map((row, i) => ({ ...row, id: String(i) }));
    const asked = service(rows);
    expect(ids(await read(asked, { ...request, cut: { ...cut, nullable: true } }))).toEqual(all(rows));
    expect(longestChain(asked)).toBeLessThan(20);
  });

  it('stays whole where one chain uses up what the service allows', async () => {
    const reports = { ...request, path: '/auditLogs/signIns' };
    const asked = service(numbered(300), { took: 900 });
    await read(asked, reports);
    expect(asked.asked).toHaveLength(30);
  });

  it('stays whole where it is short', async () => {
    const asked = service(numbered(30));
    expect(await read(asked, request)).toHaveLength(30);
    expect(longestChain(asked)).toBe(3);
  });

  it('costs one request where it is one page', async () => {
    const asked = service(numbered(10));
    await read(asked, request);
    expect(asked.asked).toHaveLength(1);
  });
});

describe('a service that does not honour parts', () => {
  const uncut = expect.objectContaining({ name: 'BegunAgain', uncut: true });
  const isPart = (asked: GraphRequest) =>
    /userPrincipalName (ge|le)/.test(option(asked, '$filter') ?? '') && !option(asked, '$orderby') && option(asked, '$top') !== '1';
  const faults: [string, Partial<Service>][] = [
    ['ignores the filter', { answer: (asked, right) => (isPart(asked) ? { ...right, rows: numbered(10) } : right) }],
    [
      'refuses the filter',
      {
        answer: (asked, right) => {
          if (isPart(asked)) throw new SourceFault({ reason: 'unavailable', detail: 'no' }, 400);
          return right;
        },
      },
    ],
    ['loses a row', { answer: (asked, right) => (isPart(asked) && right.rows.length > 5 ? { ...right, rows: right.rows.slice(1) } : right) }],
    ['counts wrongly', { answer: (_asked, right) => (right.count === undefined ? right : { ...right, count: right.count + 7 }) }],
  ];
  it.each(faults)('and %s is read anew in one chain', async (_name, fault) => {
    await expect(read(service(numbered(500), fault), request)).rejects.toEqual(uncut);
  });

  const unable: [string, Partial<Service>][] = [
    ['does not count', { answer: (_asked, right) => ({ ...right, count: undefined }) }],
    [
      'does not sort',
      {
        answer: (asked, right) => {
          if (option(asked, '$orderby')) throw new SourceFault({ reason: 'unavailable', detail: 'no' }, 400);
          return right;
        },
      },
    ],
    ['does not send the property', { answer: (_asked, right) => ({ ...right, rows: right.rows.map((row) => ({ id: (row as Row).id })) }) }],
  ];
  it.each(unable)('and %s is not cut', async (_name, fault) => {
    const asked = service(numbered(500), fault);
    expect(await read(asked, request)).toHaveLength(500);
  });

  it('is believed when rows came or went in between', async () => {
    const rows = numbered(500);
    const asked = service(rows, {
      onAnswer: (answers) => {
        if (answers === 20) rows.push({ id: '9999', userPrincipalName: 'zz@example.com' });
      },
    });
    expect((await read(asked, request)).length).toBeGreaterThanOrEqual(500);
  });
});

describe('a list in the order of time', () => {
  const now = Date.parse('2026-08-20T12:00:00Z');
  const timed: Cut = { by: 'createdDateTime', order: 'time', counted: 'never', span: { from: now - 30 * 86_400_000, to: now } };
  const signIns = (count: number): Row[] =>
    Array.from({ length: count }, (_, index) => ({
      id: String(index),
      createdDateTime: new Date(now - (index * 30 * 86_400_000) / count).toISOString().replace('Z', '4567Z'),
    }));
  const log = { ...request, path: '/auditLogs/signIns', cut: timed };

  it('is cut where the service is slow, without a count', async () => {
    const asked = service(signIns(1000), { took: 9000 });
    expect(ids(await read(asked, log))).toEqual(all(asked.rows));
    expect(longestChain(asked)).toBeLessThan(30);
    expect(asked.asked.some((each) => option(each, '$count'))).toBe(false);
  });

  it('is read anew where rows lie outside of their part', async () => {
    const asked = service(signIns(1000), {
      took: 9000,
      answer: (each, right) => (/ le /.test(option(each, '$filter') ?? '') ? { ...right, rows: signIns(10) } : right),
    });
    await expect(read(asked, log)).rejects.toBeInstanceOf(BegunAgain);
  });

  it('is cut by its count where it has one, and again where most rows lie together', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => ({
      id: String(index),
      createdDateTime: new Date(now - 10 * 86_400_000 - index * 1000).toISOString(),
    }));
    const asked = service(rows, { took: 900 });
    const devices = { ...log, path: '/deviceManagement/managedDevices', cut: { ...timed, counted: 'always' as const } };
    expect(ids(await read(asked, devices))).toEqual(all(rows));
    expect(longestChain(asked)).toBeLessThan(60);
  });
});

describe('a page behind a link', () => {
  it.each([400, 404, 410])('that is gone (%i) makes the list begin anew', async (status) => {
    let pages = 0;
    const asked = service(numbered(60), {
      answer: (_asked, right) => {
        if (++pages > 3) throw new SourceFault({ reason: 'unavailable', detail: 'Microsoft Graph answered 400' }, status);
        return right;
      },
    });
    const { cut: _cut, ...whole } = request;
    const error = await read(asked, whole).catch((each: unknown) => each);
    expect(error).toMatchObject({ name: 'BegunAgain', uncut: false, last: { fault: { reason: 'partial', fix: 'Scan again.' } } });
  });
});
