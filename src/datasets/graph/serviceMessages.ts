import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { timingOf } from '../message-timing.ts';

const Row = z.object({
  /** MC number. */
  id: z.string(),
  actionRequiredByDateTime: z.string().nullish(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  /** preventOrFixIssue, planForChange, stayInformed. */
  category: z.string().nullish(),
  /** When the post leaves the message center, not when the change ends. */
  endDateTime: z.string().nullish(),
  isMajorChange: z.boolean().nullish(),
  lastModifiedDateTime: z.string().nullish(),
  services: z.array(z.string()).nullish(),
  severity: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  title: z.string(),
});
type Row = z.infer<typeof Row>;

/** A post without its body, of which only the dates are kept: it is long. */
export interface ServiceMessage extends Omit<Row, 'body'> {
  /** Dates in the part that says when it happens, `YYYY-MM` or `YYYY-MM-DD`; absent = the post has no such part. */
  timing?: readonly string[];
}

export const serviceMessages = defineDataset({
  id: 'serviceMessages',
  about: 'Posts of the message center: what Microsoft changes, and by when somebody must act.',
  source: 'graph',
  path: '/admin/serviceAnnouncement/messages',
  select: [
    'id',
    'actionRequiredByDateTime',
    'body',
    'category',
    'endDateTime',
    'isMajorChange',
    'lastModifiedDateTime',
    'services',
    'severity',
    'tags',
    'title',
  ],
  permissions: ['ServiceMessage.Read.All'],
  row: Row,
  keep: {
    start: (): ServiceMessage[] => [],
    add(kept, { body, ...post }) {
      const timing = timingOf(body?.content ?? '');
      kept.push({ ...post, ...(timing ? { timing } : {}) });
      return kept;
    },
  },
});
