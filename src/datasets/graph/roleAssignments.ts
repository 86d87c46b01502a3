import type * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { RoleGrant } from '../role-grant.ts';

export const roleAssignments = defineDataset({
  id: 'roleAssignments',
  about: 'Who holds which directory role now, permanently or activated for a while.',
  source: 'graph',
  path: '/roleManagement/directory/roleAssignments',
  select: ['principalId', 'roleDefinitionId', 'directoryScopeId'],
  expand: 'principal',
  permissions: ['RoleManagement.Read.Directory'],
  alsoGrantedBy: { 'RoleManagement.Read.Directory': ['Directory.Read.All'] },
  row: RoleGrant,
  keep: keepRows<z.infer<typeof RoleGrant>>(),
});
