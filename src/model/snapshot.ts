import * as z from 'zod';

/** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, as precise as the source. */
const PartialDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const Day = z.iso.date();

/** One Windows update as published: build line, revision, day. */
export const WindowsUpdate = z.strictObject({
  /** Major build: 26100. */
  build: z.int(),
  /** Update build revision: 8457 of 26100.8457. */
  revision: z.int(),
  date: Day,
  kb: z.string(),
  kind: z.enum(['monthly', 'preview', 'outOfBand', 'hotpatch', 'hotpatchOutOfBand']),
  /** Server lines share build numbers with clients and count their revisions apart. */
  server: z.boolean(),
});
export type WindowsUpdate = z.infer<typeof WindowsUpdate>;

/** How long one Windows version is serviced, per edition group. */
export const WindowsVersion = z.strictObject({
  /** `11 23H2`, `10 22H2`, `Server 2025`. */
  name: z.string(),
  build: z.int(),
  /** enterprise = Enterprise and Education; pro = Home and Pro; ltsc and iot = their long-term releases; server; all = every client edition alike. */
  edition: z.enum(['enterprise', 'pro', 'ltsc', 'iot', 'server', 'all']),
  endOfService: Day,
  /** Last day of paid extended updates, where Microsoft sells them. */
  extendedUntil: Day.optional(),
});
export type WindowsVersion = z.infer<typeof WindowsVersion>;

export const OfficeBuild = z.strictObject({ channel: z.string(), version: z.string(), build: z.string(), date: Day });
export type OfficeBuild = z.infer<typeof OfficeBuild>;

/** The CVEs one Windows update fixes, reduced to what a report counts. */
export const WindowsFix = z.strictObject({
  /** The month document of MSRC, `YYYY-MM`. */
  month: z.string(),
  build: z.int(),
  revision: z.int(),
  kb: z.string(),
  server: z.boolean(),
  /** Delivered without a restart: the same fixes under a lower revision than the cumulative update. */
  hotpatch: z.boolean(),
  cves: z.int(),
  /** Of these, rated critical by Microsoft. */
  critical: z.int(),
  /** CVE ids that Microsoft knows to be exploited. */
  exploited: z.array(z.string()),
});
export type WindowsFix = z.infer<typeof WindowsFix>;

/** One thing Microsoft retires, enforces or changes by default. */
export const Retirement = z.strictObject({
  id: z.string(),
  title: z.string(),
  product: z.string(),
  kind: z.enum(['retirement', 'deprecation', 'end-of-support', 'enforcement', 'default-change']),
  /** The date that counts; null = none set. */
  date: PartialDate.nullable(),
  /** True where the date rests on a plan that was not read again since. */
  plan: z.boolean(),
  breaks: z.string(),
  steps: z.array(z.string()).min(1),
  messageCenterIds: z.array(z.string()),
  sources: z.array(z.url()),
  /** The checks that decide the exposure: one that finds it suffices. Absent = nothing read so far decides it. */
  checks: z.array(z.string()).min(1).optional(),
  detectability: z.enum(['automatic', 'partial', 'manual']),
  /** Where the answer lies: what would have to be read, or what a person looks at. */
  needs: z.string().optional(),
});
export type Retirement = z.infer<typeof Retirement>;

/** The advisory data a run is judged by. Pure data: the same snapshot gives the same verdicts. */
export const Snapshot = z.strictObject({
  /** Oldest date of the parts below: what the whole can be relied on for. */
  asOf: Day,
  windows: z.strictObject({
    /** Date of the newest update in the list. */
    asOf: Day,
    updates: z.array(WindowsUpdate),
    versions: z.array(WindowsVersion),
    /** Date of the CVE data, which may be older than the list of updates. */
    fixesAsOf: Day,
    fixes: z.array(WindowsFix),
  }),
  office: z.strictObject({ asOf: Day, builds: z.array(OfficeBuild) }),
  retirements: z.strictObject({ asOf: Day, entries: z.array(Retirement) }),
});
export type Snapshot = z.infer<typeof Snapshot>;
