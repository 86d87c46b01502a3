import { readdir } from 'node:fs/promises';
import { baseDatasets } from '../../src/datasets/tenant.ts';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { type CatalogueEntry, loadChecks, shippedChecks } from '../../src/plan/load-checks.ts';
import { root } from './root.ts';

export const catalogue: readonly CatalogueEntry[] = await loadChecks([shippedChecks]);

/** Every dataset module there is, by file name. */
export async function datasetFiles(): Promise<{ file: string; id: string; dataset: AnyDataset | undefined }[]> {
  const folder = `${root}src/datasets/graph/`;
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    files.map(async (name) => {
      const id = name.replace(/\.ts$/, '');
      const module = (await import(`${folder}${name}`)) as Record<string, AnyDataset>;
      return { file: `src/datasets/graph/${name}`, id, dataset: module[id] };
    }),
  );
}

export { baseDatasets };
