import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { RoleGrant } from '../role-grant.ts';

const RoleAssignmentInstance = RoleGrant.extend({
  /** Assigned = standing; Activated = switched on through an eligible assignment. */
  assignmentType: z.string().nullish(),
  /** Null = no end. */
  endDateTime: z.string().nullish(),
});

export const roleAssignmentInstances = defineDataset({
  id: 'roleAssignmentInstances',
  about: 'Directory roles that are on at the moment, with their end and whether they were activated.',
  source: 'graph',
  path: '/roleManagement/directory/roleAssignmentScheduleInstances',
  select: ['principalId', 'roleDefinitionId', 'directoryScopeId', 'assignmentType', 'endDateTime'],
  expand: 'principal',
  permissions: ['RoleAssignmentSchedule.Read.Directory'],
  alsoGrantedBy: { 'RoleAssignmentSchedule.Read.Directory': ['RoleManagement.Read.Directory'] },
  servicePlans: ['AAD_PREMIUM_P2', 'Entra_Identity_Governance'],
  row: RoleAssignmentInstance,
  keep: keepRows<z.infer<typeof RoleAssignmentInstance>>(),
});
