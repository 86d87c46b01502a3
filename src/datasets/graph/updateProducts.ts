import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { autopatchPlans } from '../intune.ts';

const Article = z.object({ id: z.string() }).nullish();

const Issue = z.object({
  /** `WI519857`. */
  id: z.string(),
  title: z.string().nullish(),
  /** reported, investigating, confirmed, mitigated, mitigatedExternal, resolved, resolvedExternal. */
  status: z.string(),
  startDateTime: z.string().nullish(),
  safeguardHoldIds: z.array(z.number()).nullish(),
  /** The update it came with; null where it came with the version itself. */
  originatingKnowledgeBaseArticle: Article,
  resolvingKnowledgeBaseArticle: Article,
});

const Row = z.object({
  id: z.string(),
  /** `Windows 11, version 24H2`. */
  name: z.string(),
  knownIssues: z.array(Issue),
});
export type UpdateProduct = z.infer<typeof Row>;
export type KnownIssue = z.infer<typeof Issue>;

export const updateProducts = defineDataset({
  id: 'updateProducts',
  about: 'Windows versions with the known issues and safeguard holds that Microsoft lists for them.',
  source: 'graph',
  path: '/admin/windows/updates/products',
  beta: { because: 'v1.0 does not have the Windows update service' },
  select: ['id', 'name'],
  expand: 'knownIssues($select=id,title,status,startDateTime,safeguardHoldIds;$expand=originatingKnowledgeBaseArticle,resolvingKnowledgeBaseArticle)',
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: Row,
  keep: keepRows<UpdateProduct>(),
});
