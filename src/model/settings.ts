import * as z from 'zod';

/** The standards whose deadlines for updates are known; `own` = those of the settings below. */
export const patchStandards = [
  'own',
  'bod-26-04',
  'essential-eight-ml1',
  'essential-eight-ml2',
  'essential-eight-ml3',
  'pci-dss',
  'cyber-essentials',
  'cis-controls',
] as const;
export type PatchStandard = (typeof patchStandards)[number];

/** What a tenant may set for the judgement of its checks (`settings:` of tidytenant.yaml). Every field has a documented default. */
export const Settings = z.strictObject({
  /** Object ids or user principal names of emergency (break-glass) accounts: tolerated in exclusions, always listed. */
  emergencyAccounts: z.array(z.string()).default([]),
  /** Days a guest may be silent before it counts as idle. */
  guestIdleDays: z.int().min(1).default(90),
  /** Days after release by which a critical fix must be installed. */
  patchDeadlineDays: z.int().min(1).default(14),
  /** Days after its listing by CISA, or its fix if that came later, by which an exploited hole must be closed; absent = as CISA BOD 26-04 says. */
  exploitedDeadlineDays: z.int().min(1).optional(),
  /** Days after release by which every other security update must be installed. */
  routineDeadlineDays: z.int().min(1).default(30),
  /** The standard whose deadlines the tenant goes by. */
  patchStandard: z.enum(patchStandards).default('own'),
  /** Longest life of an application password, in days. */
  secretLifetimeDays: z.int().min(1).default(180),
  /** Longest life of an application certificate, in days. */
  certificateLifetimeDays: z.int().min(1).default(365),
  /** Days before the end of a credential at which it counts as expiring. */
  expiryNoticeDays: z.int().min(1).default(30),
  /** Days ahead that a message-center deadline counts as due soon. */
  dueSoonDays: z.int().min(1).default(30),
});
export type Settings = z.infer<typeof Settings>;

export const defaultSettings: Settings = Settings.parse({});
