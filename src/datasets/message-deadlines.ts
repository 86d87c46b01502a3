import type { DeepReadonly } from '../kit/kit.ts';
import { daysBetween, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { ServiceMessage } from './graph/serviceMessages.ts';

export interface Deadline {
  message: DeepReadonly<ServiceMessage>;
  /** `YYYY-MM-DD`. */
  day: string;
  /** Calendar days from today; 0 = today, negative = passed. */
  daysLeft: number;
}

/**
 * Posts that ask for action by a date, nearest first. `endDateTime` plays no part: it is when the post leaves the
 * message center, and says nothing about whether anybody acted. Archiving is a mark of one person, unseen by an app.
 */
export function deadlines(messages: readonly DeepReadonly<ServiceMessage>[], now: Date): Deadline[] {
  const today = isoDay(now);
  const dated = messages.flatMap((message): Deadline[] => {
    if (!message.actionRequiredByDateTime) return [];
    const day = isoDay(message.actionRequiredByDateTime);
    return [{ message, day, daysLeft: daysBetween(today, day) }];
  });
  return dated.sort((a, b) => byText(a.day, b.day) || byText(a.message.id, b.message.id));
}

/** Facts every finding about a post carries. */
export function messageFacts({ message, day, daysLeft }: Deadline): Record<string, string | number | boolean> {
  return {
    actBy: day,
    daysLeft,
    services: (message.services ?? []).toSorted().join(', '),
    ...(typeof message.isMajorChange === 'boolean' ? { majorChange: message.isMajorChange } : {}),
    ...(message.tags && message.tags.length > 0 ? { tags: message.tags.toSorted().join(', ') } : {}),
  };
}
