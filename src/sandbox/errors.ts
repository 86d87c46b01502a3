import { randomUUID } from 'node:crypto';

/** What the server sends: a status, headers beside the usual ones, and a body (JSON unless `text`). */
export interface Reply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it is, with its own content type. */
  text?: { type: string; content: string };
}

/** An answer of Graph that is an error; thrown anywhere below the handler. */
export class GraphError extends Error {
  override name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export interface RequestIds {
  requestId: string;
  clientRequestId: string;
}

export function newRequestIds(clientRequestId: string | undefined): RequestIds {
  const requestId = randomUUID();
  return { requestId, clientRequestId: clientRequestId ?? requestId };
}

/** Graph's error body. `innerError` writes its date without a zone. */
export function errorBody(error: GraphError, ids: RequestIds, now: Date): unknown {
  const innerError = { date: now.toISOString().slice(0, 19), 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId };
  return { error: { code: error.code, message: error.message, innerError } };
}

export const badRequest = (message: string) => new GraphError(400, 'BadRequest', message);
export const unsupportedQuery = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);
export const noSegment = (segment: string) => badRequest(`Resource not found for the segment '${segment}'.`);

export function notFound(id: string): GraphError {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphError(404, 'Request_ResourceNotFound', message);
}

export function unauthorized(message: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate':
      'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"',
  });
}
