import type { AnyDataset } from '../kit/kit.ts';
import { permissionNeeds } from '../kit/request.ts';

/** One permission to grant, and the datasets that cannot be read without it. */
export interface PlannedPermission {
  name: string;
  datasets: string[];
}

/**
 * The fewest permissions that read all datasets: each dataset's least privileged one, less those that another chosen
 * one grants anyway (where `Directory.Read.All` is needed, `User.Read.All` beside it would add nothing).
 */
export function leastPermissions(datasets: readonly AnyDataset[]): PlannedPermission[] {
  const needs = datasets.flatMap((dataset) =>
    permissionNeeds(dataset).map((need) => ({ id: dataset.id, name: need.name, accepted: [need.name, ...need.orAnyOf] })),
  );
  const chosen = new Set(needs.map((need) => need.name));
  const breadth = (name: string) => needs.filter((need) => need.accepted.includes(name)).length;
  for (const name of [...chosen].sort((a, b) => breadth(b) - breadth(a) || (a < b ? 1 : -1))) {
    const spare = needs.every((need) => !need.accepted.includes(name) || need.accepted.some((other) => other !== name && chosen.has(other)));
    if (spare) chosen.delete(name);
  }
  const opensAlone = (name: string) =>
    needs.filter((need) => need.accepted.includes(name) && !need.accepted.some((other) => other !== name && chosen.has(other)));
  return [...chosen].sort().map((name) => ({ name, datasets: [...new Set(opensAlone(name).map((need) => need.id))].sort() }));
}
