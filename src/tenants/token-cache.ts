import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ICachePlugin } from '@azure/msal-node';

/** Where a person's sign-in is kept between runs, readable by that person alone. */
export function tokenCacheFile(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = env.XDG_STATE_HOME ?? (process.platform === 'win32' ? env.LOCALAPPDATA : undefined) ?? join(homedir(), '.local', 'state');
  return join(base, 'tidytenant', 'token-cache.json');
}

/** Keeps MSAL's cache in one file, mode 0600, replaced in one step. */
export function fileCache(file: string): ICachePlugin {
  return {
    async beforeCacheAccess(context) {
      const text = await readFile(file, 'utf8').catch(() => '');
      if (text) context.tokenCache.deserialize(text);
    },
    async afterCacheAccess(context) {
      if (!context.cacheHasChanged) return;
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const fresh = `${file}.${process.pid}`;
      await writeFile(fresh, context.tokenCache.serialize(), { mode: 0o600 });
      await rename(fresh, file);
    },
  };
}
