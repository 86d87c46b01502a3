import { serviceMessages } from '../../src/datasets/graph/serviceMessages.ts';
import { deadlines, messageFacts } from '../../src/datasets/message-deadlines.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

/** Older posts have had their effect. */
const withinDays = 365;

export default defineCheck({
  id: 'message-actions-overdue',
  title: 'No action Microsoft asked for is overdue',
  failTitle: 'Actions Microsoft asked for are overdue',
  why: 'After the date something stops or becomes insecure, and the notice has been in the portal for months.',
  severity: 'high',
  controls: [],
  references: [{ label: 'Message center', url: 'https://learn.microsoft.com/microsoft-365/admin/manage/message-center' }],
  remediation: {
    effort: 'medium',
    impact: 'Depends on the post; it says who is affected.',
    steps: [
      'Microsoft 365 admin center > Health > Message center: open the post by its number.',
      'Decide whether it concerns you. If so, do what it asks, and note who did it.',
      'Done, or not about you: accept this post in the configuration with the reason and an end date.',
    ],
    rollback: 'Depends on the post.',
  },
  needs: { serviceMessages },

  evaluate({ serviceMessages: messages }, { now, snapshot }) {
    if (messages.length === 0) return { verdict: 'notApplicable', because: 'The message center holds no posts.' };
    const judgedBy = new Map(
      snapshot.retirements.entries.flatMap(({ checks, messageCenterIds }) => (checks ? messageCenterIds.map((id) => [id, list(checks)] as const) : [])),
    );
    const overdue = deadlines(messages, now).filter(({ daysLeft }) => daysLeft < 0 && daysLeft >= -withinDays);
    const findings = overdue.map((deadline) => {
      const { message, day, daysLeft } = deadline;
      const check = judgedBy.get(message.id);
      return {
        subject: { type: 'serviceUpdateMessage', id: message.id, name: message.title },
        message: `${message.id} asked for action by ${day}, ${count(-daysLeft, 'day')} ago${check ? `; whether it concerns you is judged by ${check}` : ''}.`,
        facts: { ...messageFacts(deadline), ...(check ? { check } : {}) },
      };
    });
    return failIfAny(findings, messages.length);
  },
});
