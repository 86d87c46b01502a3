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

/** Says of a finding what the schema says, without making a copy: there may be hundreds of thousands. Where it says no, the schema tells why. */
export function isPlainFinding(value: unknown): value is Finding {
  if (!isObject(value) || !isObject(value['subject'])) return false;
  const { subject, message, facts } = value;
  const { type, id, name } = subject as Record<string, unknown>;
  return (
    isFilled(type) &&
    isFilled(id) &&
    typeof name === 'string' &&
    isFilled(message) &&
    (facts === undefined || (isObject(facts) && Object.values(facts).every(isFact)))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isFact(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}
