import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Facts about Graph in full, where the checkout has them beside it; the suite passes without. */
export const contractFolder = fileURLToPath(new URL('../../../shared/graph-contract/', import.meta.url));
