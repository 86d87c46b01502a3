import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { gathered } from '../lib/pieces.ts';

/** What is written: the name says where in the folder. */
export interface Deliverable {
  fileName: string;
  /** Text is written as UTF-8, whole or in pieces. */
  content: string | Uint8Array | Iterable<string>;
}

export interface Receipt {
  kind: 'file';
  fileName: string;
  /** Absolute. */
  path: string;
  bytes: number;
}

/** A document could not be put where it should be. `message` is one line; `hint` says what to do. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
  readonly hint: string;
  /** What was written before. */
  readonly delivered: readonly Receipt[];
  constructor(message: string, hint: string, delivered: readonly Receipt[], cause: unknown) {
    super(message, { cause });
    this.hint = hint;
    this.delivered = delivered;
  }
}

/**
 * Writes documents into a folder, one after the other, and takes the next only when one is written. Reports name people and weaknesses, so a new folder and all files are readable by their owner
 * alone. Each file appears whole or not at all; a file that cannot be written takes nothing with it that was written before.
 */
export async function deliverDocuments(documents: Iterable<Deliverable> | AsyncIterable<Deliverable>, directory: string): Promise<Receipt[]> {
  const folder = resolve(directory);
  const receipts: Receipt[] = [];
  const failed = (error: unknown) => {
    throw new DeliveryError(`Cannot write to ${folder}: ${reasonOf(error)}.`, hintFor(error), receipts, error);
  };
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(failed);
  // What goes wrong where the documents are made is no matter of the folder, and passes as it is.
  for await (const document of documents) receipts.push(await deliverFile(document, folder).catch(failed));
  return receipts;
}

async function deliverFile({ fileName, content }: Deliverable, folder: string): Promise<Receipt> {
  if (basename(fileName) !== fileName || fileName === '' || fileName === '.' || fileName === '..')
    throw new RangeError(`"${fileName}" is not a plain file name`);
  const path = join(folder, fileName);
  const draft = join(folder, `.${fileName}.${randomUUID()}.tmp`);
  try {
    const bytes = await writeDraft(draft, typeof content === 'string' || content instanceof Uint8Array ? [content] : gathered(content));
    await rename(draft, path);
    return { kind: 'file', fileName, path, bytes };
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** `wx` never follows a link somebody laid; the mode is set before the first byte is written. Gives the number of bytes. */
async function writeDraft(path: string, pieces: Iterable<string | Uint8Array>): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let written = 0;
  try {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      // Goes on from where the last piece ended.
      await file.writeFile(bytes);
      written += bytes.length;
    }
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
}

const reasons: Record<string, readonly [reason: string, hint: string]> = {
  EACCES: ['access is denied', 'Choose a folder you may write to with --out.'],
  EPERM: ['access is denied', 'Choose a folder you may write to with --out.'],
  EROFS: ['the file system is read-only', 'Choose another folder with --out.'],
  ENOSPC: ['the disk is full', 'Free some space or choose another folder with --out.'],
  EDQUOT: ['the disk quota is used up', 'Free some space or choose another folder with --out.'],
  ENOTDIR: ['a part of the path is a file', 'Choose another folder with --out.'],
  EEXIST: ['a file of that name is in the way', 'Choose another folder with --out.'],
  EISDIR: ['a folder has the name of a report file', 'Rename it or choose another folder with --out.'],
  ENAMETOOLONG: ['the path is too long', 'Choose a shorter path with --out.'],
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code]?.[0] ?? (error instanceof RangeError ? error.message : `the system says ${code || 'no more'}`);
}

function hintFor(error: unknown): string {
  return reasons[codeOf(error)]?.[1] ?? 'Choose another folder with --out.';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
