import { serviceMessages } from '../../src/datasets/graph/serviceMessages.ts';
import { deadlines, messageFacts } from '../../src/datasets/message-deadlines.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'message-actions-due-soon',
  title: 'No action Microsoft asks for is due soon',
  failTitle: 'Actions Microsoft asks for are due soon',
  why: 'A few weeks are little for a change in the business; whoever starts now still chooses the day.',
  severity: 'medium',
  controls: [],
  references: [{ label: 'Message center', url: 'https://learn.microsoft.com/microsoft-365/admin/manage/message-center' }],
  remediation: {
    effort: 'medium',
    impact: 'Depends on the post; it says who is affected.',
    steps: [
      'Microsoft 365 admin center > Health > Message center: open the post by its number.',
      'Decide whether it concerns you, and give it to a person with a date.',
      'Done, or not about you: accept this post in the configuration with the reason and an end date.',
    ],
    rollback: 'Depends on the post.',
  },
  needs: { serviceMessages },

  evaluate({ serviceMessages: messages }, { now, settings }) {
    if (messages.length === 0) return { verdict: 'notApplicable', because: 'The message center holds no posts.' };
    const soon = deadlines(messages, now).filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= settings.dueSoonDays);
    const findings = soon.map((deadline) => {
      const { message, day, daysLeft } = deadline;
      const when = daysLeft === 0 ? 'today' : `in ${count(daysLeft, 'day')}`;
      return {
        subject: { type: 'serviceUpdateMessage', id: message.id, name: message.title },
        message: `${message.id} asks for action by ${day}, ${when}.`,
        facts: messageFacts(deadline),
      };
    });
    return failIfAny(findings, messages.length);
  },
});
