import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const ServiceMessage = z.object({
  /** MC number. */
  id: z.string(),
  actionRequiredByDateTime: z.string().nullish(),
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
export type ServiceMessage = z.infer<typeof ServiceMessage>;

/** Without the body: it is long, and Microsoft changes its headings; what is judged stands in fields of its own. */
export const serviceMessages = defineDataset({
  id: 'serviceMessages',
  about: 'Posts of the message center: what Microsoft changes, and by when somebody must act.',
  source: 'graph',
  path: '/admin/serviceAnnouncement/messages',
  select: ['id', 'actionRequiredByDateTime', 'category', 'endDateTime', 'isMajorChange', 'lastModifiedDateTime', 'services', 'severity', 'tags', 'title'],
  permissions: ['ServiceMessage.Read.All'],
  row: ServiceMessage,
  keep: keepRows<ServiceMessage>(),
});
