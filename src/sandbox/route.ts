import type { Collection, Row } from './collection.ts';
import { GraphError, noSegment } from './errors.ts';
import type { Schema, Version } from './schema.ts';

interface RouteRequest {
  version: Version;
  /** What stands in the place of each `{key}` of the path, decoded. */
  keys: readonly string[];
  /** The unparsed `$filter`: some services change what they list by it. */
  filter: string | undefined;
  /** Asked for with `Prefer: include-unknown-enum-members`; without it newer enum values come as `unknownFutureValue`. */
  newValues: boolean;
}

/** One path of Graph and where its answer comes from. */
export interface Route {
  /** Below the version; `{id}` stands for a key. */
  path: string;
  versions: readonly Version[];
  /** A list or one object; null = there is no such object. */
  answer(request: RouteRequest): Collection | Row | null;
  /** Without one of these service plans the service refuses, in its own words. */
  plans?: readonly string[];
  refusal?: () => GraphError;
  /** Only where Microsoft publishes no application permission for the path. */
  permissions?: readonly string[];
  /** Page size without `$top`, and the largest `$top` taken. */
  page?: { size: number; max: number };
  /** Navigation properties it expands; absent = every published one. */
  expandable?: readonly string[];
  /** `none`: the service refuses `$filter` here. */
  filter?: 'none';
}

export interface Matched {
  route: Route;
  keys: readonly string[];
  /** `microsoft.graph.user` at the end of the path. */
  cast: string | undefined;
  /** `/$count` at the end of the path. */
  count: boolean;
}

interface Node {
  route?: Route;
  literal: Map<string, Node>;
  key?: Node;
}

export type Router = (version: Version, path: string) => Matched;

/** A path is served in the versions whose published schema is at hand. */
export function makeRouter(routes: readonly Route[], schema: Schema): Router {
  const roots: Record<Version, Node> = { 'v1.0': { literal: new Map() }, beta: { literal: new Map() } };
  for (const route of routes) for (const version of route.versions) if (schema.path(version, route.path)) insert(roots[version], route);
  return (version, path) => match(roots[version], path);
}

function insert(root: Node, route: Route): void {
  let node = root;
  for (const segment of route.path.slice(1).split('/')) {
    const fresh: Node = { literal: new Map() };
    if (segment.startsWith('{')) {
      node.key ??= fresh;
      node = node.key;
    } else {
      const name = segment.toLowerCase();
      const next = node.literal.get(name) ?? fresh;
      node.literal.set(name, next);
      node = next;
    }
  }
  if (node.route) throw new Error(`${route.path} is routed twice`);
  node.route = route;
}

function match(root: Node, path: string): Matched {
  const segments = segmentsOf(path);
  const keys: string[] = [];
  const count = segments.at(-1) === '$count';
  if (count) segments.pop();
  const last = /^(?:microsoft\.)?graph\.(\w+)$/.exec(segments.at(-1) ?? '');
  if (last) segments.pop();
  let node = root;
  for (const segment of segments) {
    const literal = node.literal.get(segment.toLowerCase());
    if (!literal && !node.key) throw noSegment(segment);
    if (!literal) keys.push(segment);
    node = literal ?? (node.key as Node);
  }
  if (!node.route) throw noSegment(segments.at(-1) ?? '');
  return { route: node.route, keys, cast: last?.[1], count };
}

/** Splits a path; `users('id')` and `servicePrincipals(appId='…')` become a name and a key, calls stay whole. */
function segmentsOf(path: string): string[] {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  return parts.flatMap((part) => {
    const key = /^([A-Za-z]\w*)\((.+)\)$/.exec(part);
    if (!key || /^(?:get|filter)/.test(key[1] as string)) return [part];
    return [key[1] as string, (key[2] as string).replace(/^'(.*)'$/, '$1')];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new GraphError(400, 'BadRequest', 'Bad Request - Invalid URL');
  }
}
