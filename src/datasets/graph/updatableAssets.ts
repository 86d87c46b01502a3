import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { type PackedSet, packedSet } from '../../lib/packed.ts';
import { autopatchPlans } from '../intune.ts';

const deviceType = '#microsoft.graph.windowsUpdates.azureADDevice';
const Category = z.object({ enrollmentState: z.string().nullish() }).nullish();

const Device = z.object({
  '@odata.type': z.literal(deviceType),
  /** `deviceId` of the directory's device object. */
  id: z.string(),
  enrollment: z.object({ quality: Category }).nullish(),
  errors: z.array(z.object({ reason: z.string().nullish() })).nullish(),
});
const Other = z.object({ '@odata.type': z.string().refine((type) => type !== deviceType), id: z.string() });

function isDevice(row: z.infer<typeof Device> | z.infer<typeof Other>): row is z.infer<typeof Device> {
  return row['@odata.type'] === deviceType;
}

export interface UpdatableAssets {
  devices: number;
  /** Enrolled for quality updates, or on the way. */
  enrolled: number;
  /** Not enrolled for quality updates, by lower-cased `deviceId`. */
  notEnrolled: PackedSet;
  /** Devices in a state that this version does not know. */
  unclear: number;
  /** Why the service cannot serve a device, by lower-cased `deviceId`. */
  errors: Map<string, string[]>;
}

/** Of the devices that the service serves well only the number is kept. */
export const updatableAssets = defineDataset({
  id: 'updatableAssets',
  about: 'Devices that the Windows update service (Autopatch) knows, and what keeps it from serving them.',
  source: 'graph',
  path: '/admin/windows/updates/updatableAssets',
  beta: { because: 'v1.0 does not have the Windows update service' },
  // No $select: it would have to name properties of one derived type on a list of several.
  permissions: ['WindowsUpdates.Read.All'],
  servicePlans: autopatchPlans,
  row: z.union([Device, Other]),
  keep: {
    start: (): UpdatableAssets => ({ devices: 0, enrolled: 0, notEnrolled: packedSet(), unclear: 0, errors: new Map() }),
    add: (kept, row) => {
      if (!isDevice(row)) return kept;
      const id = row.id.toLowerCase();
      kept.devices += 1;
      const state = row.enrollment?.quality?.enrollmentState;
      if (state === 'notEnrolled' || state === 'unenrolling') kept.notEnrolled.add(id);
      else if (state === 'enrolled' || state === 'enrolledWithPolicy' || state === 'enrolling') kept.enrolled += 1;
      else if (state) kept.unclear += 1;
      const reasons = (row.errors ?? []).map(({ reason }) => reason ?? 'not told');
      if (reasons.length > 0) kept.errors.set(id, reasons.sort());
      return kept;
    },
  },
});
