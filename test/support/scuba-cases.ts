import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { catalogue } from './catalogue.ts';
import { root } from './root.ts';

/** Cases of CISA's ScubaGear, where the checkout has them beside it; the suite passes without. */
const casesFolder = fileURLToPath(new URL('../../../shared/conformance/scuba/', import.meta.url));
export const hasCases = existsSync(casesFolder);

const ScubaCase = z.object({
  id: z.string(),
  policyId: z.string(),
  /** Warning: a SHOULD that is not met. */
  expected: z.enum(['Pass', 'Fail', 'Warning', 'N/A']),
  /** Evidence as that tool holds it, cut down to what the case is about; an empty list where it holds none. */
  input: z.union([z.record(z.string(), z.unknown()), z.tuple([])]),
  /** `scubagear`: keys begin with a capital, as PowerShell gives them. */
  keyCase: z.enum(['graph', 'scubagear']),
});
export type ScubaCase = z.infer<typeof ScubaCase>;

/** Policy id → our checks that decide it. */
export const checksByPolicy = Map.groupBy(
  catalogue.flatMap(({ check }) => check.controls.filter(({ framework }) => framework === 'CISA SCuBA').map(({ id }) => ({ policy: id, check }))),
  ({ policy }) => policy,
);

/** The cases whose policy a check of ours decides. */
export function loadCases(): ScubaCase[] {
  if (!hasCases) return [];
  const files = readdirSync(casesFolder).filter((name) => name.endsWith('.json'));
  const cases = files.flatMap((name) => z.array(ScubaCase).parse(JSON.parse(readFileSync(join(casesFolder, name), 'utf8'))));
  return cases.filter(({ policyId }) => checksByPolicy.has(policyId));
}

/** Ids of the cases in which we differ on purpose, as the document lists them. */
export function listedDeviations(): string[] {
  const text = readFileSync(join(root, 'docs/deviations.md'), 'utf8');
  return [...text.matchAll(/`(MS\.[A-Z]+\.\d+\.\d+v\d+#[^`]+)`/g)].map(([, id]) => id as string);
}
