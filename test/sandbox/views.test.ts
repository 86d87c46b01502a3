import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byText } from '../../src/lib/text.ts';
import { type Collection, listOf, type Row } from '../../src/sandbox/collection.ts';
import { parseFilter } from '../../src/sandbox/odata-filter.ts';
import { keyOf } from '../../src/sandbox/odata-order.ts';
import { predicateOf } from '../../src/sandbox/predicate.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { makeViews } from '../../src/sandbox/views.ts';
import { type Client, clientOf } from './support/graph-client.ts';

const eventual = { consistencylevel: 'eventual' };
const now = new Date('2026-08-20T12:00:00Z');

describe('what values are ordered by', () => {
  it.each([
    ['Müller', 'müller'],
    ['2025-03-31T23:59:59.9999999Z', '2025-03-31T23:59:59.9999999Z'],
    ['2025-03-31', '2025-03-31T00:00:00.0000000Z'],
    ['2025-03-31T23:59Z', '2025-03-31T23:59:00.0000000Z'],
    ['2025-04-01T01:59:59.1234567+02:00', '2025-03-31T23:59:59.1234567Z'],
    ['2025-03-31 or later', '2025-03-31 or later'],
  ])('%s is %s', (value, key) => {
    expect(keyOf(value)).toBe(key);
  });

  it('has nothing between two neighbors of 100 nanoseconds', () => {
    const [a, b] = [keyOf('2025-03-31T23:59:59.9999999Z'), keyOf('2025-04-01T00:00:00Z')];
    expect(String(a) < String(b)).toBe(true);
    expect(a === keyOf('2025-03-31T23:59:59.999Z')).toBe(false);
  });
});

describe('a view', () => {
  const names = ['beta', 'Alpha', null, 'alpha', "O'Neil", 'Ä', null, 'gamma', '_under', 'alphabet', '2026-01-01', ''];
  const rows: Row[] = Array.from({ length: 1200 }, (_, at) => ({ id: String(at), name: names[at % names.length] ?? null, even: at % 2 === 0, at: at % 7 }));
  const plain = listOf(rows);
  const ranged: Collection = { ...listOf(rows), ranged: ['name'] };
  const idsOf = (collection: Collection, filter: string | undefined, orderby: { name: string; descending: boolean }[] = []) => {
    const predicate = predicateOf(collection, filter === undefined ? undefined : parseFilter(filter), undefined, () => false);
    const view = makeViews()({ collection, predicate, orderby, identity: JSON.stringify([filter, orderby]) });
    return Array.from({ length: view.size }, (_, position) => view.at(position));
  };

  it.each([
    "name ge 'alpha'",
    "name ge 'ALPHA' and name le 'alpha'",
    "name gt 'alpha' and name lt 'beta'",
    "name ge 'b' and name le 'a'",
    "name ge 'alpha' and name ge 'b'",
    "name le 'b'",
    "name lt ''",
    "name eq 'Alpha'",
    "name eq 'O''Neil'",
    'name eq null',
    'name ne null',
    'name ge null',
    "name ge 'a' and name eq null",
    "even eq true and (name ge 'a' and name le 'gamma')",
    "name ge 'a' and (at eq 1 or at eq 2) and not(name eq 'beta')",
    "name ge 'a' or name eq null",
    "'alpha' le name",
    "tolower(name) ge 'g'",
  ])('%s: the same rows, in the same order, whether or not an order is remembered', (filter) => {
    expect(idsOf(ranged, filter)).toEqual(idsOf(plain, filter));
  });

  it('of ranges that touch holds every row that has a name once', () => {
    const bounds = ['', '_', 'alpha', 'alpha', 'b', 'g', 'o', 'z'];
    const parts = bounds.map((bound, at) =>
      idsOf(ranged, at + 1 < bounds.length ? `name ge '${bound}' and name lt '${bounds[at + 1]}'` : `name ge '${bound}'`),
    );
    expect([...parts.flat(), ...idsOf(ranged, 'name eq null')].sort((a, b) => a - b)).toEqual(rows.map((_, at) => at));
  });

  it.each([true, false])('is ordered by a property, nulls first, and back (remembered: %s)', (remembered) => {
    const collection = remembered ? ranged : plain;
    const up = idsOf(collection, undefined, [{ name: 'name', descending: false }]).map((at) => rows[at]?.name as string | null);
    expect(up.slice(0, 200).every((name) => name === null)).toBe(true);
    const keys = up.slice(200).map((name) => String(keyOf(name)));
    expect(keys).toEqual([...keys].sort(byText));
    expect(idsOf(collection, "name le 'zzz'", [{ name: 'name', descending: true }]).map((at) => String(keyOf(rows[at]?.name)))[0]).toBe("o'neil");
  });

  it('is ordered by several properties, and by another than its range is of', () => {
    const order = [
      { name: 'at', descending: true },
      { name: 'name', descending: false },
    ];
    const found = idsOf(ranged, "name ge 'b'", order).map((at) => rows[at] as Row);
    const sorted = [...found].sort(
      (a, b) => Number(b.at) - Number(a.at) || byText(String(keyOf(a.name)), String(keyOf(b.name))) || Number(a.id) - Number(b.id),
    );
    expect(found).toEqual(sorted);
    expect(found.length).toBe(idsOf(plain, "name ge 'b'").length);
  });

  it('asks once per kind where rows are alike', () => {
    let asked = 0;
    const collection: Collection = {
      size: 1200,
      at: (index) => {
        asked += 1;
        return { kind: index % 3 };
      },
      kinds: { count: 3, of: (index) => index % 3, names: new Set(['kind']) },
    };
    expect(idsOf(collection, 'kind eq 1')).toHaveLength(400);
    expect(asked).toBe(3);
  });

  it('is found again as long as there is room', () => {
    const views = makeViews(15_000);
    const asked: string[] = [];
    const view = (word: string) => {
      const predicate = { conditions: [], without: () => undefined, test: () => asked.push(word) > 0 };
      return views({ collection: plain, predicate, orderby: [], identity: word });
    };
    for (const word of ['a', 'b', 'a', 'c', 'd', 'a', 'b']) view(word);
    expect(asked.filter((_, at) => at % 1200 === 0).join('')).toBe('abcdb');
  });
});

describe('long lists', () => {
  let sandbox: Sandbox;
  let client: Client;
  beforeAll(async () => {
    sandbox = await startSandbox({ users: 2600, devices: 1900, signIns: 3000, servicePrincipals: 1300, applications: 1100, hostileNames: true, now });
    client = clientOf(sandbox);
  });
  afterAll(async () => {
    await client.close();
    await sandbox.close();
  });
  const address = (path: string, filter: string | undefined, more = '') =>
    `${path}${filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`}${more}`;
  const get = (path: string, filter?: string, more = '') => client.get(address(path, filter, more), eventual);
  const all = async (path: string, filter?: string, more = '&$count=true') => {
    const rows: Row[] = [];
    const counts: (number | undefined)[] = [];
    for (let next: string | undefined = address(path, filter, more); next; ) {
      const { status, body } = await client.get(next, eventual);
      expect(status, JSON.stringify(body)).toBe(200);
      rows.push(...body.value);
      counts.push(body['@odata.count']);
      next = body['@odata.nextLink'];
    }
    return { rows, counts, ids: rows.map(({ id }) => String(id)) };
  };
  const sorted = (ids: readonly string[]) => [...ids].sort(byText);
  const quoted = (text: unknown) => `'${String(text).replaceAll("'", "''")}'`;

  it.each([
    ['/v1.0/users?$select=id,userPrincipalName&$top=999', 'userPrincipalName', 2600, ''],
    ['/v1.0/users?$select=id,userPrincipalName&$top=500', 'userPrincipalName', 2497, 'accountEnabled eq true'],
    ['/v1.0/users?$select=id,userPrincipalName&$top=100', 'userPrincipalName', 287, "userType eq 'Guest'"],
    ['/v1.0/users?$select=id,displayName&$top=400', 'displayName', 2600, ''],
    ['/v1.0/servicePrincipals?$select=id,displayName&$top=400', 'displayName', 1300, ''],
    ['/v1.0/applications?$select=id,displayName&$top=400', 'displayName', 1100, ''],
  ])('%s cut by %s at names that are there: nothing lost, nothing twice', async (path, by, size, filter) => {
    const own = filter === '' ? undefined : filter;
    const whole = await all(path, own);
    expect(whole.ids.length).toBe(size);
    expect(whole.counts).toEqual([size, ...whole.counts.slice(1).map(() => undefined)]);
    const names = whole.rows.map((row) => row[by]).filter((name) => name !== null);
    const cuts = [...new Set([3, 700, 1500, 90, 210].map((at) => String(keyOf(names[at % names.length]))))].sort(byText);
    const range = (from: string | undefined, to: string | undefined) =>
      [from === undefined ? [] : `${by} ge ${quoted(from)}`, to === undefined ? [] : `${by} lt ${quoted(to)}`].flat().join(' and ');
    const filters = [undefined, ...cuts].map((from, at) => range(from, cuts[at]));
    const parts = await Promise.all([...filters, `${by} eq null`].map((each) => all(path, own ? `${own} and (${each})` : each)));
    for (const part of parts) expect(part.counts[0]).toBe(part.ids.length);
    expect(sorted(parts.flatMap(({ ids }) => ids))).toEqual(sorted(whole.ids));
    const closed = await all(
      path,
      own ? `${own} and (${by} ge ${quoted(cuts[0])} and ${by} le ${quoted(cuts[1])})` : `${by} ge ${quoted(cuts[0])} and ${by} le ${quoted(cuts[1])}`,
    );
    expect(closed.rows.some((row) => keyOf(row[by]) === cuts[1])).toBe(true);
  });

  it('finds the last name of a range', async () => {
    const path = '/v1.0/users?$select=userPrincipalName&$count=true';
    const { rows } = await all('/v1.0/users?$select=userPrincipalName&$top=999');
    const last = rows.map((row) => String(row.userPrincipalName).toLowerCase()).filter((name) => name >= 'c' && name <= 'f');
    const { body } = await get(path, "userPrincipalName ge 'C' and userPrincipalName le 'F'", '&$orderby=userPrincipalName desc&$top=1');
    expect(body.value).toHaveLength(1);
    expect(body.value[0].userPrincipalName.toLowerCase()).toBe(last.sort(byText).at(-1));
    expect(body['@odata.count']).toBe(last.length);
    const { rows: ordered } = await all('/v1.0/users?$select=userPrincipalName&$top=300&$orderby=userPrincipalName', undefined);
    expect(ordered.map((row) => keyOf(row.userPrincipalName))).toEqual(
      rows.map((row) => keyOf(row.userPrincipalName)).sort((a, b) => byText(String(a), String(b))),
    );
  });

  it.each([
    ['/v1.0/users?$orderby=mail&$count=true', eventual],
    ['/v1.0/users?$orderby=displayName&$filter=accountEnabled eq true&$count=true', {}],
    ['/v1.0/users?$orderby=createdDateTime', {}],
    ['/v1.0/applications?$orderby=displayName', {}],
    ["/v1.0/servicePrincipals?$filter=displayName ge 'a'&$orderby=displayName", eventual],
    ['/v1.0/servicePrincipals?$filter=displayName eq null', {}],
  ])('%s is refused as the service refuses it', async (path, headers) => {
    const { status, body } = await client.get(path, headers as Record<string, string>);
    expect([status, body.error?.code]).toEqual([400, 'Request_UnsupportedQuery']);
  });

  it.each(['nope', 'displayName down', 'displayName,', ''])('$orderby=%s is a mistake', async (orderby) => {
    expect((await client.get(`/v1.0/users?$orderby=${orderby}&$count=true`, eventual)).body.error.code).toBe('BadRequest');
  });

  it.each(['v1.0', 'beta'])('managed devices of %s in windows of enrolment, to 100 nanoseconds', async (version) => {
    const path = `/${version}/deviceManagement/managedDevices?$select=id,enrolledDateTime&$top=300`;
    const whole = await all(path);
    expect(whole.counts.every((each) => each === 1900)).toBe(true);
    const fine = whole.rows.map((row) => String(row.enrolledDateTime)).find((time) => /\.\d{6}[1-9]Z$/.test(time)) as string;
    const before = fine.replace(/(\d)Z$/, (_, digit) => `${Number(digit) - 1}Z`);
    const windows = ['2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z', fine, '2027-01-01T00:00:00Z'].sort((a, b) => byText(String(keyOf(a)), String(keyOf(b))));
    const parts = await Promise.all(windows.slice(1).map((to, at) => all(path, `enrolledDateTime ge ${windows[at]} and enrolledDateTime lt ${to}`)));
    expect(sorted(parts.flatMap(({ ids }) => ids))).toEqual(sorted(whole.ids));
    expect((await all(path, `enrolledDateTime ge ${fine} and enrolledDateTime le ${fine}`)).counts[0]).toBe(1);
    expect((await all(path, `enrolledDateTime gt ${before} and enrolledDateTime lt ${fine}`)).counts[0]).toBe(0);
    expect((await all(path, 'enrolledDateTime ge 2025-01-01T00:00:00Z and enrolledDateTime le 2025-03-31T23:59:59.9999999Z')).ids.length).toBeGreaterThan(100);
  });

  it('a sign-in log in windows of time, newest first, with entries of one moment', async () => {
    const path = '/beta/auditLogs/signIns?$select=id,createdDateTime&$top=1000';
    const events = "signInEventTypes/any(t:t eq 'interactiveUser' or t eq 'nonInteractiveUser')";
    const old = "(clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3' or clientAppUsed eq 'Other clients')";
    const whole = await all(path, events, '');
    expect(whole.ids.length).toBe(3000 + 290);
    expect(new Set(whole.ids).size).toBe(whole.ids.length);
    const times = whole.rows.map((row) => String(keyOf(row.createdDateTime)));
    expect(times).toEqual([...times].sort(byText).reverse());
    expect(new Set(times).size).toBeLessThan(times.length - 500);
    const edges = ['2026-07-01T00:00:00Z', '2026-07-29T12:30:00Z', String(times[1500]), '2026-08-11T08:00:00.1234567Z', '2026-08-21T00:00:00Z'];
    for (const more of [events, `${events} and ${old}`]) {
      const { ids } = await all(path, more, '');
      const parts = await Promise.all(
        edges.slice(1).map((to, at) => all(path, `createdDateTime ge ${edges[at]} and createdDateTime lt ${to} and ${more}`, '')),
      );
      expect(sorted(parts.flatMap((part) => part.ids))).toEqual(sorted(ids));
      expect(ids.length).toBeGreaterThan(800);
    }
    const moment = times.find((time, at) => times[at + 1] === time) as string;
    expect((await all(path, `createdDateTime ge ${moment} and createdDateTime le ${moment} and ${events}`, '')).ids.length).toBeGreaterThan(1);
  });

  it('only interactive sign-ins unless others are named', async () => {
    const { rows } = await all('/v1.0/auditLogs/signIns?$select=id,isInteractive&$top=1000', undefined, '');
    expect(rows.length).toBeGreaterThan(300);
    expect(rows.every((row) => row.isInteractive === true)).toBe(true);
  });
});

describe('user principal names', () => {
  it.each(['natural', 'numbered'] as const)('%s: unique, and found by name', async (upnStyle) => {
    const sandbox = await startSandbox({ users: 1500, upnStyle });
    const client = clientOf(sandbox);
    const { rows } = await client.all('/v1.0/users?$select=id,userPrincipalName&$top=999');
    const names = rows.map((row) => String(row.userPrincipalName));
    expect(new Set(names).size).toBe(1500);
    expect(names.filter((name) => /^user\d{6}[@_]/.test(name)).length).toBe(upnStyle === 'numbered' ? 1497 : 0);
    for (const at of [0, 10, 11, 20, 1234, 1499]) {
      const { body } = await client.get(`/v1.0/users/${encodeURIComponent(String(names[at]))}?$select=id`);
      expect(body.id).toBe(rows[at]?.id);
    }
    await client.close();
    await sandbox.close();
  });
});
