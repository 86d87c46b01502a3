import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { intunePlans } from '../intune.ts';

const Row = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  isAssigned: z.boolean().nullish(),
  /** current, monthlyEnterprise, firstReleaseCurrent, deferred and firstReleaseDeferred (the half-yearly ones), none. */
  updateChannel: z.string().nullish(),
  /** Base64 of the Office deployment XML, where the deployment has one instead of settings. */
  officeConfigurationXml: z.string().nullish(),
  /** Programs of the suite that are left out; null where the XML says it. */
  excludedApps: z.object({ publisher: z.boolean().nullish() }).nullish(),
  /** o365ProPlusRetail, o365BusinessRetail, projectProRetail, visioProRetail. */
  productIds: z.array(z.string()).nullish(),
});

export const officeSuiteApps = defineDataset({
  id: 'officeSuiteApps',
  about: 'Microsoft 365 Apps that Intune installs, with their update channel.',
  source: 'graph',
  path: '/deviceAppManagement/mobileApps',
  beta: { because: 'v1.0 does not have the Office suite type with its channel' },
  // No $select: updateChannel belongs to a derived type.
  filter: "isof('microsoft.graph.officeSuiteApp')",
  permissions: ['DeviceManagementApps.Read.All'],
  servicePlans: intunePlans,
  row: Row,
  keep: keepRows<z.infer<typeof Row>>(),
});
