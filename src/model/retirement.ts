import * as z from 'zod';

const text = z.string().min(1);

/** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: as precise as the source, and the precision is the length. */
export const PartialDate = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);

/** retirement = stops; deprecation = announced, works; end-of-support = no fixes; enforcement = a security rule is switched on. */
export const RetirementKind = z.enum(['retirement', 'deprecation', 'end-of-support', 'enforcement', 'default-change']);
export type RetirementKind = z.infer<typeof RetirementKind>;

/** Where an answer lies. */
export const EvidenceSource = z.enum([
  'graph',
  'intune',
  'feeds',
  'exchange',
  'sharePoint',
  'pnp',
  'teams',
  'compliance',
  'powerPlatform',
  'defender',
  'auditLog',
  'azure',
  'onPremises',
  'registry',
  'network',
  'dns',
  'tool',
  'adminReport',
  'autopatch',
  'self',
  'person',
]);
export type EvidenceSource = z.infer<typeof EvidenceSource>;

/** One day on the way. Without a role something takes effect on it; dropped = announced and taken back; note = good to know. */
export const Milestone = z.strictObject({ date: PartialDate, what: text, role: z.enum(['dropped', 'note']).optional() });
export type Milestone = z.infer<typeof Milestone>;

/** One thing Microsoft retires, enforces or changes by default. What follows from the dates on a given day is computed, never stored. */
export const Retirement = z.strictObject({
  /** kebab-case; never renamed or reused. */
  id: text,
  title: text,
  product: text,
  kind: RetirementKind,
  /** The day this entry was last compared with its sources. */
  asOf: z.iso.date(),
  announced: PartialDate.nullable(),
  /** The date that counts; null = none set. */
  date: PartialDate.nullable(),
  /** The date rests on a plan that was not read again since it passed. */
  plan: z.literal(true).optional(),
  /** Since when Microsoft has put it on hold. */
  onHoldSince: PartialDate.optional(),
  /** It goes on after its date: in steps without a last one. */
  goesOn: z.literal(true).optional(),
  /** How sure the date is. */
  confidence: z.enum(['high', 'medium', 'low']),
  /** In the order of their last possible day. */
  milestones: z.array(Milestone).min(1),
  /** What stops or gets weaker. */
  breaks: text,
  /** What to do. */
  steps: z.array(text).min(1),
  /** low = an hour, medium = a day, high = a project. */
  effort: z.enum(['low', 'medium', 'high']),
  /** MC numbers, newest statement first. */
  messageCenterIds: z.array(z.string().regex(/^MC\d+$/)),
  /** `read` says which copy the statement was read in; absent = a related page that was not read again. */
  sources: z.array(z.strictObject({ url: z.url(), read: text.optional() })).min(1),
  /** What the best evidence allows: automatic = a query decides, partial = a query narrows it down, manual = a person looks. */
  detectability: z.enum(['automatic', 'partial', 'manual']),
  /** The checks that decide the exposure: one that finds it suffices. Absent = nothing read so far decides it. */
  checks: z.array(text).min(1).optional(),
  /** For partial ones: what the checks cannot see and a person must look at. */
  left: text.optional(),
  /** For partial ones: where a check does not apply to the tenant, nothing is left to look at either. */
  settledWhenNotApplicable: z.literal(true).optional(),
  /** Types of Entra recommendations that speak of it: a second witness. */
  recommendations: z.array(text).min(1).optional(),
  /** Where the answer lies, and what there shows exposure. */
  look: z.array(z.strictObject({ in: EvidenceSource, at: text, exposedWhen: text })).min(1),
});
export type Retirement = z.infer<typeof Retirement>;
