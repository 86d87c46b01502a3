import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const AdminConsentRequestPolicy = z.object({
  isEnabled: z.boolean().nullish(),
  notifyReviewers: z.boolean().nullish(),
  remindersEnabled: z.boolean().nullish(),
  requestDurationInDays: z.number().nullish(),
  reviewers: z.array(z.object({ query: z.string().nullish(), queryType: z.string().nullish() })).nullish(),
});
export type AdminConsentRequestPolicy = z.infer<typeof AdminConsentRequestPolicy>;

export const adminConsentRequestPolicy = defineDataset({
  id: 'adminConsentRequestPolicy',
  about: 'Whether users can ask an administrator for an app, and who answers.',
  source: 'graph',
  path: '/policies/adminConsentRequestPolicy',
  single: true,
  select: ['isEnabled', 'notifyReviewers', 'remindersEnabled', 'requestDurationInDays', 'reviewers'],
  permissions: ['Policy.Read.All'],
  alsoGrantedBy: { 'Policy.Read.All': ['Directory.Read.All'] },
  row: AdminConsentRequestPolicy,
  keep: keepOne<AdminConsentRequestPolicy>(),
});
