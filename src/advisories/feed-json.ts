import type * as z from 'zod';
import { FeedRefused } from './refusal.ts';

/** Reads a feed's JSON by its schema. Throws `FeedRefused` with the first thing that is wrong. */
export function readFeed<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FeedRefused(/^\s*</.test(text.slice(0, 200)) ? 'it is a web page' : 'it is not complete JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FeedRefused(`it has another form than expected: ${issue?.path.join('.') || 'document'}: ${issue?.message}`);
}
