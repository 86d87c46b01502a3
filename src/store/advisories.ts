import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AdvisoryFile, type AdvisoryFiles, advisorySchemaVersion, partSchema, type RenewedPart, renewedParts } from '../model/advisories.ts';
import { StoreError } from './store.ts';

/** The renewed parts in a folder; none where it does not exist. Throws `StoreError` for a damaged file. */
export async function readAdvisories(folder: string): Promise<AdvisoryFiles> {
  const files = await Promise.all(renewedParts.map((part) => readPart(folder, part)));
  return Object.fromEntries(files.flatMap((file) => (file ? [[file.part, file]] : [])));
}

async function readPart(folder: string, part: RenewedPart): Promise<AdvisoryFile | undefined> {
  const path = advisoryPath(folder, part);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new StoreError(`${path}: cannot be read (${error.code ?? error.message}).`, false);
  });
  if (text === undefined) return undefined;
  const value = parse(text, path);
  if (versionOf(value) !== advisorySchemaVersion) return undefined;
  const file = AdvisoryFile.safeParse(value);
  const data = file.success && file.data.part === part ? partSchema(part).safeParse(file.data.data) : undefined;
  if (file.success && data?.success && data.data) return { ...file.data, part, data: data.data };
  const [issue] = (file.success ? data?.error : file.error)?.issues ?? [];
  throw new StoreError(`${path}: is not advisory data: ${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'holds another part'}`, true);
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new StoreError(`${path}: is not JSON.`, true);
  }
}

/** Another version of the program wrote it: not an error. */
function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value && Number.isInteger(value.schemaVersion)
    ? value.schemaVersion
    : advisorySchemaVersion;
}

/** Writes one part in one step: whoever reads meanwhile, or after a kill, finds the old file or the new one. */
export async function saveAdvisory(folder: string, file: AdvisoryFile): Promise<void> {
  const path = advisoryPath(folder, file.part);
  const fresh = `${path}.${process.pid}.new`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(fresh, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(file)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new StoreError(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`, false);
  }
}

export function advisoryPath(folder: string, part: RenewedPart): string {
  return join(folder, `${part}.json`);
}
