import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Retirement } from '../src/model/retirement.ts';
import { familyText, readFamily, retirementFolder } from './retirement-files.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** A new entry: what is left to say is marked FILL IN, and a conformance test refuses those words. */
export function newEntry(id: string, asOf: string): Retirement {
  return {
    id,
    title: 'FILL IN: what ends, without a full stop',
    product: 'FILL IN: the product as Microsoft names it',
    kind: 'retirement',
    asOf,
    announced: null,
    date: asOf,
    confidence: 'low',
    milestones: [{ date: asOf, what: 'FILL IN: what takes effect on this day' }],
    breaks: 'FILL IN: what stops or gets weaker, and for whom.',
    steps: ['FILL IN: what to do'],
    effort: 'medium',
    messageCenterIds: [],
    sources: [{ url: 'https://learn.microsoft.com/', read: 'FILL IN: which copy of the page was read; leave it out where none was' }],
    detectability: 'manual',
    look: [{ in: 'person', at: 'FILL IN: where to look', exposedWhen: 'FILL IN: what shows that it is in use' }],
  };
}

/** The families there are: the files of the catalogue. */
export async function families(root: string): Promise<string[]> {
  const files = await readdir(join(root, retirementFolder));
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
    .sort();
}

/** Why `family/id` cannot be an entry, or undefined. */
export async function objection(root: string, family: string, id: string): Promise<string | undefined> {
  const known = await families(root);
  if (!known.includes(family)) return `"${family}" is not a family. Families: ${known.join(', ')}.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) return `"${id}" is not kebab-case, such as exo-remote-powershell.`;
  const taken = known.find((each) => readFamily(root, each).some((entry) => entry.id === id));
  return taken ? `"${id}" exists already, in ${retirementFolder}/${taken}.json.` : undefined;
}

/** Adds an entry to its family, in its place. */
export async function addEntry(root: string, family: string, entry: Retirement): Promise<string> {
  const path = join(retirementFolder, `${family}.json`);
  await writeFile(join(root, path), familyText([...readFamily(root, family), entry]));
  return path;
}

async function run(root: string, target: string | undefined): Promise<number> {
  const [family = '', id = ''] = (target ?? '').split('/');
  const wrong = await objection(root, family, id);
  if (wrong) {
    console.error(`${wrong}\nUsage: npm run new-retirement <family>/<id>`);
    return 64;
  }
  console.log(await addEntry(root, family, newEntry(id, new Date().toISOString().slice(0, 10))));
  console.log('Replace every FILL IN, then: npm run docs && npm test');
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await run(checkout, process.argv[2]);
