import * as z from 'zod';

/** What can go wrong with one request. A number is the status it is refused with. */
export const faultKinds = [
  '403',
  '404',
  '429',
  '500',
  '502',
  '503',
  '504',
  // No answer at all, a cut connection, an answer that trickles in, or one that ends before its announced length.
  'hang',
  'reset',
  'drip',
  'cutBody',
  // Complete answers with status 200 that hold something else than was asked for.
  'cutJson',
  'invalidJson',
  'html200',
  'wrongShape',
  'wrongType',
  // Page chains that end in nothing, break once and can be read from their beginning, lead in a circle, or lead away.
  'missingPage',
  'expiredPage',
  'loop',
  'otherOrigin',
  // Tokens that are no longer accepted: the next one is.
  'expiredToken',
  'claimsChallenge',
] as const;

/** When a request is answered badly, and how. Of several rules the first that fires decides. */
export const FaultRule = z.strictObject({
  /** Path with its version: a glob (`*` within a segment, `**` across), or a regular expression when it starts with `^`. */
  match: z.string().min(1).refine(isPattern, 'is not a regular expression'),
  /** Part of the decoded query that must be there: tells datasets apart that read one path. */
  query: z.string().optional(),
  /** Part of the body that must be there: tells hunting queries apart. */
  body: z.string().optional(),
  kind: z.preprocess((kind) => (typeof kind === 'number' ? String(kind) : kind), z.enum(faultKinds)),
  /** Fires at most so often. Absent = without end; for the two faults of tokens, so many tokens are refused, one unless given. */
  times: z.int().positive().optional(),
  /** Fires at most so often for one and the same address; for `expiredPage`, for one and the same chain: once unless given. */
  timesPerAddress: z.int().positive().optional(),
  /** The first of the matching requests that it fires for, counted from 1. */
  from: z.int().positive().optional(),
  /** How often it fires, drawn from the seed: the same for the same address and attempt, whatever the order of requests. */
  probability: z.number().min(0).max(1).optional(),
  /** Seconds in `Retry-After`, for 429 and 5xx; absent = no such header. */
  retryAfter: z.number().min(0).optional(),
  /** For `expiredPage`: which page of a chain is refused, counted from 1. The second unless given. */
  page: z.int().min(2).optional(),
  /** For `drip`: milliseconds the whole answer takes. Absent = never done in time. */
  ms: z.int().positive().optional(),
  /** For `missingPage` and `expiredPage`: what the next page is refused with. 400 (an expired page token) unless given. */
  status: z.union([z.literal(400), z.literal(404), z.literal(410)]).optional(),
  /** For `wrongType`: property of the first row, with dots between levels; absent = the first that holds a value. */
  field: z.string().optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;

const FaultFile = z.strictObject({ seed: z.int().optional(), rules: z.array(FaultRule).min(1) });
export type FaultFile = z.infer<typeof FaultFile>;

/** The file of rules is no JSON, or not of this form. */
export class FaultFileError extends Error {
  override name = 'FaultFileError';
}

/** Reads `{"seed": 1, "rules": [{"match": "/v1.0/users", "kind": 503, "times": 2}]}`. Throws `FaultFileError`. */
export function parseFaults(text: string, name: string): FaultFile {
  const parsed = FaultFile.safeParse(parseJson(text, name));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FaultFileError(`${name}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not valid'}`);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FaultFileError(`${name} is not JSON: ${(error as Error).message}`);
  }
}

/** Whether a rule is about this request. */
export function matcherOf({ match, query, body }: FaultRule): (path: string, search: string, body?: string) => boolean {
  const pattern = patternOf(match);
  return (path, search, sent = '') => pattern.test(path) && (query === undefined || decoded(search).includes(query)) && sent.includes(body ?? '');
}

function patternOf(match: string): RegExp {
  if (match.startsWith('^')) return new RegExp(match);
  const escaped = match.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'))}$`, 'i');
}

function isPattern(match: string): boolean {
  try {
    return Boolean(patternOf(match));
  } catch {
    return false;
  }
}

function decoded(search: string): string {
  try {
    return decodeURIComponent(search.replaceAll('+', ' '));
  } catch {
    return search;
  }
}
