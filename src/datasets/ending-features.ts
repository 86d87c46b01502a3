import type { DeepReadonly } from '../kit/kit.ts';
import { byText } from '../lib/text.ts';
import type { EndingFeatureUse } from './graph/endingFeatureUses.ts';

type Feature = EndingFeatureUse['Feature'];

/** Parts of Windows that end, and the entry about each in the list of retirements. */
export const endingFeatures: Readonly<Record<Feature, { name: string; retirement: string }>> = {
  vbscript: { name: 'VBScript', retirement: 'windows-vbscript' },
  wmic: { name: 'WMIC', retirement: 'windows-wmic' },
  powershell2: { name: 'PowerShell 2.0', retirement: 'windows-powershell-2' },
};

export interface DeviceUses {
  id: string;
  name: string;
  /** By the name of the feature. */
  uses: readonly DeepReadonly<EndingFeatureUse>[];
}

export function usesByDevice(rows: readonly DeepReadonly<EndingFeatureUse>[]): DeviceUses[] {
  const sorted = [...rows].sort((a, b) => byText(a.DeviceId, b.DeviceId) || byText(a.Feature, b.Feature));
  return [...Map.groupBy(sorted, ({ DeviceId }) => DeviceId)].map(([id, uses]) => ({
    id,
    name: uses.map(({ DeviceName }) => DeviceName).find(Boolean) || id,
    uses,
  }));
}
