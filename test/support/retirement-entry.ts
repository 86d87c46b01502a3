import type { Retirement } from '../../src/model/retirement.ts';

/** An entry of the catalogue that a check decides; `change` says what differs. */
export function retirementEntry(change: Partial<Retirement> = {}): Retirement {
  return {
    id: 'old-thing',
    title: 'Old thing',
    product: 'Microsoft 365',
    kind: 'retirement',
    asOf: '2026-08-01',
    announced: '2025-01',
    date: '2027-04-01',
    confidence: 'high',
    milestones: [{ date: '2027-04-01', what: 'it stops' }],
    breaks: 'It stops.',
    steps: ['Move on'],
    effort: 'low',
    messageCenterIds: [],
    sources: [{ url: 'https://learn.microsoft.com/' }],
    checks: ['old-thing-used'],
    detectability: 'automatic',
    look: [{ in: 'graph', at: 'GET /v1.0/things', exposedWhen: 'there is one' }],
    ...change,
  };
}
