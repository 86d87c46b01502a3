/** One GET at Microsoft Graph, as described by a dataset. Pure data: `plan` prints it, the Graph source sends it. */
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
}

/** One needed permission: the least privileged that reads it, and broader ones that grant the same. */
export interface PermissionNeed {
  name: string;
  orAnyOf: readonly string[];
}

/** One page as the service gave it. */
export interface Page {
  rows: readonly unknown[];
}

/** Path and query as they go over the wire. OData's `$`, `,`, `(`, `)`, `'`, `:` and `/` stay readable; all else is encoded. */
export function requestTarget(request: GraphRequest): string {
  const encode = (value: string) => encodeURIComponent(value).replace(/%(2C|3A|2F|24)/g, (code) => decodeURIComponent(code));
  const query = request.query.map(([name, value]) => `${name}=${encode(value)}`).join('&');
  return `/${request.version}${request.path}${query ? `?${query}` : ''}`;
}
