import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type AnyDataset, defineDataset, eachOf, keepRows } from '../../src/kit/kit.ts';
import { type CatalogueEntry, CheckLoadError, loadChecks, shippedChecks } from '../../src/plan/load-checks.ts';
import { leastPermissions } from '../../src/plan/permissions.ts';
import { describeRequest, planScan } from '../../src/plan/plan.ts';
import { selectChecks, UnknownCheckError } from '../../src/plan/select.ts';

const row = z.object({ id: z.string() });
const dataset = (id: string, more: Partial<AnyDataset> = {}): AnyDataset =>
  defineDataset({ id, about: id, source: 'graph', path: `/${id}`, permissions: ['A.Read.All'], row, keep: keepRows(), ...more } as AnyDataset);
const entry = (id: string, needs: Record<string, AnyDataset>, wants?: Record<string, AnyDataset>): CatalogueEntry =>
  ({ check: { id, needs, ...(wants ? { wants } : {}) }, area: 'apps' }) as unknown as CatalogueEntry;

describe('the plan', () => {
  it('holds each dataset once, the base first, parents before their items', () => {
    const groups = dataset('groups');
    const members = dataset('aMembers', { each: eachOf(groups, () => []) });
    const users = dataset('users');
    const plan = planScan([entry('a-b', { members, users }), entry('c-d', { users }, { groups })], [dataset('organization')]);
    expect(plan.datasets.map((each) => each.id)).toEqual(['organization', 'groups', 'aMembers', 'users']);
  });

  it('refuses two datasets with one id', () => {
    expect(() => planScan([entry('a-b', { one: dataset('users') }), entry('c-d', { two: dataset('users') })], [])).toThrow(/share the id/);
  });

  it('prints requests as they are sent', () => {
    const members = dataset('members', {
      path: '/groups/{key}/members',
      select: ['id', 'displayName'],
      filter: (now) => `createdDateTime ge ${now.toISOString()}`,
      top: 999,
    });
    expect(describeRequest(members, new Date('2026-01-01T00:00:00Z'))).toBe(
      'GET /v1.0/groups/{key}/members?$select=id,displayName&$filter=createdDateTime%20ge%202026-01-01T00:00:00.000Z&$top=999',
    );
  });
});

describe('permissions', () => {
  it('leaves out what another needed permission grants anyway', () => {
    const wide = dataset('grants', { permissions: ['Directory.Read.All'] });
    const users = dataset('users', { permissions: ['User.Read.All', 'AuditLog.Read.All'], alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] } });
    expect(leastPermissions([users, wide])).toEqual([
      { name: 'AuditLog.Read.All', datasets: ['users'] },
      { name: 'Directory.Read.All', datasets: ['grants', 'users'] },
    ]);
    expect(leastPermissions([users]).map(({ name }) => name)).toEqual(['AuditLog.Read.All', 'User.Read.All']);
  });
});

describe('choosing checks', () => {
  const entries = ['guests-inactive', 'apps-unused', 'apps-owned'].map((id) => entry(id, {}));
  it.each([
    [['guests-inactive'], [], ['guests-inactive']],
    [['apps-*'], [], ['apps-unused', 'apps-owned']],
    [['apps'], ['apps/apps-owned'], ['guests-inactive', 'apps-unused']],
    [[], ['*-inactive'], ['apps-unused', 'apps-owned']],
  ])('only %j skip %j', (only, skip, expected) => {
    expect(selectChecks(entries, only, skip).map(({ check }) => check.id)).toEqual(expected);
  });
  it('suggests what was meant', () => {
    const attempt = () => selectChecks(entries, ['guest-inactive'], []);
    expect(attempt).toThrow(UnknownCheckError);
    expect(attempt).toThrow(expect.objectContaining({ suggestion: 'guests-inactive' }));
  });
  it('takes pattern characters literally', () => {
    expect(() => selectChecks(entries, ['guests.inactive'], [])).toThrow(UnknownCheckError);
  });
});

describe('loading checks', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'checks-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('finds the shipped catalogue', async () => {
    expect((await loadChecks([shippedChecks])).length).toBeGreaterThanOrEqual(36);
  });

  const faulty: [string, string, string, RegExp][] = [
    ['one that throws', 'apps', 'throw new Error("boom")', /does not load: boom/],
    ['one that does not parse', 'apps', 'export default {', /does not load/],
    ['one without default export', 'apps', 'export const x = 1', /no default export/],
    ['one with a wrong field', 'apps', 'export default { id: "a-b", title: 1 }', /title/],
    ['one in no area', 'misc', 'export default {}', /named after an area/],
  ];
  it.each(faulty)('names the file of %s', async (name, area, text, message) => {
    const root = join(folder, name.replaceAll(' ', '-'));
    await mkdir(join(root, area), { recursive: true });
    await writeFile(join(root, area, 'a-b.js'), text);
    await expect(loadChecks([root])).rejects.toThrow(CheckLoadError);
    await expect(loadChecks([root])).rejects.toThrow(message);
    await expect(loadChecks([root])).rejects.toThrow(new RegExp(area));
  });
  it('names a folder that is not there', async () => {
    await expect(loadChecks([join(folder, 'nowhere')])).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
