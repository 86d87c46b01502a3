import * as z from 'zod';

const Unit = z.enum(['percent', 'days', 'devices', 'users', 'apps', 'deviceDays', 'count']);

/** Rows behind a figure. Column by column; `null` = not known. */
export const MeasureTable = z.strictObject({
  columns: z.array(z.strictObject({ id: z.string(), label: z.string(), unit: Unit.optional() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type MeasureTable = z.infer<typeof MeasureTable>;

/** One number of the report. `value: null` with `because` is the only way to say "not known". */
export const Measure = z.strictObject({
  id: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  unit: Unit,
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  /** Why `value` is null, or what limits it. */
  because: z.string().optional(),
  /** Date of the data the figure rests on, `YYYY-MM-DD`. */
  dataDate: z.string().optional(),
  /** What the figure may be at least and at most: scans see a device now and then, not the moment it changes. */
  range: z.strictObject({ least: z.number(), most: z.number().nullable() }).optional(),
  /** Present where the update data is more than 35 days old: newer updates and vulnerabilities are missing. */
  confidence: z.literal('lower').optional(),
  series: z.array(z.strictObject({ label: z.string(), value: z.number() })).optional(),
  table: MeasureTable.optional(),
});
export type Measure = z.infer<typeof Measure>;
