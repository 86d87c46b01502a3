import { writeFileSync } from 'node:fs';
import { buildSchema } from './build-schema.ts';
import { servedExpansions, servedPaths } from './served-paths.ts';

/** `node test/sandbox/support/write-schema.ts` after a route was added or the contract renewed. */
const { text, missing } = buildSchema(servedPaths(), servedExpansions());
writeFileSync(new URL('../../../src/sandbox/data/graph-schema.ts', import.meta.url), text);
for (const path of missing) console.log(`not in the contract: ${path}`);
