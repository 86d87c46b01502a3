import * as z from 'zod';
import { Retirement } from './retirement.ts';

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

/** One major version of a system of Apple: what it is at, and whether it still gets updates. */
export const AppleCycle = z.strictObject({
  platform: z.enum(['macOS', 'iOS', 'iPadOS']),
  major: z.int(),
  /** Day of its first version. */
  released: Day,
  /** `26.6.2`. */
  latest: z.string().regex(/^\d+(\.\d+){0,2}$/),
  /** Day of the latest one. */
  date: Day,
  /** Last day of updates; null = there is none yet. Apple publishes none beforehand. */
  endOfService: Day.nullable(),
});
export type AppleCycle = z.infer<typeof AppleCycle>;

/** One build of Microsoft 365 Apps in one channel. */
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
  /** The CVE ids it fixes; absent where only counts are known, fewer than `cves` where part of the document was not seen. */
  ids: z.array(z.string()).optional(),
  /** Of these, rated critical for this product. */
  criticalIds: z.array(z.string()).optional(),
});
export type WindowsFix = z.infer<typeof WindowsFix>;

/** The CVEs an update of another product fixes. */
export const ProductFix = z.strictObject({
  month: z.string(),
  /** Microsoft's name without the architecture: `Microsoft 365 Apps for Enterprise`. */
  product: z.string(),
  /** Null where no article has a number, as for Click-to-Run. */
  kb: z.string().nullable(),
  /** Null for Click-to-Run: fixed by the build its channel and line received on the month's Patch Tuesday. */
  build: z.string().nullable(),
  ids: z.array(z.string()),
  /** Of these, rated critical for this product. */
  criticalIds: z.array(z.string()),
});
export type ProductFix = z.infer<typeof ProductFix>;

/** One vulnerability in Microsoft's words. What CISA says of it stands in the lists of CISA. */
export const Vulnerability = z.strictObject({
  id: z.string(),
  /** Day (UTC) of its first publication, which may precede the fix. */
  published: Day,
  /** Highest rating among the products kept here; null = not rated. A single product may be rated lower: see `criticalIds`. */
  severity: z.enum(['critical', 'important', 'moderate', 'low']).nullable(),
  /** Highest CVSS base score among the products kept here; null = not scored. */
  cvss: z.number().min(0).max(10).nullable(),
  /** Microsoft knows of exploitation. */
  exploited: z.boolean(),
});
export type Vulnerability = z.infer<typeof Vulnerability>;

/** One row of CISA's catalog of known exploited vulnerabilities. */
export const KevEntry = z.strictObject({
  id: z.string(),
  vendor: z.string(),
  product: z.string(),
  added: Day,
  due: Day,
  /** True where CISA knows of use by ransomware; false = not known. */
  ransomware: z.boolean(),
  /** The directive the row's required action names, and so the rule its due date follows. */
  directive: z.enum(['BOD 22-01', 'BOD 26-04']).nullable(),
});
export type KevEntry = z.infer<typeof KevEntry>;

/** One row of the decision table of CISA's BOD 26-04. */
export const DeadlineRow = z.strictObject({
  inKev: z.boolean(),
  publiclyExposed: z.boolean(),
  automatable: z.boolean(),
  technicalImpact: z.enum(['partial', 'total']),
  /** Null = with the next upgrade of the system. */
  days: z.int().nullable(),
  /** Whether the system must be searched for traces of an attack. */
  forensics: z.boolean(),
});
export type DeadlineRow = z.infer<typeof DeadlineRow>;

/** CISA's answers to two of the four questions of BOD 26-04; null = not answered. */
export const SsvcPoint = z.strictObject({ id: z.string(), automatable: z.boolean().nullable(), technicalImpact: z.enum(['partial', 'total']).nullable() });
export type SsvcPoint = z.infer<typeof SsvcPoint>;

/** FIRST's estimate of exploitation within 30 days. */
export const EpssScore = z.strictObject({ id: z.string(), score: z.number().min(0).max(1), percentile: z.number().min(0).max(1) });
export type EpssScore = z.infer<typeof EpssScore>;

export const ExchangeBuild = z.strictObject({ product: z.string(), build: z.string(), date: Day });
export type ExchangeBuild = z.infer<typeof ExchangeBuild>;

/** What one month document of MSRC came down to. */
export const MonthData = z.strictObject({
  /** `YYYY-MM`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** When the document was last revised; null = the document itself was not read. */
  revised: z.iso.datetime().nullable(),
  /** Vulnerabilities in the document, also those of products not kept here; null = the document was not read. */
  count: z.int().nullable(),
  /** False where part of the document's products was not seen. */
  complete: z.boolean(),
  fixes: z.array(WindowsFix.omit({ month: true })),
  products: z.array(ProductFix.omit({ month: true })),
  vulnerabilities: z.array(Vulnerability),
});
export type MonthData = z.infer<typeof MonthData>;

/** The parts of the advisory data. Each comes from sources of its own and has an age of its own. */
export const Parts = z.strictObject({
  /** `asOf`: day of the newest update in the list. */
  windows: z.strictObject({ asOf: Day, updates: z.array(WindowsUpdate) }),
  /** `asOf`: day the dates were read. */
  lifecycle: z.strictObject({ asOf: Day, versions: z.array(WindowsVersion) }),
  /** `asOf`: day the versions were read. */
  apple: z.strictObject({ asOf: Day, cycles: z.array(AppleCycle) }),
  /** `asOf`: day of the newest revision in the index of MSRC that the months were compared with. */
  vulnerabilities: z.strictObject({ asOf: Day, months: z.array(MonthData) }),
  /** `asOf`: day of the newest build. */
  office: z.strictObject({ asOf: Day, builds: z.array(OfficeBuild) }),
  exchange: z.strictObject({ asOf: Day, builds: z.array(ExchangeBuild) }),
  /** `asOf`: day of the catalog's release. `scope` says whose rows are here: absence proves nothing beyond it. */
  kev: z.strictObject({ asOf: Day, scope: z.enum(['microsoft', 'all']), entries: z.array(KevEntry) }),
  bod2604: z.strictObject({ asOf: Day, version: z.string(), rows: z.array(DeadlineRow).length(16) }),
  /** Only for the CVEs whose deadline hangs on it; null = never read. */
  ssvc: z.strictObject({ asOf: Day, points: z.array(SsvcPoint) }).nullable(),
  /** Only for CVEs that occur above; null = never read. */
  epss: z.strictObject({ asOf: Day, scores: z.array(EpssScore) }).nullable(),
});
export type Parts = z.infer<typeof Parts>;
export type PartName = keyof Parts;

/** The advisory data a run is judged by. Pure data: the same snapshot gives the same verdicts. */
export const Snapshot = z.strictObject({
  /** Oldest date of the parts that verdicts and measures rest on: what the whole can be relied on for. */
  asOf: Day,
  windows: z.strictObject({
    /** Date of the newest update in the list. */
    asOf: Day,
    updates: z.array(WindowsUpdate),
    /** Day the service dates were read. */
    lifecycleAsOf: Day,
    versions: z.array(WindowsVersion),
    /** Date of the CVE data, which may be older than the list of updates. */
    fixesAsOf: Day,
    fixes: z.array(WindowsFix),
  }),
  apple: Parts.shape.apple,
  office: Parts.shape.office,
  vulnerabilities: z.strictObject({
    asOf: Day,
    /** Months whose CVEs are listed one by one below, for every product kept. Of other months only counts may be known. */
    completeMonths: z.array(z.string()),
    /** One entry per CVE, by id. */
    entries: z.array(Vulnerability),
    products: z.array(ProductFix),
  }),
  exchange: Parts.shape.exchange,
  kev: Parts.shape.kev,
  bod2604: Parts.shape.bod2604,
  ssvc: Parts.shape.ssvc,
  epss: Parts.shape.epss,
  retirements: z.strictObject({ asOf: Day, entries: z.array(Retirement) }),
});
export type Snapshot = z.infer<typeof Snapshot>;
