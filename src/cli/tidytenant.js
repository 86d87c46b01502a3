#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read this far and say what is wrong in one line.
import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 20)) {
  console.error(`tidytenant needs Node 22.20 or later; this is Node ${process.versions.node}.`);
  console.error('Inside a clone run it as "npx tidytenant" after "npm ci": that uses the Node the repository brings.');
  process.exit(64);
}
keepCompiled();
// A clone runs its sources; an installed package has only what was built from them.
const source = new URL('./main.ts', import.meta.url);
const built = new URL('../../dist/src/cli/main.js', import.meta.url);
const { main } = await import((existsSync(source) ? source : built).href);
await main(process.argv);

/**
 * Compiled code is kept for the next start, which then takes half as long. In the user's own folder: what lies in a shared
 * one could have been put there by somebody else. Where that cannot be written, nothing is kept.
 */
function keepCompiled() {
  const caches = process.env.XDG_CACHE_HOME || process.env.LOCALAPPDATA || join(homedir(), '.cache');
  if (!isAbsolute(caches)) return;
  try {
    // Step by step: Node's own recursive mkdir never returns on file systems such as /proc.
    for (const folder of [caches, join(caches, 'tidytenant')]) if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    module.enableCompileCache(join(caches, 'tidytenant', 'compiled'));
  } catch {
    return;
  }
}
