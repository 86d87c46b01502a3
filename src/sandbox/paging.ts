import { createHash } from 'node:crypto';
import { GraphError } from './errors.ts';

/** A page token names the next row and the request it belongs to; clients see an opaque word. */
export function writePageToken(next: number, request: string): string {
  return Buffer.from(`${next}.${fingerprint(next, request)}`).toString('base64url');
}

export function readPageToken(token: string, request: string): number {
  const [next = '', print] = Buffer.from(token, 'base64url').toString('utf8').split('.');
  if (!/^\d+$/.test(next) || print !== fingerprint(Number(next), request)) {
    throw new GraphError(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired and can no longer be included in your request.');
  }
  return Number(next);
}

function fingerprint(next: number, request: string): string {
  return createHash('sha256').update(`${next} ${request}`).digest('base64url').slice(0, 16);
}
