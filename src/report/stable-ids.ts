import { createHash } from 'node:crypto';

/** Of this program's names: a UUID of version 4, drawn once. */
const namespace = Buffer.from('6f0f2b4d0f3e4c55b6a1d8a3c1f7e29b', 'hex');

/** A UUID of version 5 (RFC 9562): the same parts give the same id in every run, different parts another one. */
export function uuidOf(...parts: readonly string[]): string {
  const bytes = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** SHA-256 over the parts, hexadecimal. */
export function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
