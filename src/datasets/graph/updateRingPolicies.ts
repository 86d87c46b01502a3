import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { autopatchPlans } from '../intune.ts';

const Ring = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  /** Days that an update waits, 0 to 30. */
  deferralInDays: z.number().nullish(),
  isPaused: z.boolean().nullish(),
  /** Whom it is for; the groups themselves are not looked up. */
  includedGroupAssignment: z.object({ assignments: z.array(z.object({ groupId: z.string().nullish() })).nullish() }).nullish(),
});

const Approval = z.object({
  id: z.string(),
  catalogEntryId: z.string().nullish(),
  /** approved, suspended. */
  status: z.string().nullish(),
  catalogEntry: z
    .object({
      displayName: z.string().nullish(),
      releaseDateTime: z.string().nullish(),
      /** security, nonSecurity, all; only of quality updates. */
      qualityUpdateClassification: z.string().nullish(),
    })
    .nullish(),
});

const Row = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  rings: z.array(Ring),
  approvals: z.array(Approval),
});
export type UpdateRingPolicy = z.infer<typeof Row>;

export const updateRingPolicies = defineDataset({
  id: 'updateRingPolicies',
  about: 'Policies of the Windows update service (Autopatch) with their rings and with the updates that somebody approved or suspended.',
  source: 'graph',
  path: '/admin/windows/updates/policies',
  beta: { because: 'v1.0 does not have the Windows update service' },
  select: ['id', 'displayName'],
  expand: 'rings,approvals($expand=catalogEntry)',
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: Row,
  keep: keepRows<UpdateRingPolicy>(),
});
