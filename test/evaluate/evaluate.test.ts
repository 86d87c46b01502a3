import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { evaluateChecks } from '../../src/evaluate/evaluate.ts';
import { type AnyCheck, type AnyDataset, defineCheck, defineDataset, failIfAny, type Judgement, keepRows, UnknownEvidence } from '../../src/kit/kit.ts';
import type { Collected, Reason } from '../../src/model/evidence.ts';
import { tableContext } from '../support/check-table.ts';

const users = defineDataset({
  id: 'users',
  about: 'u',
  source: 'graph',
  path: '/users',
  permissions: ['User.Read.All'],
  row: z.object({ id: z.string() }),
  keep: keepRows<{ id: string }>(),
});
const guests = { ...users, id: 'guests' };
const skus = { ...users, id: 'subscribedSkus' } as AnyDataset;
const read: Collected<unknown> = { ok: true, kept: [{ id: '1' }], items: 1, pages: 1, at: '2026-01-01T00:00:00Z' };
const unread = (reason: Reason): Collected<unknown> => ({ ok: false, reason, detail: `no ${reason}`, fix: 'do it' });

function check(evaluate: () => Judgement, more: Partial<AnyCheck> = {}): AnyCheck {
  return { ...defineCheck({ ...blank, needs: { users }, evaluate }), ...more };
}
const blank = {
  id: 'a-b',
  title: 't',
  failTitle: 'f',
  why: 'w',
  severity: 'low' as const,
  controls: [],
  references: [],
  remediation: { effort: 'low' as const, impact: 'i', steps: ['s'] as const, rollback: 'r' },
};
const finding = (id: string) => ({ subject: { type: 'user', id, name: `name ${id}` }, message: 'm' });
const run = (each: AnyCheck, evidence: Record<string, Collected<unknown>>, context = tableContext, accept: object[] = []) =>
  evaluateChecks([{ check: each, area: 'identity' }], new Map(Object.entries(evidence)), context, skus, {
    accept: accept as never,
    owners: [{ area: 'identity', owner: 'Ada' }],
  })[0];

describe('judging one check', () => {
  it('passes on what the check says', () => {
    expect(
      run(
        check(() => ({ verdict: 'pass', examined: 3 })),
        { users: read },
      ),
    ).toEqual({ check: 'a-b', verdict: 'pass', examined: 3, owner: 'Ada' });
  });

  it('keeps the remark of a pass', () => {
    const tolerant = check(() => ({ verdict: 'pass', examined: 3, because: 'One was tolerated.' }));
    expect(run(tolerant, { users: read })).toMatchObject({ verdict: 'pass', because: 'One was tolerated.' });
  });

  it('puts the remark on a pass and not on a fail', () => {
    expect(failIfAny([], 3, 'One was tolerated.')).toEqual({ verdict: 'pass', examined: 3, because: 'One was tolerated.' });
    expect(failIfAny([], 3)).toEqual({ verdict: 'pass', examined: 3 });
    expect(failIfAny([finding('a')], 3, 'One was tolerated.')).not.toHaveProperty('because');
  });

  it.each(['permission', 'throttled', 'unavailable', 'shape', 'partial'] as const)('is an error when a need is unread: %s', (reason) => {
    expect(
      run(
        check(() => ({ verdict: 'pass', examined: 1 })),
        { users: unread(reason) },
      ),
    ).toMatchObject({ verdict: 'error', cause: { reason, dataset: 'users', detail: `no ${reason}`, fix: 'do it' } });
  });

  it('is not licensed when a need is, whatever else is missing', () => {
    const both = check(() => ({ verdict: 'pass', examined: 1 }), { needs: { guests, users } });
    expect(run(both, { guests: unread('permission'), users: unread('license') })).toMatchObject({ verdict: 'notLicensed', cause: { dataset: 'users' } });
  });

  it('leaves a need that is not licensed to the check where it says so, and nothing else', () => {
    const optional = check(() => ({ verdict: 'pass', examined: 1 }), { needsIfLicensed: { guests } });
    expect(run(optional, { users: read, guests: unread('license') })).toMatchObject({ verdict: 'pass' });
    expect(run(optional, { users: read, guests: unread('permission') })).toMatchObject({
      verdict: 'error',
      cause: { dataset: 'guests', reason: 'permission' },
    });
  });

  it('is an error when the evidence was never collected', () => {
    expect(
      run(
        check(() => ({ verdict: 'pass', examined: 1 })),
        {},
      ),
    ).toMatchObject({ verdict: 'error', cause: { reason: 'partial' } });
  });

  it('is not licensed when the tenant owns none of the plans of the control', () => {
    const premium = check(() => ({ verdict: 'pass', examined: 1 }), { servicePlans: ['AAD_PREMIUM'] });
    const poor = { ...tableContext, tenant: { ...tableContext.tenant, servicePlans: ['TEAMS1'] } };
    expect(run(premium, { users: read }, poor)).toMatchObject({ verdict: 'notLicensed' });
    expect(run(premium, { users: read })).toMatchObject({ verdict: 'pass' });
  });

  it('is an error, not a guess, when the plans are unknown and the control needs one', () => {
    const premium = check(() => ({ verdict: 'pass', examined: 1 }), { servicePlans: ['AAD_PREMIUM'] });
    const unknown = { ...tableContext, tenant: { ...tableContext.tenant, servicePlans: null } };
    expect(run(premium, { users: read, subscribedSkus: unread('permission') }, unknown)).toMatchObject({
      verdict: 'error',
      cause: { dataset: 'subscribedSkus', reason: 'permission' },
    });
    expect(
      run(
        check(() => ({ verdict: 'pass', examined: 1 })),
        { users: read },
        unknown,
      ),
    ).toMatchObject({ verdict: 'pass' });
  });

  it('turns an exception into an error that quotes nothing', () => {
    const broken = check(() => {
      throw new TypeError('secret name');
    });
    const result = run(broken, { users: read });
    expect(result).toMatchObject({ verdict: 'error', cause: { reason: 'check' } });
    expect(JSON.stringify(result)).not.toContain('secret name');
  });

  it('turns unknown evidence into an error with its words', () => {
    const unsure = check(() => {
      throw new UnknownEvidence('The setting has a value this version does not know.', 'Update.');
    });
    expect(run(unsure, { users: read })).toMatchObject({
      verdict: 'error',
      cause: { reason: 'shape', detail: 'The setting has a value this version does not know.', fix: 'Update.' },
    });
  });

  it('never takes a fail without findings', () => {
    expect(
      run(
        check(() => ({ verdict: 'fail', examined: 1, findings: [] }) as unknown as Judgement),
        { users: read },
      ),
    ).toMatchObject({ verdict: 'error', cause: { reason: 'check' } });
  });

  it('sorts findings', () => {
    const result = run(
      check(() => ({ verdict: 'fail', examined: 2, findings: [finding('b'), finding('a')] })),
      { users: read },
    );
    expect(result?.findings?.map(({ subject }) => subject.id)).toEqual(['a', 'b']);
  });
});

describe('accepted risks', () => {
  const failing = check(() => ({ verdict: 'fail', examined: 2, findings: [finding('a'), finding('b')] }));
  const risk = { check: 'a-b', reason: 'known', approvedBy: 'Ada', until: '2026-08-20' };
  it('annotates a fail up to and including the last day', () => {
    expect(run(failing, { users: read }, tableContext, [risk])).toMatchObject({ verdict: 'fail', accepted: { until: '2026-08-20' } });
    expect(run(failing, { users: read }, tableContext, [{ ...risk, until: '2026-08-19' }])).not.toHaveProperty('accepted');
  });
  it('names the subjects it covers, by id or by name', () => {
    expect(run(failing, { users: read }, tableContext, [{ ...risk, subject: 'name b' }])?.accepted?.subjects).toEqual(['b']);
    expect(run(failing, { users: read }, tableContext, [{ ...risk, subject: 'gone' }])).not.toHaveProperty('accepted');
  });
  it('never touches a pass', () => {
    expect(
      run(
        check(() => ({ verdict: 'pass', examined: 1 })),
        { users: read },
        tableContext,
        [risk],
      ),
    ).not.toHaveProperty('accepted');
  });
});
