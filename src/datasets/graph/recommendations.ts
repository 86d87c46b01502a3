import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';

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
  /** Which advice it is; null where neither the service nor the id tells. */
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
  keep: {
    start: (): Recommendation[] => [],
    add: (kept, row) => {
      kept.push({ ...row, recommendationType: adviceOf(row) });
      return kept;
    },
  },
});

/**
 * Types newer than the interface come as `unknownFutureValue` or null. The id ends in the name all the same,
 * `…_Microsoft.Identity.IAM.Insights.AdalToMsalMigration`: https://learn.microsoft.com/graph/api/resources/recommendationbase
 */
function adviceOf({ id, recommendationType: type }: Recommendation): string | null {
  if (type && type !== 'unknownFutureValue') return type;
  const name = /[._]([A-Z][A-Za-z0-9]*)$/.exec(id)?.[1];
  return name?.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase()) ?? null;
}
