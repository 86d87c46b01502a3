import { graphSchemaText } from './data/graph-schema.ts';

export type Version = 'v1.0' | 'beta';

export interface Property {
  type: string;
  list: boolean;
  nullable: boolean;
  onSelect: boolean;
  navigation: boolean;
  /** Operators its description names for `$filter`; undefined = it names none. */
  filter: readonly string[] | undefined;
}

export interface PathFacts {
  type: string | undefined;
  list: boolean;
  /** Application permissions that read it, any one suffices; empty = none is published. */
  permissions: readonly string[];
}

interface TypeFacts {
  base: string | undefined;
  properties: ReadonlyMap<string, Property>;
}

/** Graph's published shape of what the sandbox serves. */
export interface Schema {
  path(version: Version, path: string): PathFacts | undefined;
  /** Own and inherited properties by name. */
  properties(version: Version, type: string): ReadonlyMap<string, Property>;
  isA(version: Version, type: string, base: string): boolean;
}

let loaded: Schema | undefined;

export function loadSchema(): Schema {
  loaded ??= parseSchema(graphSchemaText);
  return loaded;
}

/** Keys and empty calls do not matter: `/users/{user-id}` and `/users/{id}` are one path. */
export function pathShape(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\(\)/g, '');
}

function parseSchema(text: string): Schema {
  const paths = new Map<string, PathFacts>();
  const types = new Map<string, TypeFacts>();
  for (const line of text.split('\n')) {
    const [kind, version = '', name = '', ...rest] = line.split(' ');
    if (kind === 'path') paths.set(`${version} ${pathShape(name)}`, parsePath(rest));
    if (kind === 'type') for (const each of version === 'both' ? ['v1.0', 'beta'] : [version]) types.set(`${each} ${name}`, parseType(rest));
  }
  const all = new Map<string, ReadonlyMap<string, Property>>();
  return {
    path: (version, path) => paths.get(`${version} ${pathShape(path)}`),
    properties: (version, type) => inherited(types, all, version, type),
    isA: (version, type, base) => {
      for (let each: string | undefined = type; each; each = types.get(`${version} ${each}`)?.base) if (each === base) return true;
      return false;
    },
  };
}

function inherited(
  types: ReadonlyMap<string, TypeFacts>,
  known: Map<string, ReadonlyMap<string, Property>>,
  version: Version,
  type: string,
): ReadonlyMap<string, Property> {
  const key = `${version} ${type}`;
  const found = known.get(key);
  if (found) return found;
  const facts = types.get(key);
  const base = facts?.base ? inherited(types, known, version, facts.base) : [];
  const properties = new Map([...base, ...(facts?.properties ?? [])]);
  known.set(key, properties);
  return properties;
}

function parsePath([type = '-', ...permissions]: readonly string[]): PathFacts {
  return { type: type === '-' ? undefined : type.replace('*', ''), list: type.endsWith('*'), permissions };
}

function parseType(words: readonly string[]): TypeFacts {
  const base = words[0] === '<' ? words[1] : undefined;
  return { base, properties: new Map(words.slice(base ? 2 : 0).map(parseProperty)) };
}

function parseProperty(word: string): [string, Property] {
  const at = word.indexOf(':');
  const [code = '', filter] = word.slice(at + 1).split('?');
  const property: Property = {
    type: code.replace(/[*!~>]/g, ''),
    list: code.includes('*'),
    nullable: !code.includes('!'),
    onSelect: code.includes('~'),
    navigation: code.includes('>'),
    filter: filter?.split(','),
  };
  return [word.slice(0, at), property];
}
