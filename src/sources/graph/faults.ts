import type { GraphRequest, PermissionNeed } from '../../model/request.ts';
import { type Fault, SourceFault } from '../fault.ts';

/** Codes and phrases by which Graph's services say "not in your licence", wherever they put them. */
const licenseSigns = [
  /NonPremiumTenant/i,
  /AadPremiumLicenseRequired/i,
  /premium license/i,
  /does(n't| not) have (a )?(premium|valid|SPO|Intune|required)? ?licen[sc]e/i,
  /not licensed/i,
  /licen[sc]e (is )?(required|missing|not found)/i,
  /Request not applicable to target tenant/i,
  /Tenant does not have a SPO license/i,
];

interface GraphErrorBody {
  code: string;
  message: string;
}

/** Turns an answer that is not a success into words. `granted` = roles in the token, where they could be read. */
export function faultOfAnswer(request: GraphRequest, status: number, headers: Headers, body: string, granted: readonly string[] | undefined): SourceFault {
  const { code, message } = errorIn(body);
  const requestId = headers.get('request-id') ?? undefined;
  const answered = `Microsoft Graph answered ${status}${code ? ` ${code}` : ''} to ${request.path}`;
  const words = judge(request, status, code, message, answered, granted);
  return new SourceFault({ ...words, ...(requestId && /^[\w-]{1,64}$/.test(requestId) ? { requestId } : {}) }, status);
}

function judge(request: GraphRequest, status: number, code: string, message: string, answered: string, granted: readonly string[] | undefined): Fault {
  if ((status === 400 || status === 403) && licenseSigns.some((sign) => sign.test(`${code} ${message}`)))
    return {
      reason: 'license',
      detail: `${answered}: the tenant's licences do not include it.`,
      fix: 'A licence that includes this feature would make it readable.',
    };
  if (status === 400 && isUnknownTable(request, message))
    return {
      reason: 'license',
      detail: `${answered}: Defender keeps no such table for this tenant.`,
      fix: 'Microsoft Defender for Endpoint Plan 2 would make it readable, once it watches devices.',
    };
  if (status === 401)
    return {
      reason: 'permission',
      detail: `${answered}: it did not accept the token.`,
      fix: 'Check the tenant, the endpoint and the application the scan signs in with.',
    };
  if (status === 403) return { reason: 'permission', detail: `${answered}.`, fix: permissionFix(request.permissions, granted) };
  if (status === 429) return { reason: 'throttled', detail: `${answered} and kept refusing.`, fix: 'Scan again later, when fewer programs read this tenant.' };
  if (status >= 500)
    return { reason: 'unavailable', detail: `${answered}, also when asked again.`, fix: 'Scan again later; see the service health of the tenant.' };
  return { reason: 'unavailable', detail: `${answered}.`, fix: 'Scan again; if it stays, report it with the request id.' };
}

/** The table a hunting query begins with does not exist: the service behind it is not set up. A column that is gone is something else. */
function isUnknownTable({ kql }: GraphRequest, message: string): boolean {
  const [table] = kql?.split(' ') ?? [];
  return table !== undefined && new RegExp(`failed to resolve (table|scalar).*'${table}'`, 'i').test(message);
}

/** Names the permissions to grant: those the token lacks, or all of them when the token does not tell. */
function permissionFix(needed: readonly PermissionNeed[], granted: readonly string[] | undefined): string {
  const missing = granted ? needed.filter(({ name, orAnyOf }) => ![name, ...orAnyOf].some((each) => granted.includes(each))) : needed;
  const words = (needs: readonly PermissionNeed[]) => needs.map(({ name, orAnyOf }) => [name, ...orAnyOf].join(' or ')).join(', and ');
  return missing.length > 0
    ? `Grant the permission ${words(missing)} and give admin consent.`
    : `The token carries ${needed.map(({ name }) => name).join(' and ')}, and the service still refuses: check consent, the licence, and Conditional Access for workload identities.`;
}

/** Only the code (a plain word) leaves this module; the message may quote tenant data. */
function errorIn(body: string): GraphErrorBody {
  try {
    const error = (JSON.parse(body) as { error?: { code?: unknown; message?: unknown } }).error;
    const code = typeof error?.code === 'string' && /^[\w.:-]{1,80}$/.test(error.code) ? error.code : '';
    return { code, message: typeof error?.message === 'string' ? error.message : '' };
  } catch {
    return { code: '', message: '' };
  }
}

/** Turns an exception of the transport (reset, time limit, name not found, bad certificate …) into words. */
export function faultOfException(request: GraphRequest, error: unknown): SourceFault {
  if (error instanceof SourceFault) return error;
  const code = codeOf(error);
  const what = exceptionWords[code] ?? `the connection failed (${code})`;
  const fix =
    code.startsWith('UNABLE_TO_') || code.includes('CERT')
      ? 'Check the certificate of the endpoint; NODE_EXTRA_CA_CERTS adds a certificate authority.'
      : 'Check the network and scan again.';
  return new SourceFault({ reason: 'unavailable', detail: `No answer to ${request.path}: ${what}.`, fix });
}

const exceptionWords: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at the endpoint',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'the name of the endpoint is not known',
  EAI_AGAIN: 'the name of the endpoint could not be looked up',
  TimeoutError: 'the time limit of the request passed',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'the time limit of the request passed',
  UND_ERR_BODY_TIMEOUT: 'the time limit of the request passed',
  Z_DATA_ERROR: 'the compressed answer was damaged',
  Z_BUF_ERROR: 'the compressed answer was cut off',
  ERR_BUFFER_TOO_LARGE: 'the answer was larger than any page Graph sends',
  AbortError: 'the scan was stopped',
};

/** The most telling code of an error and its causes. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return error.name;
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}
