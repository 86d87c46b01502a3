import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { autopatchPlans } from '../intune.ts';

const Revision = z.object({
  id: z.string(),
  osBuild: z.object({ buildNumber: z.int(), updateBuildRevision: z.int() }),
  releaseDateTime: z.iso.datetime({ offset: true }),
  isHotpatchUpdate: z.boolean(),
  knowledgeBaseArticle: z.object({ id: z.string() }).nullish(),
  /** Of an update of quality: security, nonSecurity, and monthly, outOfBand. Other entries have neither. */
  catalogEntry: z.object({ qualityUpdateClassification: z.string().nullish(), qualityUpdateCadence: z.string().nullish() }).nullish(),
});

const Row = z.object({
  id: z.string(),
  /** `Windows 11, version 24H2`. */
  name: z.string(),
  revisions: z.array(Revision),
});
export type UpdateRevisions = z.infer<typeof Row>;

/** Apart from `updateProducts`: many rows more, which only words and one figure rest on. */
export const updateRevisions = defineDataset({
  id: 'updateRevisions',
  about: "Windows updates in Microsoft's own catalog: shows which are newer than the data of this program.",
  source: 'graph',
  path: '/admin/windows/updates/products',
  beta: { because: 'v1.0 does not have the Windows update service' },
  select: ['id', 'name'],
  expand: 'revisions($select=id,osBuild,releaseDateTime,isHotpatchUpdate;$expand=catalogEntry,knowledgeBaseArticle)',
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: Row,
  keep: keepRows<UpdateRevisions>(),
});
