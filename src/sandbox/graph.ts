import { authorize, requireSelected, visible } from './authorize.ts';
import { type Collection, isCollection, listOf, type Row } from './collection.ts';
import { badRequest, GraphError, notFound, type Reply, type RequestIds } from './errors.ts';
import { checkFilter } from './filter-rules.ts';
import { matches } from './odata-evaluate.ts';
import { type Filter, parseFilter } from './odata-filter.ts';
import { readPageToken, writePageToken } from './paging.ts';
import { projection, rowType } from './project.ts';
import { parseQuery, type Query } from './query.ts';
import type { Matched, Router } from './route.ts';
import type { PathFacts, Schema, Version } from './schema.ts';
import type { Claims } from './tokens.ts';

export interface GraphService {
  origin: string;
  schema: Schema;
  router: Router;
  plans: ReadonlySet<string>;
}

export interface GraphRequest {
  version: Version;
  /** Path below the version. */
  path: string;
  /** With the question mark, or empty. */
  search: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  claims: Claims;
  ids: RequestIds;
}

interface Job extends GraphRequest {
  matched: Matched;
  facts: PathFacts;
  type: string;
  query: Query;
  advanced: boolean;
}

/** Answers one GET as Graph would: route, permission, licence, query options, page. Throws `GraphError`. */
export function answerGraph(service: GraphService, request: GraphRequest): Reply {
  const matched = service.router(request.version, request.path);
  const facts = service.schema.path(request.version, matched.route.path) ?? { type: undefined, list: true, permissions: [] };
  const query = parseQuery(request.search);
  authorize(request, matched.route, facts, service.plans);
  const type = matched.cast ?? facts.type ?? 'entity';
  if (matched.cast && facts.type && !service.schema.isA(request.version, matched.cast, facts.type)) throw badRequest(`Cannot apply cast to '${matched.cast}'.`);
  const advanced = String(request.headers.consistencylevel ?? '').toLowerCase() === 'eventual';
  const job: Job = { ...request, matched, facts, type, query, advanced };
  requireSelected(job.claims, service.plans, type, query);
  const newValues = String(request.headers.prefer ?? '').includes('include-unknown-enum-members');
  const answer = matched.route.answer({ version: request.version, keys: matched.keys, filter: query.filter, newValues });
  if (answer === null) throw notFound(matched.keys.at(-1) ?? '');
  if (!isCollection(answer)) return { status: 200, body: one(service, job, answer) };
  if (matched.count) return countOnly(service, job, answer);
  return { status: 200, body: page(service, job, answer) };
}

function one(service: GraphService, job: Job, row: Row): unknown {
  const { query, type, version } = job;
  if (query.top !== undefined || query.filter !== undefined)
    throw badRequest('The query specified in the URI is not valid. Query options $filter, $top can be applied only on collections.');
  const project = projection({ schema: service.schema, version, type, select: query.select, expand: query.expand, expandable: job.matched.route.expandable });
  return { '@odata.context': `${context(service, job)}${project.suffix}/$entity`, ...project.apply(row) };
}

function page(service: GraphService, job: Job, collection: Collection): unknown {
  const { query, version, matched, type } = job;
  const project = projection({ schema: service.schema, version, type, select: query.select, expand: query.expand, expandable: matched.route.expandable });
  const keep = keeper(service, job);
  const identity = `${version} ${job.path} ${query.identity}`;
  const source = query.orderby ? sorted(collection, query.orderby) : collection;
  const start = query.skiptoken === undefined ? 0 : readPageToken(query.skiptoken, identity);
  const { rows, next } = take(source, start, pageSize(job), keep);
  const count = query.count && countable(job) ? { '@odata.count': total(source, keep) } : {};
  const more = next === undefined ? {} : { '@odata.nextLink': nextLink(service, job, writePageToken(next, identity)) };
  return {
    '@odata.context': `${context(service, job)}${project.suffix}`,
    ...count,
    ...more,
    value: rows.map((row) => project.apply(type === 'directoryObject' ? visible(job.claims, row) : row)),
  };
}

type Keep = ((row: Row) => boolean) | undefined;

function keeper(service: GraphService, job: Job): Keep {
  const { matched, query, version, type } = job;
  const filter = query.filter === undefined ? undefined : readFilter(service, job, query.filter);
  const { cast } = matched;
  if (!filter && !cast) return undefined;
  const isOfType = (row: Row, name: string) => service.schema.isA(version, rowType(row) ?? type, name);
  return (row) => (!cast || isOfType(row, cast)) && (!filter || matches(filter, row, isOfType));
}

function readFilter(service: GraphService, job: Job, text: string): Filter {
  if (job.matched.route.filter === 'none') throw badRequest('$filter is not supported on this resource.');
  const filter = parseFilter(text);
  checkFilter({ schema: service.schema, version: job.version, type: job.type, advanced: job.advanced && (job.query.count || job.matched.count) }, filter);
  return filter;
}

function take(source: Collection, start: number, size: number, keep: Keep): { rows: Row[]; next: number | undefined } {
  const rows: Row[] = [];
  for (let index = start; index < source.size; index++) {
    const row = source.at(index);
    if (keep && !keep(row)) continue;
    if (rows.length === size) return { rows, next: index };
    rows.push(row);
  }
  return { rows, next: undefined };
}

function total(source: Collection, keep: Keep): number {
  if (!keep) return source.size;
  let found = 0;
  for (let index = 0; index < source.size; index++) if (keep(source.at(index))) found += 1;
  return found;
}

function pageSize({ matched, query, type }: Job): number {
  const { size, max } = matched.route.page ?? { size: 100, max: 1000 };
  if (query.top === undefined) return size;
  if (query.top > max || query.top === 0)
    throw new GraphError(400, 'Request_UnsupportedQuery', `Invalid page size specified: '${query.top}'. Must be between 1 and ${max} inclusive.`);
  // With signInActivity the service sends at most 500 users a page, whatever was asked for.
  const activity = type === 'user' && query.select?.some((name) => name.startsWith('signInActivity'));
  return activity ? Math.min(query.top, 500) : query.top;
}

/** Directory objects are counted only under eventual consistency; without it the service leaves the count out. */
function countable(job: Job): boolean {
  return job.advanced || !directoryTypes.has(job.type);
}

const directoryTypes = new Set(['user', 'group', 'application', 'servicePrincipal', 'device', 'directoryObject', 'administrativeUnit']);

function countOnly(service: GraphService, job: Job, collection: Collection): Reply {
  if (!countable(job)) throw badRequest("$count is not currently supported. The 'ConsistencyLevel: eventual' header is missing.");
  return { status: 200, text: { type: 'text/plain', content: String(total(collection, keeper(service, job))) } };
}

function sorted(collection: Collection, orderby: string): Collection {
  const [property = '', direction = 'asc'] = orderby.trim().split(/\s+/);
  const rows = Array.from({ length: collection.size }, (_, index) => collection.at(index));
  const text = (row: Row) => String(row[property] ?? '');
  rows.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0) * (direction === 'desc' ? -1 : 1));
  return listOf(rows);
}

function context({ origin }: GraphService, { version, path, type, facts }: Job): string {
  const segments = path.split('/').filter(Boolean);
  const name =
    facts.type === 'directoryObject' ? 'directoryObjects' : segments.length === 1 ? segments[0] : segments.map((each) => decodeURIComponent(each)).join('/');
  return `${origin}/${version}/$metadata#${name || type}`;
}

function nextLink({ origin }: GraphService, { version, path, search }: Job, token: string): string {
  const kept = search
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '' && !/^(\$|%24)?skiptoken=/i.test(pair));
  return `${origin}/${version}${path}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}
