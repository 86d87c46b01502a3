import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonicalJson } from '../lib/canonical.ts';
import type { LedgerEntry } from '../model/ledger.ts';

/** What comes before the first entry: ledgers of two tenants share no hash. */
export function firstHash(tenantId: string): string {
  return createHash('sha256').update(`tidytenant ledger 1 ${tenantId.toLowerCase()}`).digest('hex');
}

/** The hash of an entry: over the hash before it, a line feed, and its canonical JSON, in UTF-8. */
export function hashOf(before: string, text: string): string {
  return createHash('sha256').update(`${before}\n${text}`).digest('hex');
}

/**
 * Entries are short and much alike. Never changed: what is stored was packed with it, and can only be read with it.
 */
const words = Buffer.from(
  '{"kind":"withdrawn","number":2,"corrects":1,"run":"2027-01-01T03:00:00Z"}' +
    '{"device":{"id":"00000000-0000-0000-0000-000000000000","model":"Latitude 7450","name":"LAPTOP-","owner":"@contoso.onmicrosoft.com"},' +
    '"firstWith":"2026-01-01T03:00:00Z","kind":"standing","number":1,"platform":"Windows","run":"2026-01-01T03:00:00Z","to":"10.0.26100.1000"}' +
    '{"corrects":1,"device":{"id":"00000000-0000-0000-0000-000000000000","model":null,"name":"DESKTOP-","owner":null},' +
    '"firstWith":"2026-01-02T03:00:00.000Z","from":"10.0.26200.1000","kind":"changed","lastWithout":"2026-01-01T03:00:00Z","number":12,' +
    '"platform":"Windows","run":"2026-01-02T03:00:00.000Z","to":"10.0.26100.1000"}',
);

export function packEntry(text: string): Uint8Array {
  return deflateRawSync(text, { dictionary: words });
}

/** Throws where the bytes are not what `packEntry` gave. */
export function unpackEntry(packed: Uint8Array): string {
  return inflateRawSync(packed, { dictionary: words }).toString('utf8');
}

export function entryText(entry: LedgerEntry): string {
  return canonicalJson(entry);
}
