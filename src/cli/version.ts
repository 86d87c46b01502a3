import { readFile } from 'node:fs/promises';

/** Name and version of this program, from its own package.json (one level higher when built). */
export async function toolVersion(): Promise<{ name: string; version: string }> {
  for (const place of ['../../package.json', '../../../package.json']) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined);
    if (text) {
      const { name, version } = JSON.parse(text) as { name: string; version: string };
      return { name, version };
    }
  }
  throw new Error('the package.json of tidytenant is missing');
}
