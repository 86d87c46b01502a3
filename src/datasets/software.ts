import type { DeepReadonly } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
import type { ExploitableVulnerability } from './graph/exploitableVulnerabilities.ts';

type Row = DeepReadonly<ExploitableVulnerability>;

/** One program with the urgent holes that are open in it. */
export interface VulnerableSoftware {
  vendor: string;
  name: string;
  /** The most devices that one of the holes is open on: on so many the program is at least. */
  devices: number;
  /** Most devices first. */
  holes: readonly Row[];
}

/** Programs by the number of devices, then by name. */
export function vulnerableSoftware(rows: readonly Row[]): VulnerableSoftware[] {
  const bySoftware = Map.groupBy(rows, ({ SoftwareVendor, SoftwareName }) => `${SoftwareVendor}\n${SoftwareName}`);
  return [...bySoftware.values()]
    .flatMap((holes): VulnerableSoftware[] => {
      const sorted = holes.toSorted((a, b) => b.Devices - a.Devices || byText(a.CveId, b.CveId));
      const [first] = sorted;
      return first ? [{ vendor: first.SoftwareVendor, name: first.SoftwareName, devices: first.Devices, holes: sorted }] : [];
    })
    .sort((a, b) => b.devices - a.devices || byText(softwareName(a), softwareName(b)));
}

/** Defender writes names in lower case with underscores. */
export function softwareName({ vendor, name }: Pick<VulnerableSoftware, 'vendor' | 'name'>): string {
  return `${name} (${vendor})`.replaceAll('_', ' ');
}
