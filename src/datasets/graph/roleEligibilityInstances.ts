import type * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { RoleGrant } from '../role-grant.ts';

export const roleEligibilityInstances = defineDataset({
  id: 'roleEligibilityInstances',
  about: 'Who may switch on which directory role through Privileged Identity Management.',
  source: 'graph',
  path: '/roleManagement/directory/roleEligibilityScheduleInstances',
  select: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
  expand: 'principal',
  permissions: ['RoleEligibilitySchedule.Read.Directory'],
  alsoGrantedBy: { 'RoleEligibilitySchedule.Read.Directory': ['RoleManagement.Read.Directory'] },
  servicePlans: ['AAD_PREMIUM_P2', 'Entra_Identity_Governance'],
  row: RoleGrant,
  keep: keepRows<z.infer<typeof RoleGrant>>(),
});
