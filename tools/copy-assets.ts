import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What the compiler leaves behind: templates, beside the built sources at the same distance as in the clone. */
await cp(fileURLToPath(new URL('../templates', import.meta.url)), fileURLToPath(new URL('../dist/templates', import.meta.url)), { recursive: true });
