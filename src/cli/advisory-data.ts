import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { newestParts } from '../advisories/newest.ts';
import { loadSnapshot, shippedParts, snapshotOf } from '../advisories/snapshot.ts';
import type { Config } from '../config/config.ts';
import type { Environment } from '../config/environment.ts';
import type { AdvisoryFiles } from '../model/advisories.ts';
import type { Parts, Snapshot } from '../model/snapshot.ts';
import { readAdvisories } from '../store/advisories.ts';
import { StoreError } from '../store/store.ts';
import { InputError } from './exit.ts';

export interface AdvisoryData {
  folder: string;
  files: AdvisoryFiles;
  /** What is judged by: the newer of shipped and renewed. */
  parts: Parts;
}

/** Where renewed advisory data lies: environment over config file over the user's data folder. */
export function advisoriesFolder({ config, environment }: { config: Config; environment: Environment }): string {
  return resolve(environment.advisories ?? config.advisories ?? join(dataHome(process.env, process.platform), 'tidytenant', 'advisories'));
}

function dataHome(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (env.XDG_DATA_HOME) return env.XDG_DATA_HOME;
  return platform === 'win32' && env.LOCALAPPDATA ? env.LOCALAPPDATA : join(homedir(), '.local', 'share');
}

export async function readAdvisoryData(folder: string): Promise<AdvisoryData> {
  const files = await readAdvisories(folder).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    throw new InputError(error.message, 'Delete the file; tidytenant advisories update makes it anew, and until then the shipped data counts.');
  });
  return { folder, files, parts: newestParts(shippedParts(), files) };
}

/** The snapshot that scans and evaluations judge by. */
export async function currentSnapshot(choices: { config: Config; environment: Environment }): Promise<Snapshot> {
  const { files, parts } = await readAdvisoryData(advisoriesFolder(choices));
  return Object.keys(files).length === 0 ? loadSnapshot() : snapshotOf(parts);
}
