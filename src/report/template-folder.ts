import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `templates/` lies at the top of the package, beside `src/` in the sources and beside `dist/` when built. */
export const templateFolder: string = findFolder();

function findFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const found = ['../../templates', '../../../templates'].map((path) => join(here, path)).find((path) => existsSync(path));
  if (!found) throw new Error(`The folder "templates" is missing beside ${here}. Install the package again.`);
  return found;
}
