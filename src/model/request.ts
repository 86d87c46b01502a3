/** One request to Microsoft Graph, as described by a dataset. Pure data: `plan` prints it, the Graph source sends it. */
export interface GraphRequest {
  version: 'v1.0' | 'beta';
  /** Below the version, starting with `/`. */
  path: string;
  /** OData options in the order they are sent, unencoded. */
  query: readonly (readonly [string, string])[];
  /** Advanced query of directory objects: sends `ConsistencyLevel: eventual`. */
  advanced: boolean;
  /** The answer is one object, not a list. */
  single: boolean;
  /** Permissions that the answer needs, all of them; named when the service refuses. */
  permissions: readonly PermissionNeed[];
  /** How the list may be cut where it is long; absent = one page chain. */
  cut?: Cut;
  /** A hunting query, sent in the body of a POST to `huntingPath`; absent = a GET. */
  kql?: string;
}

/**
 * The only address that is asked by POST. It reads and changes nothing; its question is too long for an address.
 * https://learn.microsoft.com/graph/api/security-security-runhuntingquery
 */
export const huntingPath = '/security/microsoft.graph.security.runHuntingQuery';

/** Rows that a hunting query asks for at most. An answer with so many may have been cut off: the service does not say. */
export const huntingRows = 10_000;

/** How a request goes over the wire. Everything is a GET, with the one exception. */
export function sentAs({ path, kql }: Pick<GraphRequest, 'path' | 'kql'>): { method: 'GET' } | { method: 'POST'; body: string } {
  if (kql === undefined) return { method: 'GET' };
  if (path !== huntingPath) throw new Error(`${path} must not be asked by POST`);
  return { method: 'POST', body: JSON.stringify({ Query: kql }) };
}

/** A long list may be read as several page chains at once: parts of the service's own order of one property. */
export interface Cut {
  /** The property; the service must filter by `ge` and `le` on it. A row must not change its place while the list is read. */
  by: string;
  order: 'text' | 'time';
  /** Whether the list tells its length with `$count`: `eventual` = under eventual consistency only. Where it does, what the parts held is compared with it. */
  counted: 'always' | 'eventual' | 'never';
  /** The property may be null: such rows are a part of their own. */
  nullable?: true;
  /** For time: most rows lie between these (ms since 1970). There may be others before and after. */
  span?: { from: number; to: number };
}

/** One needed permission: the least privileged that reads it, and broader ones that grant the same. */
export interface PermissionNeed {
  name: string;
  orAnyOf: readonly string[];
}

/** Path and query as they go over the wire. OData's `$`, `,`, `(`, `)`, `'`, `:` and `/` stay readable; all else is encoded. */
export function requestTarget(request: GraphRequest): string {
  const encode = (value: string) => encodeURIComponent(value).replace(/%(2C|3A|2F|24)/g, (code) => decodeURIComponent(code));
  const query = request.query.map(([name, value]) => `${name}=${encode(value)}`).join('&');
  return `/${request.version}${request.path}${query ? `?${query}` : ''}`;
}
