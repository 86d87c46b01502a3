import * as z from 'zod';

/** What a tenant may set for the judgement of its checks (`settings:` of tidytenant.yaml). Every field has a documented default. */
export const Settings = z.strictObject({
  /** Object ids or user principal names of emergency (break-glass) accounts: tolerated in exclusions, always listed. */
  emergencyAccounts: z.array(z.string()).default([]),
  /** Days a guest may be silent before it counts as idle. */
  guestIdleDays: z.int().min(1).default(90),
  /** Days after release by which a critical fix must be installed. */
  patchDeadlineDays: z.int().min(1).default(14),
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
