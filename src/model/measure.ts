import * as z from 'zod';

/** One number of the report. `value: null` with `because` is the only way to say "not known". */
export const Measure = z.strictObject({
  id: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  unit: z.enum(['percent', 'days', 'devices', 'users', 'apps', 'deviceDays', 'count']),
  numerator: z.number().optional(),
  denominator: z.number().optional(),
  /** Why `value` is null, or what limits it. */
  because: z.string().optional(),
  /** Date of the data the figure rests on, `YYYY-MM-DD`. */
  dataDate: z.string().optional(),
  series: z.array(z.strictObject({ label: z.string(), value: z.number() })).optional(),
});
export type Measure = z.infer<typeof Measure>;
