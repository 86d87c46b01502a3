import * as z from 'zod';
import { defineDataset } from '../../kit/kit.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  /** `#microsoft.graph.iosStoreApp`: where the app comes from, and for which system. */
  '@odata.type': z.string(),
  id: z.string(),
  displayName: z.string().nullish(),
  isAssigned: z.boolean().nullish(),
  /** Of Apple's store. */
  bundleId: z.string().nullish(),
  /** Of Google's store. */
  packageId: z.string().nullish(),
});
export type MobileApp = z.infer<typeof Row>;

const own =
  /^#microsoft\.graph\.(win32|windowsMobileMSI|webApp|officeSuiteApp|macOSOffice|windowsMicrosoftEdge|macOSMicrosoft|windowsWebApp|macOSWebClip|iosiPadOSWebClip)/;

/** Installers of the company itself and web links are not kept: there are many, and nothing of them is judged. */
export const mobileApps = defineDataset({
  id: 'mobileApps',
  about: 'Apps that Intune hands out, of which those of ended stores, ended systems and retired apps are judged.',
  source: 'graph',
  path: '/deviceAppManagement/mobileApps',
  beta: { because: 'v1.0 does not know the apps of managed Google Play' },
  // No $select: ids in the stores belong to derived types.
  permissions: ['DeviceManagementApps.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: {
    start: (): MobileApp[] => [],
    add: (kept, row) => {
      if (!own.test(row['@odata.type'])) kept.push(row);
      return kept;
    },
  },
});
