import * as z from 'zod';

/** The offender: `type` is Graph's resource name (`user`, `servicePrincipal`, `conditionalAccessPolicy` …). */
export const Subject = z.strictObject({ type: z.string().min(1), id: z.string().min(1), name: z.string() });
export type Subject = z.infer<typeof Subject>;

export const Finding = z.strictObject({
  subject: Subject,
  /** One plain sentence, no markup. */
  message: z.string().min(1),
  /** Values beside the sentence, for tables and for sorting. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Finding = z.infer<typeof Finding>;
