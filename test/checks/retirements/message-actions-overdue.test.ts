import { expect } from 'vitest';
import check from '../../../checks/retirements/message-actions-overdue.ts';
import { checkTable, tableContext } from '../../support/check-table.ts';
import { retirementEntry } from '../../support/retirement-entry.ts';

function post(actionRequiredByDateTime: string | null, change: Record<string, unknown> = {}) {
  return {
    id: 'MC1',
    title: 'Old thing ends',
    actionRequiredByDateTime,
    category: 'planForChange',
    endDateTime: '2030-01-01T00:00:00Z',
    services: ['Exchange Online'],
    tags: ['Retirement'],
    isMajorChange: true,
    ...change,
  };
}

const entry = retirementEntry({ messageCenterIds: ['MC1'] });

checkTable(check, [
  { it: 'passes with an action due today', evidence: { serviceMessages: [post('2026-08-20T00:00:00Z')] }, expect: { pass: 1 } },
  {
    it: 'fails with one due yesterday',
    evidence: { serviceMessages: [post('2026-08-19T23:59:59Z')] },
    expect: { fail: ['MC1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [
          {
            message: 'MC1 asked for action by 2026-08-19, 1 day ago.',
            facts: { daysLeft: -1, services: 'Exchange Online', majorChange: true, tags: 'Retirement' },
          },
        ],
      }),
  },
  { it: 'fails 365 days after', evidence: { serviceMessages: [post('2025-08-20T00:00:00Z')] }, expect: { fail: ['MC1'] } },
  { it: 'leaves out what is older', evidence: { serviceMessages: [post('2025-08-19T00:00:00Z')] }, expect: { pass: 1 } },
  {
    it: 'fails although the post has left the message center',
    evidence: { serviceMessages: [post('2026-08-01T00:00:00Z', { endDateTime: '2026-08-10T00:00:00Z' })] },
    expect: { fail: ['MC1'] },
  },
  { it: 'passes with a post without a date', evidence: { serviceMessages: [post(null)] }, expect: { pass: 1 } },
  {
    it: 'fails with a post that tells little',
    evidence: { serviceMessages: [post('2026-08-01T00:00:00Z', { services: null, tags: null, isMajorChange: null, category: null })] },
    expect: { fail: ['MC1'] },
  },
  { it: 'does not apply to an empty message center', evidence: { serviceMessages: [] }, expect: 'notApplicable' },
  {
    it: 'names the check that judges the post',
    evidence: { serviceMessages: [post('2026-08-02T00:00:00Z')] },
    context: { snapshot: { ...tableContext.snapshot, retirements: { asOf: '2026-08-01', entries: [entry] } } },
    expect: { fail: ['MC1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { check: 'old-thing-used' } }] }),
  },
]);
