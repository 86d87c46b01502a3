import * as z from 'zod';
import { Parts } from './snapshot.ts';

/** Raised when the form of the parts changes: files of another version are left alone and not used. */
export const advisorySchemaVersion = 1;

/** Parts that are renewed from feeds. The others come with the program. */
export const renewedParts = ['windows', 'lifecycle', 'apple', 'vulnerabilities', 'office', 'exchange', 'kev', 'ssvc', 'epss'] as const;
export type RenewedPart = (typeof renewedParts)[number];

/** How a document was recognized when it was last asked for. */
export const ReadDocument = z.strictObject({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  sha256: z.string().optional(),
  /** When the host last answered. */
  checkedAt: z.iso.datetime(),
});
export type ReadDocument = z.infer<typeof ReadDocument>;

/** One part as `tidytenant advisories update` keeps it: the data and what it was made of, in one file. */
export const AdvisoryFile = z.strictObject({
  schemaVersion: z.literal(advisorySchemaVersion),
  part: z.enum(renewedParts),
  origin: z.strictObject({ name: z.string(), url: z.string(), licence: z.string() }),
  /** By address. */
  documents: z.record(z.string(), ReadDocument),
  data: z.unknown(),
});
export type AdvisoryFile<P extends RenewedPart = RenewedPart> = Omit<z.infer<typeof AdvisoryFile>, 'part' | 'data'> & { part: P; data: NonNullable<Parts[P]> };

/** What a folder holds. */
export type AdvisoryFiles = { readonly [P in RenewedPart]?: AdvisoryFile<P> };

/** The schema of one part's data. */
export function partSchema<P extends RenewedPart>(part: P): z.ZodType<NonNullable<Parts[P]>> {
  const schema: z.ZodType = Parts.shape[part];
  return schema as z.ZodType<NonNullable<Parts[P]>>;
}
