#!/usr/bin/env node
// Plain JavaScript on purpose: an old Node must be able to read this far and say what is wrong in one line.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 20)) {
  console.error(`tidytenant needs Node 22.20 or later; this is Node ${process.versions.node}.`);
  console.error('Inside a clone run it as "npx tidytenant" after "npm ci": that uses the Node the repository brings.');
  process.exit(64);
}
await import('./engine.js');
// A clone runs its sources; an installed package has only what was built from them.
const source = new URL('./main.ts', import.meta.url);
const built = new URL('../../dist/src/cli/main.js', import.meta.url);
const { main } = await import((existsSync(source) ? source : built).href);
await main(process.argv);
