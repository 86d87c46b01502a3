import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { collectEvidence, type ProgressEvent } from '../../src/collect/collect.ts';
import { type AnyDataset, defineDataset, eachOf, keepRows } from '../../src/kit/kit.ts';
import type { GraphRequest } from '../../src/model/request.ts';
import { SourceFault } from '../../src/sources/fault.ts';
import type { GraphSource } from '../../src/sources/graph/graph.ts';

type Answer = unknown[][] | SourceFault;
const Row = z.object({ id: z.string() });

function dataset(id: string, more: Partial<AnyDataset> = {}): AnyDataset {
  return {
    ...defineDataset({ id, about: 'a', source: 'graph', path: `/${id}`, permissions: ['A.Read.All'], row: Row, keep: keepRows<z.infer<typeof Row>>() }),
    ...more,
  };
}

/** Answers by path: pages, or a fault after the pages. */
function source(answers: Record<string, Answer>): GraphSource & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    close: async () => {},
    async read(request: GraphRequest, { counters }, onPage) {
      asked.push(request.path);
      counters.total += 1;
      const answer = answers[request.path];
      if (!answer) throw new Error(`nobody expected ${request.path}`);
      if (answer instanceof SourceFault) throw answer;
      for (const rows of answer) await onPage(rows);
    },
  };
}

const collect = (datasets: AnyDataset[], from: GraphSource, servicePlans: string[] | null = null, onProgress?: (event: ProgressEvent) => void) =>
  collectEvidence(datasets, {
    source: from,
    now: new Date('2026-01-01T00:00:00Z'),
    signal: new AbortController().signal,
    datasetLimit: 5000,
    readings: 3,
    servicePlans: async () => servicePlans,
    ...(onProgress ? { onProgress } : {}),
  });
const refused = new SourceFault({ reason: 'permission', detail: 'refused', fix: 'grant' });

describe('collecting', () => {
  it('streams all pages through the reducer and counts them', async () => {
    const { evidence, requests } = await collect([dataset('users')], source({ '/users': [[{ id: '1', more: true }], [], [{ id: '2' }]] }));
    expect(evidence.get('users')).toMatchObject({ ok: true, kept: [{ id: '1' }, { id: '2' }], items: 2, pages: 3 });
    expect(requests.get('users')?.total).toBe(1);
  });

  it('reads a dataset once, however many rest on it', async () => {
    const groups = dataset('groups');
    const members = dataset('members', { path: '/groups/{key}/members', each: eachOf(groups, (kept: { id: string }[]) => kept.map(({ id }) => id)) });
    const from = source({ '/groups': [[{ id: 'a' }, { id: 'b/c' }]], '/groups/a/members': [[{ id: '1' }]], '/groups/b%2Fc/members': [[{ id: '2' }]] });
    const { evidence } = await collect([members, groups, members], from);
    expect(from.asked.sort()).toEqual(['/groups', '/groups/a/members', '/groups/b%2Fc/members']);
    expect(evidence.get('members')).toMatchObject({ ok: true, items: 2 });
  });

  it('asks for nothing where there is nothing to ask for', async () => {
    const groups = dataset('groups');
    const members = dataset('members', { each: eachOf(groups, () => []) });
    const from = source({ '/groups': [[]] });
    expect((await collect([members], from)).evidence.get('members')).toMatchObject({ ok: true, items: 0, pages: 0 });
    expect(from.asked).toEqual(['/groups']);
  });

  it('hands the fault of a parent on to those who ask per item of it', async () => {
    const groups = dataset('groups');
    const members = dataset('members', { each: eachOf(groups, () => ['a']) });
    const { evidence } = await collect([members], source({ '/groups': refused }));
    expect(evidence.get('members')).toMatchObject({ ok: false, reason: 'permission', detail: 'members rests on groups. refused', fix: 'grant' });
  });

  it('is unreadable as a whole when one item of many is', async () => {
    const groups = dataset('groups');
    const members = dataset('members', { path: '/{key}', each: eachOf(groups, () => ['a', 'b']) });
    const { evidence } = await collect([members], source({ '/groups': [[]], '/a': [[{ id: '1' }]], '/b': refused }));
    expect(evidence.get('members')).toMatchObject({ ok: false, reason: 'permission' });
  });

  it('names the place of a row that does not fit, never its value', async () => {
    const { evidence } = await collect(
      [dataset('users'), dataset('other')],
      source({ '/users': [[{ id: '1' }], [{ id: '2' }, { id: { secret: 'name' } }]], '/other': [[{ id: '1' }]] }),
    );
    const unread = evidence.get('users');
    expect(unread).toMatchObject({ ok: false, reason: 'shape', detail: expect.stringMatching(/row of users \(page 2\).* id: /) });
    expect(JSON.stringify(unread)).not.toContain('secret');
    expect(evidence.get('other')?.ok).toBe(true);
  });

  describe('without a licence', () => {
    const plans = { servicePlans: ['AAD_PREMIUM'] as const };
    it('does not ask', async () => {
      const from = source({});
      expect((await collect([dataset('risky', plans)], from, ['TEAMS1'])).evidence.get('risky')).toMatchObject({ ok: false, reason: 'license' });
      expect(from.asked).toEqual([]);
    });
    it('asks when the plans are not known, or one of them is owned', async () => {
      for (const owned of [null, ['AAD_PREMIUM']])
        expect((await collect([dataset('risky', plans)], source({ '/risky': [[]] }), owned)).evidence.get('risky')?.ok).toBe(true);
    });
    it('does not take the word of a service that says a plan is missing which the tenant owns', async () => {
      const unlicensed = new SourceFault({ reason: 'license', detail: 'Graph answered 403 to /risky.' });
      const read = async (owned: string[] | null, more = {}) =>
        (await collect([dataset('risky', { ...plans, ...more })], source({ '/risky': unlicensed }), owned)).evidence.get('risky');
      expect(await read(['AAD_PREMIUM'])).toMatchObject({
        ok: false,
        reason: 'unavailable',
        detail: 'Graph answered 403 to /risky. The subscriptions do include AAD_PREMIUM.',
      });
      expect(await read(null)).toMatchObject({ ok: false, reason: 'license' });
      expect(await read([], { evenUnlicensed: true })).toMatchObject({ ok: false, reason: 'license' });
      expect(await read(['AAD_PREMIUM'], { servicePlans: undefined })).toMatchObject({ ok: false, reason: 'license' });
      expect(await read(['AAD_PREMIUM'], { kql: 'DeviceInfo' })).toMatchObject({ ok: false, reason: 'license' });
    });
    it('asks all the same for what outlives its licence, and takes a refusal for what it is', async () => {
      const policies = dataset('policies', { ...plans, evenUnlicensed: true });
      expect((await collect([policies], source({ '/policies': [[{ id: '1' }]] }), [])).evidence.get('policies')).toMatchObject({ ok: true, items: 1 });
      expect((await collect([policies], source({ '/policies': refused }), [])).evidence.get('policies')).toMatchObject({ ok: false, reason: 'license' });
      expect((await collect([policies], source({ '/policies': refused }), ['AAD_PREMIUM'])).evidence.get('policies')).toMatchObject({
        ok: false,
        reason: 'permission',
      });
      const down = new SourceFault({ reason: 'unavailable', detail: 'down' });
      expect((await collect([policies], source({ '/policies': down }), [])).evidence.get('policies')).toMatchObject({ ok: false, reason: 'unavailable' });
    });
  });

  it('tells how far it is, and what became of it', async () => {
    const events: ProgressEvent[] = [];
    await collect([dataset('users')], source({ '/users': [[{ id: '1' }], [{ id: '2' }]] }), null, (event) => events.push(event));
    expect(events).toEqual([
      { dataset: 'users', items: 1, pages: 1 },
      { dataset: 'users', items: 2, pages: 2 },
      { dataset: 'users', items: 2, pages: 2, done: 'ok' },
    ]);
  });
});
