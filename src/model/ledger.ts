import * as z from 'zod';

const Day = z.iso.date();
/** UTC; fractions of a second only where there are any. */
const Moment = z.iso.datetime();
const EntryNumber = z.int().min(1);
const Cves = z.array(z.string());

/** Every entry has a number, counted from 1 per tenant without gaps, and names the run that showed what it says. */
const head = { number: EntryNumber, run: Moment };

/** A device as it was known when the entry was written. */
export const LedgerDevice = z.strictObject({
  /** Intune's id. */
  id: z.string(),
  name: z.string(),
  model: z.string().nullable(),
  /** User principal name of its primary user. */
  owner: z.string().nullable(),
});
export type LedgerDevice = z.infer<typeof LedgerDevice>;

const ofDevice = {
  device: LedgerDevice,
  /** As Intune says it: `Windows`, `iOS` … */
  platform: z.string().nullable(),
  /** The version it has since: `10.0.26100.8390`. */
  to: z.string(),
  /** First known moment with it: the check-in that the run saw, else the run. */
  firstWith: Moment,
  /** The earlier entry whose place this one takes: a run imported later knew better. */
  corrects: EntryNumber.optional(),
};

/** The device was first seen, with this version. Since when it had it, nobody knows: the interval is open to the left. */
export const StandingEntry = z.strictObject({ ...head, kind: z.literal('standing'), ...ofDevice });
export type StandingEntry = z.infer<typeof StandingEntry>;

/** The version of a device changed between two moments. */
export const ChangedEntry = z.strictObject({
  ...head,
  kind: z.literal('changed'),
  ...ofDevice,
  from: z.string(),
  /** Last known moment without it: a check-in. Null = not known. */
  lastWithout: Moment.nullable(),
});
export type ChangedEntry = z.infer<typeof ChangedEntry>;

/** An earlier entry does not stand: a run imported later showed something else. */
export const WithdrawnEntry = z.strictObject({ ...head, kind: z.literal('withdrawn'), corrects: EntryNumber });
export type WithdrawnEntry = z.infer<typeof WithdrawnEntry>;

/**
 * What changing from one version to another means, or what a version is with which devices were first seen, by the advisory
 * data of its time. The newest entry on a change counts.
 */
export const UpdateEntry = z.strictObject({
  ...head,
  kind: z.literal('update'),
  platform: z.string().nullable(),
  /** Null = nothing is known of before. */
  from: z.string().nullable(),
  to: z.string(),
  /** upgrade = another version of the system; rollback = back to an older state; standing = no change. */
  change: z.enum(['update', 'upgrade', 'rollback', 'standing']),
  /** `Windows 11 24H2`; null = not known. */
  product: z.string().nullable(),
  /** The update that gives the version `to`; null = not known. */
  kb: z.string().nullable(),
  released: Day.nullable(),
  type: z.enum(['monthly', 'preview', 'outOfBand', 'hotpatch', 'hotpatchOutOfBand']).nullable(),
  /** Months (`YYYY-MM`) whose security update it brought. */
  months: z.array(z.string()),
  /** CVEs that `from` lacked the fix of and `to` has. */
  cves: Cves,
  /** How many more CVEs it fixed, of which only the number is known. */
  unnamed: z.int().min(0),
  /** Of `cves`, four sets that stay apart. */
  critical: z.strictObject({
    /** Rated critical by Microsoft for this product. */
    microsoft: Cves,
    /** CVSS base score of at least 9.0. */
    cvss: Cves,
    /** In CISA's catalog of known exploited vulnerabilities. */
    kev: Cves,
    /** To be fixed within 3 days by CISA's BOD 26-04, where nothing milder is known. */
    threeDays: Cves,
  }),
  /** Of all CVEs fixed, those that Microsoft knows to be exploited. */
  exploited: Cves,
  /** CVEs that `from` had the fix of and `to` lacks. */
  reopened: Cves,
  /** Days of the data this rests on. */
  asOf: z.strictObject({ updates: Day, fixes: Day, kev: Day }),
  /** Why something above is not known. */
  because: z.string().nullable(),
});
export type UpdateEntry = z.infer<typeof UpdateEntry>;

/** Entries whose content was removed, as retention asks; their hashes stay, so that the chain still holds. */
export const PrunedEntry = z.strictObject({
  number: EntryNumber,
  kind: z.literal('pruned'),
  olderThan: Moment,
  /** First and last number of each stretch. */
  removed: z.array(z.tuple([EntryNumber, EntryNumber])),
});
export type PrunedEntry = z.infer<typeof PrunedEntry>;

export const LedgerEntry = z.discriminatedUnion('kind', [StandingEntry, ChangedEntry, WithdrawnEntry, UpdateEntry, PrunedEntry]);
export type LedgerEntry = z.infer<typeof LedgerEntry>;
export type LedgerKind = LedgerEntry['kind'];
export type DeviceEntry = StandingEntry | ChangedEntry;

/** One place in the chain. */
export interface LedgerLine {
  number: number;
  kind: LedgerKind;
  /** Null where retention removed it. */
  entry: LedgerEntry | null;
  /** SHA-256, hexadecimal, over the hash before and the entry; docs/ledger.md says how. */
  hash: string;
}

/** The last place in the chain: whoever notes its hash can prove later that nothing up to it was changed. */
export type LedgerEnd = Pick<LedgerLine, 'number' | 'hash'>;

/** What a check of the chain came to. */
export type ChainVerdict =
  | { intact: true; entries: number; removed: number; hash: string }
  | { intact: false; entries: number; number: number; because: string };
