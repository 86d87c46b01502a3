import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

/** What an independent validator complains about; empty = valid. */
export type Complaints = (document: unknown) => string[];

export function validator(schema: object): Complaints {
  const ajv = new Ajv({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (document) => (validate(document) ? [] : complaintsOf(validate));
}

function complaintsOf({ errors }: ValidateFunction): string[] {
  return (errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/**
 * The standard's own schema, where a copy lies in the folder that TIDYTENANT_SCHEMAS names (docs/reports.md says which files).
 * They are not part of this repository.
 */
export function officialValidator(file: string): Complaints | undefined {
  const path = join(process.env.TIDYTENANT_SCHEMAS ?? '', file);
  if (!process.env.TIDYTENANT_SCHEMAS || !existsSync(path)) return undefined;
  return validator(withoutIds(JSON.parse(readFileSync(path, 'utf8'))) as object);
}

/** Drafts 4 to 7 differ in what names a schema; every reference in these files points into the file itself. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key, each]) => !(['$id', 'id', '$schema'].includes(key) && typeof each === 'string'));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutIds(each)]));
}
