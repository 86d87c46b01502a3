import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/sandbox/collection.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { guid, indexOf } from '../../src/sandbox/tenant/seed.ts';
import { isGuest, usersOf } from '../../src/sandbox/tenant/users.ts';
import { makeWorld } from '../../src/sandbox/tenant/world.ts';
import { clientOf } from './support/graph-client.ts';

const now = new Date('2026-08-20T12:00:00Z');

describe('startSandbox', () => {
  it('lets a hook answer, cut the connection, or wait', async () => {
    const sandbox = await startSandbox({
      users: 60,
      before: ({ path }) => {
        if (path === '/v1.0/domains')
          return { status: 429, headers: { 'retry-after': '3' }, body: { error: { code: 'TooManyRequests', message: 'Too many.' } } };
        return path === '/v1.0/groups' ? 'destroy' : undefined;
      },
    });
    const client = clientOf(sandbox);
    const throttled = await client.get('/v1.0/domains');
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3']);
    await expect(client.get('/v1.0/groups')).rejects.toThrow();
    expect((await client.get('/v1.0/organization')).status).toBe(200);
    expect(
      sandbox
        .requests()
        .filter((each) => !each.path.endsWith('/token'))
        .map((each) => each.status),
    ).toEqual([429, 0, 200]);
    await client.close();
    await sandbox.close();
  });

  it('records without secrets being needed: method, path, query, status', async () => {
    const seen: string[] = [];
    const sandbox = await startSandbox({ users: 60, record: ({ method, path, query, status }) => seen.push(`${method} ${path}${query} ${status}`) });
    const client = clientOf(sandbox);
    await client.get('/v1.0/users?$top=1&$select=id');
    expect(seen.at(-1)).toBe('GET /v1.0/users?$top=1&$select=id 200');
    await client.close();
    await sandbox.close();
  });

  it('prints hostile names when asked to', async () => {
    const sandbox = await startSandbox({ users: 60, hostileNames: true });
    const client = clientOf(sandbox);
    const { rows } = await client.all('/v1.0/users?$select=displayName');
    const names = rows.map((row) => String(row.displayName));
    expect(names.some((name) => name.includes('<script>'))).toBe(true);
    expect(names.some((name) => name.startsWith('='))).toBe(true);
    expect(names.some((name) => name.includes('\u001b'))).toBe(true);
    await client.close();
    await sandbox.close();
  });
});

describe('the tenant', () => {
  const world = makeWorld({ variant: 'messy', users: 400, devices: 300, now, hostileNames: false });

  it('is the same every time', () => {
    expect(JSON.stringify(rowsOf(usersOf(world)))).toBe(JSON.stringify(rowsOf(usersOf({ ...world }))));
  });

  it('gives ids that lead back, each once', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => guid('user', index));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id, index) => indexOf('user', id) === index)).toBe(true);
    expect(indexOf('group', guid('user', 3))).toBeUndefined();
  });

  it('has about 45 guests among 400 people', () => {
    const guests = Array.from({ length: 400 }, (_, index) => index).filter(isGuest);
    expect(guests.length).toBeGreaterThan(40);
    expect(guests.length).toBeLessThan(50);
  });

  it('makes a user of two hundred thousand on demand', () => {
    const users = usersOf(makeWorld({ variant: 'messy', users: 200_000, devices: 150_000, now, hostileNames: false }));
    expect(users.size).toBe(200_000);
    expect(users.find?.(String(users.at(199_999).id))?.userPrincipalName).toBe(users.at(199_999).userPrincipalName);
  });
});
