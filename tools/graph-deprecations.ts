import type { AnyDataset } from '../src/kit/kit.ts';

/** What Microsoft says of an operation or property that it takes away. */
export interface Deprecation {
  /** The type of a property. */
  of?: string;
  /** Null = no date is published. */
  removalDate: string | null;
  says: string;
}

/** What is deprecated in and below one endpoint; absent where nothing is. */
export interface EndpointDeprecations {
  operation?: Deprecation;
  /** By name of the property. */
  properties?: Record<string, Deprecation>;
}

interface Marked {
  removalDate?: string;
  description?: string;
}
interface GraphType {
  base?: string;
  deprecated?: Marked;
  props?: Record<string, { type: string; nav?: boolean; deprecated?: Marked }>;
}
export interface GraphContract {
  endpoints: { method: string; version: string; path: string; deprecated?: Marked; response: { type?: string } }[];
  types: Record<string, Record<string, GraphType>>;
}

/** Looks up a dataset in the contract: its operation, and every property that its answer may hold. */
export function deprecationsOf(contract: GraphContract, dataset: AnyDataset): EndpointDeprecations {
  const version = dataset.beta ? 'beta' : 'v1.0';
  const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}').replace(/\(.*?\)/g, '()');
  const endpoint = contract.endpoints.find((each) => each.method === 'GET' && each.version === version && shape(each.path) === shape(dataset.path));
  if (!endpoint) return {};
  const types = contract.types[version] ?? {};
  const reached = new Set<string>();
  if (endpoint.response.type) reach(types, endpoint.response.type, namesIn(dataset.expand ?? ''), reached);
  const whole = endpoint.deprecated ?? types[endpoint.response.type ?? '']?.deprecated;
  const properties = Object.fromEntries([...reached].sort().flatMap((name) => markedIn(name, types[name])));
  return { ...(whole ? { operation: told(whole) } : {}), ...(Object.keys(properties).length > 0 ? { properties } : {}) };
}

function markedIn(name: string, type: GraphType | undefined): [string, Deprecation][] {
  return Object.entries(type?.props ?? {}).flatMap(([property, { deprecated }]) => (deprecated ? [[property, { of: name, ...told(deprecated) }]] : []));
}

function told({ removalDate, description = '' }: Marked): Deprecation {
  return {
    removalDate: removalDate ?? null,
    says: description
      .split(/(?<=\.)\s/)
      .slice(0, 2)
      .join(' ')
      .slice(0, 240),
  };
}

/** A type with its bases, what derives from it, and what its properties lead to; further objects only where they are expanded. */
function reach(types: Record<string, GraphType>, name: string, expanded: ReadonlySet<string>, found: Set<string>): void {
  const type = types[name];
  if (!type || found.has(name)) return;
  found.add(name);
  if (type.base && type.base !== 'entity' && type.base !== 'directoryObject') reach(types, type.base, expanded, found);
  for (const [other, each] of Object.entries(types))
    if (each.base === name && name !== 'entity' && name !== 'directoryObject') reach(types, other, expanded, found);
  for (const [property, each] of Object.entries(type.props ?? {})) if (!each.nav || expanded.has(property)) reach(types, each.type, expanded, found);
}

/** Words of an OData expression that may name a property. */
export function namesIn(text: string): Set<string> {
  return new Set(text.replace(/'[^']*'/g, ' ').match(/[A-Za-z_]\w*/g) ?? []);
}
