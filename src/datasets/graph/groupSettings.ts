import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const GroupSetting = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  templateId: z.string().nullish(),
  values: z.array(z.object({ name: z.string().nullish(), value: z.string().nullish() })),
});

export const groupSettings = defineDataset({
  id: 'groupSettings',
  about: 'Directory settings that differ from the defaults, such as the list of banned passwords.',
  source: 'graph',
  path: '/groupSettings',
  select: ['id', 'displayName', 'templateId', 'values'],
  permissions: ['GroupSettings.Read.All'],
  alsoGrantedBy: { 'GroupSettings.Read.All': ['Directory.Read.All'] },
  row: GroupSetting,
  keep: keepRows<z.infer<typeof GroupSetting>>(),
});
