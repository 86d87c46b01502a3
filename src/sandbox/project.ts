import type { Row } from './collection.ts';
import { badRequest } from './errors.ts';
import type { Expansion } from './query.ts';
import type { Property, Schema, Version } from './schema.ts';

/** What a request wants of each row, held against the type; made once per request. */
export interface Projection {
  apply(row: Row): Record<string, unknown>;
  /** The same for a row made for this answer with nothing but what is selected: it is completed, not copied. Absent = such rows are copied, too. */
  complete?: (row: Record<string, unknown>) => Record<string, unknown>;
  /** `(id,displayName)`, for `@odata.context`. */
  suffix: string;
}

interface Wanted {
  schema: Schema;
  version: Version;
  type: string;
  select: readonly string[] | undefined;
  expand: readonly Expansion[];
  /** Navigation properties the service expands here; undefined = every published one. */
  expandable?: readonly string[] | undefined;
}

export function projection(wanted: Wanted): Projection {
  const { schema, version, type, select } = wanted;
  const chosen = select && !select.includes('*') ? selected(wanted, select) : undefined;
  const expansions = wanted.expand.map((each) => expansion(wanted, each));
  const defaults = new Map<string, Defaults>();
  const oneShape = chosen && !schema.isA(version, type, 'directoryObject') ? chosen : undefined;
  const completable = chosen && type !== 'directoryObject' && expansions.length === 0;
  return {
    ...(completable ? { complete: (row: Record<string, unknown>) => completed(row, chosen) } : {}),
    suffix: chosen ? `(${(select ?? []).join(',')})` : '',
    apply: (row) => {
      const own = rowType(row) ?? type;
      const shape = oneShape ?? defaultsOf(schema, version, own, chosen, defaults);
      const out: Record<string, unknown> = {};
      if (row['@odata.type'] !== undefined) out['@odata.type'] = row['@odata.type'];
      for (const [name, property] of shape) {
        const value = row[name] ?? (property.list ? [] : null);
        // What is never null is left out where the tenant does not hold it.
        if (value !== null || property.nullable) out[name] = value;
      }
      for (const expand of expansions) expand(row, out);
      return out;
    },
  };
}

function completed(row: Record<string, unknown>, shape: Defaults): Record<string, unknown> {
  for (const [name, property] of shape) {
    if (row[name] !== null && row[name] !== undefined) continue;
    if (property.list) row[name] = [];
    else if (property.nullable) row[name] = null;
    else delete row[name];
  }
  return row;
}

type Defaults = readonly (readonly [string, Property])[];

/** The type a row says it has, where a list mixes several. */
export function rowType(row: Row): string | undefined {
  const type = row['@odata.type'];
  return typeof type === 'string' ? type.replace(/^#microsoft\.graph\./, '') : undefined;
}

function selected({ schema, version, type }: Wanted, select: readonly string[]): Defaults {
  return select.map((name) => {
    const property = lookUp(schema, version, type, name.split('/')[0] ?? '');
    return [name.split('/')[0] ?? '', property] as const;
  });
}

/** Members of a group are of several types: Graph lets a request select what only some of them have. */
function lookUp(schema: Schema, version: Version, type: string, name: string): Property {
  const of = type === 'directoryObject' ? ['directoryObject', 'user', 'group', 'servicePrincipal', 'application', 'device'] : [type];
  for (const each of of) {
    const property = schema.properties(version, each).get(name);
    if (property) return property;
  }
  throw badRequest(`Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`);
}

function defaultsOf(schema: Schema, version: Version, type: string, chosen: Defaults | undefined, known: Map<string, Defaults>): Defaults {
  let defaults = known.get(type);
  if (!defaults) {
    const own = schema.properties(version, type);
    defaults = chosen ? chosen.filter(([name]) => own.has(name)) : [...own].filter(([name, each]) => isDefault(type, name, each));
    known.set(type, defaults);
  }
  return defaults;
}

/** Where the descriptions leave open what comes unasked, the reference page of users does not. */
const defaultsOfUser = new Set([
  'id',
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
]);

/** Navigation properties of authentication methods that the service embeds unasked, as its examples show. */
const embedded = new Set(['includeTargets', 'passkeyProfiles']);

function isDefault(type: string, name: string, property: Property): boolean {
  if (type === 'user') return defaultsOfUser.has(name);
  return (!property.navigation || embedded.has(name)) && !property.onSelect;
}

function expansion(wanted: Wanted, expand: Expansion): (row: Row, out: Record<string, unknown>) => void {
  const { schema, version, type } = wanted;
  const property = lookUp(schema, version, type, expand.name);
  if (!property.navigation || (wanted.expandable && !wanted.expandable.includes(expand.name))) {
    throw badRequest(
      `Parsing OData Select and Expand failed: Property '${expand.name}' on type 'microsoft.graph.${type}' is not a navigation property or complex property. Only navigation properties can be expanded.`,
    );
  }
  const inner = projection({ schema, version, type: property.type, select: expand.select, expand: expand.expand });
  return (row, out) => {
    const value = row[expand.name];
    if (property.list) out[expand.name] = ((value ?? []) as Row[]).map((each) => inner.apply(each));
    else out[expand.name] = value ? inner.apply(value as Row) : null;
  };
}
