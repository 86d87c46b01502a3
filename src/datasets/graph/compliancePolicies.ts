import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  /** `#microsoft.graph.windows10CompliancePolicy`: the system it is for. */
  '@odata.type': z.string(),
  id: z.string(),
  displayName: z.string(),
  assignments: z.array(z.object({ target: AssignmentTarget.nullish() })),
  /** Windows: `10.0.<build>.<revision>`. */
  osMinimumVersion: z.string().nullish(),
  /** Android: `2026-07-01`. */
  minAndroidSecurityPatchLevel: z.string().nullish(),
});
export type CompliancePolicy = z.infer<typeof Row>;

export const compliancePolicies = defineDataset({
  id: 'compliancePolicies',
  about: 'Compliance policies: the oldest version of a system that still counts as compliant.',
  source: 'graph',
  path: '/deviceManagement/deviceCompliancePolicies',
  beta: { because: 'v1.0 does not know the policies for company-owned Android devices' },
  // No $select: it would have to name properties of derived types on a list of many.
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<CompliancePolicy>(),
});
