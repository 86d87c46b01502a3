import { describe, expect, it } from 'vitest';
import { judgeRetirements } from '../../../src/advisories/retirement-radar.ts';
import type { Recommendation } from '../../../src/advisories/retirements/witness.ts';
import type { CheckResult } from '../../../src/model/run-record.ts';
import { retirementEntry } from '../../support/retirement-entry.ts';

const now = new Date('2026-11-22T12:00:00Z');
const entry = retirementEntry({ recommendations: ['oldThingDeprecation'] });
const passed: CheckResult = { check: 'old-thing-used', verdict: 'pass', examined: 3 };
const failed: CheckResult = {
  check: 'old-thing-used',
  verdict: 'fail',
  findings: [{ subject: { type: 'application', id: 'a', name: 'App a' }, message: 'It does.' }],
};
const resource = (subjectId: string, status = 'active') => ({ subjectId, displayName: `App ${subjectId}`, resourceType: 'app', status });

function advice(change: Partial<Recommendation> = {}): Recommendation {
  return {
    id: 'r1',
    displayName: 'Leave the old thing',
    recommendationType: 'oldThingDeprecation',
    status: 'active',
    impactedResources: [resource('b')],
    ...change,
  };
}

function judged(recommendations: Recommendation[] | undefined, results: CheckResult[] = [passed]) {
  return judgeRetirements([entry], { results, now, ...(recommendations ? { recommendations } : {}) })[0];
}

describe('an Entra recommendation', () => {
  it('shows use that the check did not find', () =>
    expect(judged([advice()])).toMatchObject({
      exposure: 'exposed',
      subjects: [{ type: 'app', id: 'b', name: 'App b' }],
      because: 'Entra recommends to move away from it and names what still uses it',
      witnesses: [{ source: 'entraRecommendation', id: 'r1', title: 'Leave the old thing', status: 'active' }],
    }));
  it('shows use where the check could not know or does not exist', () => {
    expect(judged([advice()], [])).toMatchObject({ exposure: 'exposed' });
    const { checks: _, ...undecided } = entry;
    expect(judgeRetirements([undecided], { results: [], recommendations: [advice()], now })[0]).toMatchObject({ exposure: 'exposed' });
  });
  it('adds what the check did not name, each once', () => {
    const record = judged([advice({ impactedResources: [resource('b'), resource('a')] })], [failed]);
    expect(record).toMatchObject({ exposure: 'exposed', check: 'old-thing-used' });
    expect(record?.subjects.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(record).not.toHaveProperty('because');
  });
});

describe('never clears a tenant', () => {
  const before = judged(undefined, [failed]);
  it.each([
    ['done', advice({ status: 'completedBySystem' })],
    ['set aside', advice({ status: 'dismissed' })],
    ['without objects', advice({ impactedResources: [] })],
    ['with objects not told', advice({ impactedResources: null })],
    ['with objects done', advice({ impactedResources: [resource('b', 'completedBySystem')] })],
    ['of a status nobody knows', advice({ status: 'unknownFutureValue' })],
  ])('%s', (_what, recommendation) => {
    expect(judged([recommendation], [failed])).toMatchObject({ exposure: before?.exposure, subjects: before?.subjects });
    expect(judged([recommendation], [])).toMatchObject({ exposure: 'unknown' });
    expect(judged([recommendation], [passed])).toMatchObject({ exposure: 'notExposed' });
  });
});

it.each([
  ['another type', 'staleApps'],
  ['no type', null],
])('of %s says nothing', (_what, recommendationType) => {
  expect(judged([advice({ recommendationType })])).toEqual(judged(undefined));
});
