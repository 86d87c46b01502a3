import type * as z from 'zod';

/** Whether a value fits a schema, without making a copy of it or telling why not. */
export type Fits = (value: unknown) => boolean;

/** The parts of a zod definition that are looked at. */
interface Definition {
  type: string;
  checks?: readonly unknown[];
  format?: string;
  pattern?: RegExp;
  catchall?: unknown;
  innerType?: z.core.$ZodType;
  element?: z.core.$ZodType;
  shape?: Readonly<Record<string, z.core.$ZodType>>;
}

/**
 * Nearly all rows fit, and zod makes a copy of each: that costs as much as reading the JSON. This says the same of the
 * plain schemas that rows have, several times faster; a row that fits is passed on as it came, with the properties no schema
 * names. Undefined for a schema with anything else in it: then zod is asked.
 */
export function fitsOf(schema: z.core.$ZodType): Fits | undefined {
  const definition = schema._zod.def as unknown as Definition;
  if (definition.checks?.length) return undefined;
  switch (definition.type) {
    case 'string':
      return stringFits(definition);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return numberFits(definition);
    case 'optional':
      return eitherFits(undefined, definition.innerType);
    case 'nullable':
      return eitherFits(null, definition.innerType);
    case 'array':
      return arrayFits(definition.element);
    case 'object':
      return definition.catchall ? undefined : objectFits(definition.shape ?? {});
    default:
      return undefined;
  }
}

function stringFits({ format, pattern }: Definition): Fits | undefined {
  if (format === undefined) return (value) => typeof value === 'string';
  return pattern && !pattern.global ? (value) => typeof value === 'string' && pattern.test(value) : undefined;
}

function numberFits({ format }: Definition): Fits | undefined {
  if (format === undefined) return (value) => typeof value === 'number' && Number.isFinite(value);
  return format === 'safeint' ? Number.isSafeInteger : undefined;
}

function eitherFits(other: null | undefined, inner: z.core.$ZodType | undefined): Fits | undefined {
  const fits = inner && fitsOf(inner);
  return fits && ((value) => value === other || fits(value));
}

function arrayFits(element: z.core.$ZodType | undefined): Fits | undefined {
  const fits = element && fitsOf(element);
  return fits && ((value) => Array.isArray(value) && value.every(fits));
}

function objectFits(shape: Readonly<Record<string, z.core.$ZodType>>): Fits | undefined {
  const properties = Object.entries(shape).map(([name, schema]) => ({ name, fits: fitsOf(schema) }));
  if (properties.some(({ fits }) => !fits)) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const { name, fits } of properties) if (!(fits as Fits)((value as Record<string, unknown>)[name])) return false;
    return true;
  };
}
