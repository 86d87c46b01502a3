import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const ImpactedResource = z.object({
  subjectId: z.string(),
  displayName: z.string(),
  /** app, user, tenant … */
  resourceType: z.string(),
  /** active, dismissed, postponed, completedBySystem, completedByUser and more. */
  status: z.string(),
});

const Recommendation = z.object({
  id: z.string(),
  displayName: z.string(),
  /** Which advice it is; null where the service does not tell. */
  recommendationType: z.string().nullish(),
  /** As of an impacted resource. */
  status: z.string(),
  impactedResources: z.array(ImpactedResource).nullish(),
});
export type Recommendation = z.infer<typeof Recommendation>;

/** Entra computes them itself, from sign-ins that an app cannot see; old libraries show nowhere else. */
export const recommendations = defineDataset({
  id: 'recommendations',
  about: 'Recommendations of Entra with the objects they name.',
  source: 'graph',
  path: '/directory/recommendations',
  beta: { because: 'Recommendations are not in v1.0.' },
  select: ['id', 'displayName', 'recommendationType', 'status'],
  expand: 'impactedResources',
  permissions: ['DirectoryRecommendations.Read.All'],
  row: Recommendation,
  keep: keepRows<Recommendation>(),
});
