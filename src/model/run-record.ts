import * as z from 'zod';
import { Reason } from './evidence.ts';
import { Finding, Subject } from './finding.ts';
import { Measure } from './measure.ts';
import { RetirementKind } from './retirement.ts';
import { Tenant } from './tenant.ts';
import { Area, Severity, Verdict } from './verdict.ts';

/** Raised when a reader of older records must change something; older records are lifted, never rejected. */
export const runSchemaVersion = 1;

const text = z.string();
const count = z.int().min(0);

export const ControlRef = z.strictObject({ framework: text, id: text });
export type ControlRef = z.infer<typeof ControlRef>;

export const Reference = z.strictObject({ label: text, url: z.url() });
export type Reference = z.infer<typeof Reference>;

export const Remediation = z.strictObject({
  /** low = an hour, medium = a day, high = a project. */
  effort: z.enum(['low', 'medium', 'high']),
  /** What users will notice. */
  impact: text,
  /** Portal path in words a person can follow. */
  steps: z.array(text).min(1),
  /** PowerShell or a Graph call, copyable, with placeholders `<like-this>`. */
  command: text.optional(),
  /** How to undo it. */
  rollback: text,
});
export type Remediation = z.infer<typeof Remediation>;

/** A check as it was at the time of the run, so that an old record reads right after the catalogue moved on. */
export const CheckMetadata = z.strictObject({
  id: text,
  area: Area,
  title: text,
  failTitle: text,
  why: text,
  severity: Severity,
  controls: z.array(ControlRef),
  references: z.array(Reference),
  remediation: Remediation,
  servicePlans: z.array(text),
  /** Ids of the datasets the verdict rests on. */
  needs: z.array(text),
  /** Ids of the datasets that sharpen it. */
  wants: z.array(text),
});
export type CheckMetadata = z.infer<typeof CheckMetadata>;

export const DatasetRecord = z.strictObject({
  id: text,
  about: text,
  source: text,
  path: text,
  permissions: z.array(text),
  ok: z.boolean(),
  items: count.optional(),
  pages: count.optional(),
  requests: count,
  at: text.optional(),
  reason: Reason.optional(),
  detail: text.optional(),
  fix: text.optional(),
  requestId: text.optional(),
});
export type DatasetRecord = z.infer<typeof DatasetRecord>;

/** Why a result is `error` or `notLicensed`. `check` = the check itself threw. */
export const Cause = z.strictObject({
  reason: z.union([Reason, z.literal('check')]),
  dataset: text.optional(),
  detail: text,
  fix: text.optional(),
});
export type Cause = z.infer<typeof Cause>;

/** A risk somebody accepted. `subjects` lists the subject ids it covers; absent = the whole check. */
export const Accepted = z.strictObject({ reason: text, approvedBy: text, until: text, subjects: z.array(text).optional() });
export type Accepted = z.infer<typeof Accepted>;

export const CheckResult = z.strictObject({
  check: text,
  verdict: Verdict,
  examined: count.optional(),
  findings: z.array(Finding).optional(),
  because: text.optional(),
  steps: z.array(text).optional(),
  cause: Cause.optional(),
  accepted: Accepted.optional(),
  owner: text.optional(),
  since: text.optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const ControlResult = z.strictObject({ framework: text, id: text, verdict: Verdict, checks: z.array(text) });
export type ControlResult = z.infer<typeof ControlResult>;

export const Exposure = z.enum(['exposed', 'notExposed', 'unknown', 'manual']);
export type Exposure = z.infer<typeof Exposure>;

/** Where a retirement stands on the day of the run. announced = no date is set. */
export const RetirementStatus = z.enum(['announced', 'upcoming', 'inProgress', 'onHold', 'retired', 'enforced', 'endOfSupport']);
export type RetirementStatus = z.infer<typeof RetirementStatus>;

/** How urgent a date is. */
export const DueWithin = z.enum(['overdue', 'within30Days', 'within90Days', 'later', 'undated']);
export type DueWithin = z.infer<typeof DueWithin>;

export const NextStep = z.strictObject({ date: text, what: text, daysLeft: z.int() });
export type NextStep = z.infer<typeof NextStep>;

/** What else speaks of it, beside the check. */
export const Witness = z.strictObject({ source: z.enum(['entraRecommendation']), id: text, title: text, status: text });
export type Witness = z.infer<typeof Witness>;

export const RetirementRecord = z.strictObject({
  id: text,
  title: text,
  /** As precise as its source: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null = no date announced. */
  date: text.nullable(),
  /** Days from the run to the last day `date` can mean; negative = past. */
  daysLeft: z.int().nullable(),
  exposure: Exposure,
  subjects: z.array(Subject),
  messageCenterIds: z.array(text),
  /** What stops or gets weaker. */
  breaks: text.optional(),
  /** The check that decided the exposure. */
  check: text.optional(),
  /** Why the exposure is unknown, or what a person must look at. */
  because: text.optional(),
  /** True where the date must be confirmed with Microsoft: within 90 days, resting on a plan, or told otherwise by a post. */
  confirm: z.boolean().optional(),
  product: text.optional(),
  kind: RetirementKind.optional(),
  /** messageCenter = a post of the tenant that the catalogue does not know. */
  origin: z.enum(['catalogue', 'messageCenter']).optional(),
  status: RetirementStatus.optional(),
  due: DueWithin.optional(),
  /** The nearest step on which something takes effect, on the way to `date` or after it. */
  next: NextStep.optional(),
  /** Where `date` comes from. */
  dateSource: z.enum(['catalogue', 'message']).optional(),
  /** The post that named `date`, or that names other dates (`postDates`). */
  datedBy: text.optional(),
  /** The catalogue's date where the tenant's post names another one; null = the catalogue has none. */
  movedFrom: text.nullable().optional(),
  /** Dates in the tenant's post of which none is the catalogue's, and none is surely the one that counts. */
  postDates: z.array(text).optional(),
  /** What to do. */
  steps: z.array(text).optional(),
  /** low = an hour, medium = a day, high = a project. */
  effort: z.enum(['low', 'medium', 'high']).optional(),
  sources: z.array(text).optional(),
  witnesses: z.array(Witness).optional(),
});
export type RetirementRecord = z.infer<typeof RetirementRecord>;

export const Score = z.strictObject({
  /** 0 to 100, or null when too little could be judged. */
  value: z.number().nullable(),
  /** judged ÷ (judged + error), 0 to 1; null when nothing was there to be judged. */
  coverage: z.number().nullable(),
  because: text.optional(),
});
export type Score = z.infer<typeof Score>;

export const RequestTotals = z.strictObject({ total: count, throttled: count, retried: count, bytes: count });
export type RequestTotals = z.infer<typeof RequestTotals>;

export const RunRecord = z.strictObject({
  schemaVersion: z.literal(runSchemaVersion),
  tool: z.strictObject({ name: text, version: text }),
  tenant: Tenant,
  startedAt: text,
  finishedAt: text,
  /** Date of the shipped advisory data the run was judged by. */
  advisoriesAsOf: text,
  datasets: z.array(DatasetRecord),
  checks: z.array(CheckMetadata),
  results: z.array(CheckResult),
  controls: z.array(ControlResult),
  measures: z.array(Measure),
  retirements: z.array(RetirementRecord),
  score: Score,
  requests: RequestTotals,
});
export type RunRecord = z.infer<typeof RunRecord>;
