import { SourceFault } from '../fault.ts';

export interface Attempt {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const repeated = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Errors that the next attempt would meet again. */
const finalCodes = new Set(['ERR_BUFFER_TOO_LARGE', 'ENOTFOUND', 'UND_ERR_INVALID_ARG', 'ERR_INVALID_URL']);

/** Whether asking again cannot help. */
export function isFinal(outcome: Attempt | Error): boolean {
  if (outcome instanceof SourceFault) return true;
  if (outcome instanceof Error) return finalCodes.has(codeOf(outcome)) || codeOf(outcome).includes('CERT');
  return !repeated.has(outcome.status);
}

export function timedOut(outcome: Attempt | Error): boolean {
  return outcome instanceof Error && codeOf(outcome) === 'TimeoutError';
}

/** Milliseconds to wait: what the host asks for, in seconds or as a date, but never less than our own. */
export function pauseOf(outcome: Attempt | Error, own: number): number {
  const asked = outcome instanceof Error ? undefined : outcome.headers['retry-after'];
  if (typeof asked !== 'string') return own;
  const wait = /^\d+$/.test(asked.trim()) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isFinite(wait) ? Math.max(own, wait) : own;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be looked up',
  TimeoutError: 'the time limit passed',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'the time limit passed',
  UND_ERR_BODY_TIMEOUT: 'the time limit passed',
  Z_DATA_ERROR: 'the compressed answer was damaged',
  Z_BUF_ERROR: 'the compressed answer was cut off',
  ERR_BUFFER_TOO_LARGE: 'the answer is larger than this feed ever was',
};

/** In words, without anything the host said. */
export function faultOf(name: string, outcome: Attempt | Error, signal: AbortSignal): SourceFault {
  if (signal.aborted) return new SourceFault({ reason: 'partial', detail: `Reading ${name} was stopped.`, fix: 'Run the command again.' });
  if (outcome instanceof SourceFault) return new SourceFault({ ...outcome.fault, detail: `${capital(name)}: ${outcome.fault.detail}.` });
  const fix = 'Try again later; a proxy may be needed (HTTPS_PROXY).';
  if (!(outcome instanceof Error)) {
    const reason = outcome.status === 429 ? 'throttled' : 'unavailable';
    return new SourceFault({ reason, detail: `${capital(name)}: the host answered ${outcome.status}.`, fix });
  }
  const code = codeOf(outcome);
  return new SourceFault({ reason: 'unavailable', detail: `${capital(name)}: ${words[code] ?? `the connection failed (${code})`}.`, fix });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (error.name === 'TimeoutError') return error.name;
  if (typeof code === 'string') return code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}
