import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { jsonText } from '../lib/json-text.ts';
import { gathered } from '../lib/pieces.ts';
import { isPlainFinding } from '../model/finding.ts';
import { CheckResult, RunRecord } from '../model/run-record.ts';

export { HistoryError } from './database.ts';
export { type History, type KnownTenant, openExistingHistory, openHistory } from './history.ts';

/** A run record cannot be read or written. `message` names the file. */
export class StoreError extends Error {
  override name = 'StoreError';
  /** True when the file exists and holds something else than a run record. */
  readonly damaged: boolean;
  constructor(message: string, damaged: boolean) {
    super(message);
    this.damaged = damaged;
  }
}

/** Writes a run record, readable by its owner alone, in one step: never half a file. */
export async function saveRun(run: RunRecord, file: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    requireValid(run);
    await writeFile(fresh, gathered(linesOf(run)), { mode: 0o600 });
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new StoreError(`${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? (error as Error).message}).`, false);
  }
}

/** Result by result: a checked copy of a large run as a whole would take as much room again. */
function requireValid(run: RunRecord): void {
  RunRecord.parse({ ...run, results: [] });
  for (const result of run.results) CheckResult.parse(result.findings?.every(isPlainFinding) ? { ...result, findings: [] } : result);
}

function* linesOf(run: RunRecord): Generator<string> {
  yield* jsonText(run);
  yield '\n';
}

/** Reads a run record. Throws `StoreError` with the first thing that is wrong. */
export async function readRun(file: string): Promise<RunRecord> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new StoreError(`${file}: cannot be read (${error.code ?? error.message}).`, false);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StoreError(`${file}: is not JSON.`, true);
  }
  const parsed = RunRecord.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StoreError(`${file}: is not a run record of this version: ${issue?.path.join('.') || 'record'}: ${issue?.message}`, true);
}
