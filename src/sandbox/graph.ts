import { authorize, requireSelected, visible } from './authorize.ts';
import { type Collection, isCollection, type Row } from './collection.ts';
import { badRequest, GraphError, notFound, type Reply, type RequestIds } from './errors.ts';
import { checkFilter } from './filter-rules.ts';
import { type Filter, parseFilter } from './odata-filter.ts';
import { parseOrderby } from './orderby.ts';
import { readPageToken, writePageToken } from './paging.ts';
import { predicateOf } from './predicate.ts';
import { projection, rowType } from './project.ts';
import { parseQuery, type Query } from './query.ts';
import type { Matched, Router } from './route.ts';
import type { PathFacts, Schema, Version } from './schema.ts';
import type { Claims } from './tokens.ts';
import type { View, Views } from './views.ts';

export interface GraphService {
  origin: string;
  schema: Schema;
  router: Router;
  plans: ReadonlySet<string>;
  views: Views;
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
  const view = viewOf(service, job, collection);
  const identity = `${version} ${job.path} ${query.identity}`;
  const start = query.skiptoken === undefined ? 0 : readPageToken(query.skiptoken, identity);
  const end = Math.min(view.size, start + pageSize(job));
  const names = wantedNames(query, type);
  const complete = collection.fresh ? project.complete : undefined;
  const shown = (row: Row) => (complete ? complete(row) : project.apply(type === 'directoryObject' ? visible(job.claims, row) : row));
  const value: unknown[] = [];
  for (let position = start; position < end; position++) value.push(shown(collection.at(view.at(position), names)));
  const more = end < view.size ? { '@odata.nextLink': nextLink(service, job, writePageToken(end, identity)) } : {};
  return { '@odata.context': `${context(service, job)}${project.suffix}`, ...counted(job, view), ...more, value };
}

/** Directory objects are counted on the first page alone: https://learn.microsoft.com/graph/query-parameters#skiptoken-parameter */
function counted(job: Job, view: View): { '@odata.count'?: number } {
  const told = job.query.count && countable(job) && !(job.query.skiptoken !== undefined && directoryTypes.has(job.type));
  return told ? { '@odata.count': view.size } : {};
}

/** The properties an answer shows; undefined = all. */
function wantedNames({ select, expand }: Query, type: string): readonly string[] | undefined {
  if (!select || select.includes('*')) return undefined;
  return [
    ...new Set([
      '@odata.type',
      ...(type === 'directoryObject' ? ['id'] : []),
      ...select.map((name) => name.split('/')[0] ?? ''),
      ...expand.map(({ name }) => name),
    ]),
  ];
}

function viewOf(service: GraphService, job: Job, collection: Collection): View {
  const { matched, query, version, type } = job;
  const { schema } = service;
  const advanced = job.advanced && (query.count || matched.count);
  const filter = query.filter === undefined ? undefined : readFilter(service, job, query.filter, advanced);
  const orderby = parseOrderby(query.orderby, { schema, version, type, filtered: filter !== undefined, advanced });
  const isOfType = (row: Row, name: string) => schema.isA(version, rowType(row) ?? type, name);
  return service.views({
    collection,
    predicate: predicateOf(collection, filter, matched.cast, isOfType),
    orderby,
    identity: JSON.stringify([version, matched.cast, query.orderby, query.filter]),
  });
}

function readFilter(service: GraphService, job: Job, text: string, advanced: boolean): Filter {
  if (job.matched.route.filter === 'none') throw badRequest('$filter is not supported on this resource.');
  const filter = parseFilter(text);
  checkFilter({ schema: service.schema, version: job.version, type: job.type, advanced }, filter);
  return filter;
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
  return { status: 200, text: { type: 'text/plain', content: String(viewOf(service, job, collection).size) } };
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
