import { expect } from 'vitest';
import check from '../../../checks/retirements/message-actions-due-soon.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { checkTable } from '../../support/check-table.ts';

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

checkTable(check, [
  {
    it: 'fails with an action due today',
    evidence: { serviceMessages: [post('2026-08-20T00:00:00Z')] },
    expect: { fail: ['MC1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'MC1 asks for action by 2026-08-20, today.' }] }),
  },
  { it: 'fails with one due in 30 days', evidence: { serviceMessages: [post('2026-09-19T23:00:00Z')] }, expect: { fail: ['MC1'] } },
  { it: 'passes with one due in 31 days', evidence: { serviceMessages: [post('2026-09-20T00:00:00Z')] }, expect: { pass: 1 } },
  {
    it: 'takes the days from the settings',
    evidence: { serviceMessages: [post('2026-10-10T00:00:00Z')] },
    context: { settings: { ...defaultSettings, dueSoonDays: 60 } },
    expect: { fail: ['MC1'] },
  },
  { it: 'leaves what has passed to another check', evidence: { serviceMessages: [post('2026-08-19T00:00:00Z')] }, expect: { pass: 1 } },
  { it: 'passes with a post without a date', evidence: { serviceMessages: [post(null)] }, expect: { pass: 1 } },
  { it: 'does not apply to an empty message center', evidence: { serviceMessages: [] }, expect: 'notApplicable' },
]);
