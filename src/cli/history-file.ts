import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import { type History, HistoryError, openExistingHistory, openHistory } from '../store/store.ts';
import { plain } from './console.ts';
import type { Flags } from './options.ts';

/** In the working folder, beside `tidytenant.yaml` and `reports/`: it belongs to the tenants scanned from here, and not to one report. */
const defaultFile = 'tidytenant.sqlite';

interface Settings {
  config: Config;
  environment: Environment;
}

/** Where the history lies, and whether somebody said so. Undefined = somebody said that none is kept. */
export function historyFile(flags: Pick<Flags, 'history'>, { config, environment }: Settings): { file: string; named: boolean } | undefined {
  const chosen = flags.history ?? environment.history ?? config.history;
  if (chosen === false) return undefined;
  return { file: resolve(chosen ?? defaultFile), named: chosen !== undefined };
}

/**
 * The history a command goes by. A named one is made where it is missing, and must work. Of one that nobody named, the
 * command says what becomes of it: `make` it, read it if it is `there`, or `leave` it alone.
 */
export function usedHistory(flags: Pick<Flags, 'history'>, settings: Settings, unnamed: 'make' | 'there' | 'leave'): History | undefined {
  const place = historyFile(flags, settings);
  if (!place) return undefined;
  if (place.named) return openHistory(place.file);
  if (unnamed === 'leave') return undefined;
  if (unnamed === 'there') return openExistingHistory(place.file);
  if (!isWritable(place.file)) return doneWithout(`${place.file}: cannot be written.`);
  try {
    return openHistory(place.file);
  } catch (error) {
    // A disk can be full where the folder may be written.
    if (error instanceof HistoryError && error.place) return doneWithout(error.message);
    throw error;
  }
}

function doneWithout(because: string): undefined {
  process.stderr.write(`No history is kept: ${plain(because)} Name a place with --history, or say --no-history.\n`);
}

function isWritable(file: string): boolean {
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
