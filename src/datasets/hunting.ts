import type { AnyOf, Dataset } from '../kit/kit.ts';
import { huntingPath, huntingRows } from '../model/request.ts';

/** The service plan whose devices fill the hunting tables; Defender for Business has none. */
const defenderPlans: AnyOf<string> = ['WINDEFATP'];

/** What all datasets from Defender's hunting tables have in common. `steps` are those of the query, without the last one, which bounds the answer. */
export function hunting(
  table: string,
  ...steps: readonly string[]
): Pick<Dataset<unknown, unknown>, 'source' | 'path' | 'kql' | 'permissions' | 'servicePlans'> {
  return {
    source: 'graph',
    path: huntingPath,
    kql: [table, ...steps, `take ${huntingRows}`].join(' | '),
    permissions: ['ThreatHunting.Read.All'],
    servicePlans: defenderPlans,
  };
}

/** Vulnerabilities that ask for haste: exploit code is public, or CVSS scores 9.0 or more. */
export const urgentVulnerabilities =
  'DeviceTvmSoftwareVulnerabilitiesKB | extend CvssScore=todouble(CvssScore) | where IsExploitAvailable == true or CvssScore >= 9.0 | project CveId, IsExploitAvailable, CvssScore, PublishedDate';

/** The newest row of each device that Defender saw within 30 days. */
export function newestOf(columns: readonly string[]): string[] {
  return ['where Timestamp > ago(30d)', `summarize arg_max(Timestamp, ${columns.join(', ')}) by DeviceId`];
}
