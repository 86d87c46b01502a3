import { errorBody, GraphError, newRequestIds, type Reply, unauthorized } from './errors.ts';
import type { FaultRule } from './faults-rules.ts';
import type { Answer, SandboxRequest } from './server.ts';

/** An answer that is an error from the start; the request is not looked at. Undefined = the kind is none of these. */
export function refusalOf({ kind, retryAfter }: FaultRule): Reply | undefined {
  const words = refusals[kind];
  if (!words) return undefined;
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return errorReply(new GraphError(Number(kind), words[0], words[1], headers));
}

const refusals: Readonly<Record<string, readonly [code: string, message: string]>> = {
  '403': ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  '404': ['Request_ResourceNotFound', 'Resource does not exist or one of its queried reference-property objects are not present.'],
  '429': ['TooManyRequests', 'Please retry again later.'],
  '500': ['InternalServerError', 'An internal server error occurred while processing the request.'],
  '502': ['BadGateway', 'Invalid response from an upstream service.'],
  '503': ['ServiceUnavailable', 'The service is temporarily unavailable.'],
  '504': ['GatewayTimeout', 'The upstream service did not answer in time.'],
};

/** What is said to a token that is no longer accepted. */
export function tokenRefusal(kind: string): Reply {
  if (kind === 'expiredToken') return errorReply(unauthorized('Lifetime validation failed, the token is expired.'));
  // Continuous access evaluation: https://learn.microsoft.com/entra/identity-platform/claims-challenge
  const claims = Buffer.from(JSON.stringify({ access_token: { nbf: { essential: true, value: '1700000000' } } })).toString('base64');
  const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${claims}"`;
  return errorReply(
    new GraphError(401, 'InvalidAuthenticationToken', 'Continuous access evaluation resulted in challenge with result: InteractionRequired.', {
      'www-authenticate': challenge,
    }),
  );
}

function errorReply(error: GraphError): Reply {
  const ids = newRequestIds(undefined);
  const headers = { 'content-type': 'application/json', 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId, ...error.headers };
  return { status: error.status, headers, body: errorBody(error, ids, new Date()) };
}

type Body = Record<string, unknown>;
type Distortion = (body: Body, job: { rule: FaultRule; request: SandboxRequest; origin: string; reply: Reply }) => Answer;

/** A good answer made bad. One that is an error already stays as it is; so does a single object where only a list can be hurt. */
export function distort(rule: FaultRule, request: SandboxRequest, origin: string, reply: Answer): Answer {
  const distortion = distortions[rule.kind];
  if (!distortion || typeof reply === 'string' || reply.status !== 200 || typeof reply.body !== 'object' || reply.body === null) return reply;
  return distortion(reply.body as Body, { rule, request, origin, reply });
}

const json = 'application/json;odata.metadata=minimal;charset=utf-8';
const isList = (body: Body) => Array.isArray(body.value);

const distortions: Readonly<Record<string, Distortion>> = {
  drip: (_body, { rule, reply }) => ({ ...reply, delivery: rule.ms === undefined ? 'drip' : { dripMs: rule.ms } }),
  cutBody: (_body, { reply }) => ({ ...reply, delivery: 'cut' }),
  cutJson: (body, { reply }) => {
    const content = JSON.stringify(body);
    return { ...reply, text: { type: json, content: content.slice(0, Math.ceil(content.length / 2)) } };
  },
  invalidJson: (body, { reply }) => ({ ...reply, text: { type: json, content: JSON.stringify(body).replace(':', '=') } }),
  html200: (_body, { reply }) => ({ ...reply, text: { type: 'text/html', content: '<!DOCTYPE html><html><body>Sign in to the proxy</body></html>' } }),
  wrongShape: (body, { reply }) => ({ ...reply, body: isList(body) ? { ...body, value: { ...(body.value as unknown[]) } } : { value: [body] } }),
  wrongType: (body, { rule, reply }) => ({ ...reply, body: withWrongType(body, rule.field) }),
  missingPage: (body, { request, origin, reply }) => {
    return isList(body) ? { ...reply, body: { ...body, '@odata.nextLink': laterPage(request, origin) } } : reply;
  },
  loop: (body, { request, origin, reply }) => (isList(body) ? { ...reply, body: { ...body, '@odata.nextLink': addressOf(request, origin) } } : reply),
  otherOrigin: (body, { request, reply }) => {
    return isList(body) ? { ...reply, body: { ...body, '@odata.nextLink': addressOf(request, 'https://graph.example') } } : reply;
  },
};

function addressOf({ path, search }: SandboxRequest, origin: string): string {
  return `${origin}${path}${search}`;
}

function laterPage({ path, search }: SandboxRequest, origin: string): string {
  return `${origin}${path}${search ? `${search}&` : '?'}$skiptoken=gone`;
}

const pageToken = /[?&](?:\$|%24)?skiptoken=([^&]*)/i;

export function isLaterPage({ search }: SandboxRequest): boolean {
  return pageToken.test(search);
}

/** The chain a page belongs to, and its token; the first page has none. */
export function pageOf({ path, search }: SandboxRequest): { chain: string; token: string | undefined } {
  return { chain: path + search.replace(pageToken, '').replace(/^&/, '?'), token: pageToken.exec(search)?.[1] };
}

/** How a service refuses a page that is no longer there. */
export function missingPage({ status = 400 }: FaultRule): Reply {
  const words = {
    400: ['Directory_ExpiredPageToken', 'The specified page token value has expired and can no longer be included in your request.'],
    404: ['Request_ResourceNotFound', 'The page does not exist.'],
    410: ['Gone', 'The page is no longer available.'],
  } as const;
  const [code, message] = words[status];
  return errorReply(new GraphError(status, code, message));
}

/** The object, or the first row of the list, with one value turned into another type. An empty list stays as it is. */
function withWrongType(body: Body, field: string | undefined): Body {
  const list = isList(body) ? 'value' : Array.isArray(body.results) ? 'results' : undefined;
  if (!list) return retyped(body, field);
  const [first, ...others] = body[list] as Body[];
  return first ? { ...body, [list]: [retyped(first, field), ...others] } : body;
}

export function retyped(row: Body, field: string | undefined): Body {
  const name = field ?? Object.keys(row).find((key) => key !== 'id' && !key.includes('@') && row[key] !== null && row[key] !== undefined) ?? 'id';
  const [head = '', ...rest] = name.split('.');
  const inner = row[head];
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) return { ...row, [head]: retyped(inner as Body, rest.join('.')) };
  return { ...row, [head]: otherType(inner) };
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return 7;
  return typeof value === 'object' ? true : { unexpected: String(value) };
}
