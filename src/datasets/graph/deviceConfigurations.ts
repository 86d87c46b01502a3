import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { AssignmentTarget } from '../assignments.ts';
import { intunePlans } from '../intune.ts';

const ringType = '#microsoft.graph.windowsUpdateForBusinessConfiguration';
const days = z.int().min(0).nullish();

const Assignments = z.array(z.object({ target: AssignmentTarget.nullish() }));

/** Update ring: its settings are judged. */
const Ring = z.object({
  '@odata.type': z.literal(ringType),
  id: z.string(),
  displayName: z.string(),
  assignments: Assignments,
  qualityUpdatesDeferralPeriodInDays: days,
  featureUpdatesDeferralPeriodInDays: days,
  /** null = no deadline. */
  deadlineForQualityUpdatesInDays: days,
  deadlineForFeatureUpdatesInDays: days,
  deadlineGracePeriodInDays: days,
  postponeRebootUntilAfterDeadline: z.boolean().nullish(),
  qualityUpdatesPaused: z.boolean().nullish(),
  /** Year 1 where nothing is paused. */
  qualityUpdatesPauseExpiryDateTime: z.string().nullish(),
  featureUpdatesPaused: z.boolean().nullish(),
  featureUpdatesPauseExpiryDateTime: z.string().nullish(),
  /** Days within which a newer Windows version can be taken back; null = left to Windows, which keeps 10. */
  featureUpdatesRollbackWindowInDays: days,
  /** userDefined, notifyDownload, autoInstallAtMaintenanceTime … windowsDefault. */
  automaticUpdateMode: z.string().nullish(),
  /** The channel: userDefined, all, businessReadyOnly, or an insider build. */
  businessReadyUpdatesOnly: z.string().nullish(),
  driversExcluded: z.boolean().nullish(),
  /** Updates of Office and other Microsoft products. */
  microsoftUpdateServiceAllowed: z.boolean().nullish(),
  /** notConfigured, enabled, disabled. */
  userPauseAccess: z.string().nullish(),
  /** True while the ring uninstalls the newest update of the kind, and until somebody ends that. */
  qualityUpdatesWillBeRolledBack: z.boolean().nullish(),
  featureUpdatesWillBeRolledBack: z.boolean().nullish(),
});
/** Kinds that Microsoft ended, or whose settings it ended: docs/retirements.md. */
const judgedTypes =
  /^#microsoft\.graph\.(iosUpdateConfiguration|macOSSoftwareUpdateConfiguration|windows10EndpointProtectionConfiguration|windowsPhone\w+|windows81GeneralConfiguration|android(?!DeviceOwner|ForWork|WorkProfile)\w+|\w*(Scep|SCEP)CertificateProfile)$/;

const Judged = z.object({
  '@odata.type': z.string().refine((type) => judgedTypes.test(type)),
  id: z.string(),
  displayName: z.string(),
  assignments: Assignments,
  /** Of endpoint protection: notConfigured, enabledForEdge, enabledForOffice, enabledForEdgeAndOffice. */
  applicationGuardEnabledOptions: z.string().nullish(),
  /** Of certificate profiles; null where they have none. */
  customSubjectAlternativeNames: z.array(z.object({ sanType: z.string().nullish(), name: z.string().nullish() })).nullish(),
});
const Other = z.object({ '@odata.type': z.string().refine((type) => type !== ringType && !judgedTypes.test(type)), id: z.string() });

export type UpdateRing = z.infer<typeof Ring>;
/** A profile of a kind that Microsoft ended or whose settings it ended. */
export type JudgedProfile = z.infer<typeof Judged>;

export const deviceConfigurations = defineDataset({
  id: 'deviceConfigurations',
  about: 'Device configuration profiles, of which the Windows update rings and kinds that Microsoft ended are judged.',
  source: 'graph',
  path: '/deviceManagement/deviceConfigurations',
  beta: { because: 'v1.0 leaves the filters out of assignments, which decide whom a ring reaches' },
  // No $select: it would have to name properties of one derived type on a list of many.
  expand: 'assignments',
  permissions: ['DeviceManagementConfiguration.Read.All'],
  servicePlans: intunePlans,
  row: z.union([Ring, Judged, Other]),
  keep: {
    start: (): { rings: UpdateRing[]; judged: JudgedProfile[] } => ({ rings: [], judged: [] }),
    add: (kept, row) => {
      if (!('assignments' in row)) return kept;
      if (row['@odata.type'] === ringType) kept.rings.push(row as UpdateRing);
      else kept.judged.push(row as JudgedProfile);
      return kept;
    },
  },
});
