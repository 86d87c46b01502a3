import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import { Reason } from '../model/evidence.ts';
import { RequestTotals } from '../model/run-record.ts';
import { Tenant } from '../model/tenant.ts';

export const evidenceSchemaVersion = 1;

export const EvidenceHeader = z.object({
  schemaVersion: z.literal(evidenceSchemaVersion),
  tenant: Tenant.partial({ name: true, domain: true, servicePlans: true }),
  collectedAt: z.iso.datetime({ offset: true }),
});
export type EvidenceHeader = z.infer<typeof EvidenceHeader>;

/** `reading`: which reading of the dataset a line belongs to, from 1 (absent). Only the last one counts: an earlier one broke off. */
const reading = z.int().min(2).optional();
const PageLine = z.object({ dataset: z.string(), page: z.int(), reading, key: z.string().optional(), rows: z.array(z.unknown()).readonly() });
const ClosingLine = z.discriminatedUnion('ok', [
  z.object({ dataset: z.string(), ok: z.literal(true), items: z.int(), pages: z.int(), at: z.string(), reading, requests: RequestTotals.optional() }),
  z.object({
    dataset: z.string(),
    ok: z.literal(false),
    reason: Reason,
    detail: z.string(),
    fix: z.string().optional(),
    requestId: z.string().optional(),
    reading,
    requests: RequestTotals.optional(),
  }),
]);
export type PageLine = z.infer<typeof PageLine>;
export type ClosingLine = z.infer<typeof ClosingLine>;
export type EvidenceLine = { page: PageLine } | { closing: ClosingLine };

/** The evidence file cannot be used. `message` names file and line. */
export class EvidenceFileError extends Error {
  override name = 'EvidenceFileError';
}

/** Where collection puts what it reads, line by line. */
export interface EvidenceSink {
  write(line: EvidenceHeader | PageLine | ClosingLine): Promise<void>;
  close(): Promise<void>;
}

/** Writes gzip'd JSON Lines, mode 0600, with back-pressure: nothing piles up in memory. Throws `EvidenceFileError` when the disk does not take it. */
export async function openEvidenceFile(file: string): Promise<EvidenceSink> {
  const unwritable = (error: NodeJS.ErrnoException) => new EvidenceFileError(`${file}: cannot be written (${error.code ?? error.message}).`);
  const disk = createWriteStream(file, { mode: 0o600 });
  await once(disk, 'open').catch((error: NodeJS.ErrnoException) => {
    throw unwritable(error);
  });
  // Level 1: evidence is written while the tenant is read, and must not slow that down.
  const gzip = createGzip({ level: 1 });
  const written = pipeline(gzip, disk);
  const failed = written.then(
    () => new Promise<never>(() => {}),
    (error: NodeJS.ErrnoException) => {
      throw unwritable(error);
    },
  );
  failed.catch(() => {});
  let drained: Promise<unknown> | undefined;
  return {
    async write(line) {
      if (gzip.write(`${JSON.stringify(line)}\n`)) return;
      drained ??= once(gzip, 'drain').then(() => {
        drained = undefined;
      });
      await Promise.race([drained, failed]);
    },
    async close() {
      gzip.end();
      await written.catch((error: NodeJS.ErrnoException) => {
        throw unwritable(error);
      });
    },
  };
}

/** Reads an evidence file as a stream: the header first, then every line. Throws `EvidenceFileError`; with `cut`, a file that ends too early just ends. */
export async function openEvidence(file: string, { cut = false } = {}): Promise<{ header: EvidenceHeader; lines: AsyncGenerator<EvidenceLine> }> {
  const lines = jsonLines(file, cut);
  const first = await lines.next();
  if (first.done) throw new EvidenceFileError(`${file}: is empty.`);
  const header = EvidenceHeader.safeParse(first.value.value);
  if (!header.success) throw new EvidenceFileError(`${file}:1: is not the header of an evidence file this version can read.`);
  return { header: header.data, lines: evidenceLines(file, lines) };
}

async function* evidenceLines(file: string, lines: AsyncGenerator<{ value: unknown; number: number }>): AsyncGenerator<EvidenceLine> {
  for await (const { value, number } of lines) {
    const isPage = typeof value === 'object' && value !== null && 'rows' in value;
    const parsed = isPage ? PageLine.safeParse(value) : ClosingLine.safeParse(value);
    if (!parsed.success)
      throw new EvidenceFileError(
        `${file}:${number}: is neither a page nor the end of a dataset (${parsed.error.issues[0]?.path.join('.') || 'line'}: ${parsed.error.issues[0]?.message}).`,
      );
    yield isPage ? { page: parsed.data as PageLine } : { closing: parsed.data as ClosingLine };
  }
}

async function* jsonLines(file: string, cut: boolean): AsyncGenerator<{ value: unknown; number: number }> {
  const gunzip = createGunzip();
  // `pipeline` hands a fault of the disk on to gunzip, and readline to the loop.
  const piped = pipeline(createReadStream(file), gunzip).catch(() => undefined);
  let number = 0;
  // A line is given out when the next one is there: only the last may be half a line.
  let before: string | undefined;
  try {
    for await (const text of createInterface({ input: gunzip, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (before !== undefined) yield { value: parseLine(before, file, number), number };
      before = text.trim() === '' ? undefined : text;
      number += 1;
    }
    if (before !== undefined) yield { value: parseLine(before, file, number), number };
  } catch (error) {
    if (error instanceof EvidenceFileError) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (cut && code === 'Z_BUF_ERROR') return;
    throw new EvidenceFileError(`${file}: ${faultWords[code] ?? `cannot be read (${code || message})`}.`);
  } finally {
    gunzip.destroy();
    await piped;
  }
}

const faultWords: Record<string, string> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  Z_BUF_ERROR: 'ends too early: the file is cut off',
  Z_DATA_ERROR: 'is not a gzip file, or is damaged',
};

function parseLine(text: string, file: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EvidenceFileError(`${file}:${number}: is not JSON.`);
  }
}
