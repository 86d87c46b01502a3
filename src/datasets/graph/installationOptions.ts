import * as z from 'zod';
import { defineDataset, keepOne } from '../../kit/kit.ts';

const Row = z.object({
  /** current, monthlyEnterprise, semiAnnual. */
  updateChannel: z.string().nullish(),
});

export const installationOptions = defineDataset({
  id: 'installationOptions',
  about: 'Update channel that users get when they install Microsoft 365 Apps themselves.',
  source: 'graph',
  path: '/admin/microsoft365Apps/installationOptions',
  single: true,
  select: ['updateChannel'],
  permissions: ['OrgSettings-Microsoft365Install.Read.All'],
  row: Row,
  keep: keepOne<z.infer<typeof Row>>(),
});
