import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './migrations.ts';

/** The history cannot be used. `message` names the file, `fix` what to do. */
export class HistoryError extends Error {
  override name = 'HistoryError';
  readonly fix: string;
  /** True where the place is at fault, not what lies there: rights, a full or failing disk. */
  readonly place: boolean;
  constructor(message: string, fix: string, cause?: unknown, place = false) {
    super(message, { cause });
    this.fix = fix;
    this.place = place;
  }
}

/** Tells our file from any other SQLite file: "tidy". */
const applicationId = 0x74696479;
/** How long a process waits for another one that is writing. */
const patienceMs = 20_000;

/**
 * Opens the file, readable by its owner alone, and lifts its schema to the newest. A rollback journal instead of a
 * write-ahead log: at rest the history is one file, which can be copied as it is. What is deleted is overwritten.
 */
export function openDatabase(file: string): DatabaseSync {
  try {
    prepareFile(file);
    const { DatabaseSync: Database } = sqlite();
    const db = new Database(file, { timeout: patienceMs, enableForeignKeyConstraints: true });
    try {
      db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
      migrate(db, file);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw explained(error, file);
  }
}

/** All of `work` or nothing. Takes the write lock at once: two processes wait for each other instead of failing half-way. */
export function transaction<Result>(db: DatabaseSync, work: () => Result): Result {
  return within(db, 'BEGIN IMMEDIATE', work);
}

/** Several reads of one state, whatever another process writes meanwhile. */
export function snapshot<Result>(db: DatabaseSync, work: () => Result): Result {
  return within(db, 'BEGIN', work);
}

function within<Result>(db: DatabaseSync, begin: string, work: () => Result): Result {
  db.exec(begin);
  try {
    const result = work();
    // The work may have taken itself back.
    if (db.isTransaction) db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function migrate(db: DatabaseSync, file: string): void {
  if (versionOf(db, file) === migrations.length) return;
  transaction(db, () => {
    // Asked again under the lock: another process may have been faster.
    for (let version = versionOf(db, file); version < migrations.length; version += 1) db.exec(migrations[version] as string);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length};`);
  });
}

function versionOf(db: DatabaseSync, file: string): number {
  const number = (sql: string) => Object.values(db.prepare(sql).get() ?? {})[0] as number;
  const isOurs = number('PRAGMA application_id') === applicationId;
  if (!isOurs && number('SELECT count(*) FROM sqlite_schema') > 0)
    throw new HistoryError(`${file}: is a database of another program, not a history of tidytenant.`, 'Name another file with --history.');
  const version = number('PRAGMA user_version');
  if (version > migrations.length)
    throw new HistoryError(
      `${file}: was written by a newer tidytenant (history version ${version}; this one knows ${migrations.length}).`,
      'Update tidytenant, name another file with --history, or go on without: --no-history',
    );
  return version;
}

/** SQLite would make the file as readable as the umask lets it. The journal beside it gets the mode of the file. */
function prepareFile(file: string): void {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
}

/** Node 22 calls its SQLite experimental each time it is loaded; exactly that warning is left out. */
function sqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (!/^SQLite is an experimental feature/.test(String(warning))) Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** What SQLite's result codes mean for the owner of the file: https://www.sqlite.org/rescode.html */
const reasons: Record<number, readonly [what: string, fix: string]> = {
  5: ['is in use by another process', 'Wait until the other tidytenant is done, then run again.'],
  8: ['cannot be written', 'Check the permissions of the file and its folder, or go on without: --no-history'],
  10: ['cannot be read or written', 'Check the disk, or go on without: --no-history'],
  11: ['is damaged', 'Restore it from a backup, or move it away and import earlier evidence: tidytenant history import'],
  13: ['cannot grow: the disk is full', 'Free some space, then run again.'],
  14: ['cannot be opened', 'Check the permissions of the file and its folder, or go on without: --no-history'],
  26: ['is not a history of tidytenant', 'Name another file with --history.'],
};

/** Any error of SQLite or of the file system in words; others stay as they are. */
export function explained(error: unknown, file: string): unknown {
  if (error instanceof HistoryError || !(error instanceof Error)) return error;
  const { errcode, code } = error as { errcode?: number; code?: string };
  if (errcode === undefined && !/^E[A-Z]+$/.test(code ?? '')) return error;
  const reason = code === 'ENOSPC' ? 13 : (errcode ?? 14) & 0xff;
  const [what, fix] = reasons[reason] ?? [`cannot be used (${error.message})`, 'Go on without: --no-history'];
  return new HistoryError(`${file}: ${what}${errcode === undefined ? ` (${code})` : ''}.`, fix, error, [8, 10, 13, 14].includes(reason));
}
