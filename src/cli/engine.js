// Sets up the engine before anything large is loaded: plain JavaScript, because it decides how the rest is compiled.
import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import v8 from 'node:v8';

// Pages come, are reduced and dropped: nearly all memory is garbage within milliseconds. Left alone, the engine lets it
// pile up to several times what is in use before it looks. Measured in docs/benchmarks.md.
// Only on the releases they were tried on: the engine complains aloud of a flag it does not know.
if ([22, 24].includes(Number(process.versions.node.split('.')[0]))) {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  v8.setFlagsFromString('--heap-growing-percent=40');
}
keepCompiled();

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
