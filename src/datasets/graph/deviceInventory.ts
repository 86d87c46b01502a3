import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { hunting, newestOf, urgentVulnerabilities } from '../hunting.ts';

const Row = z.object({
  DeviceId: z.string(),
  DeviceName: z.string().nullish(),
  /** Empty where Entra does not know the device. */
  AadDeviceId: z.string().nullish(),
  /** Server, NetworkDevice. */
  DeviceType: z.string(),
  /** WindowsServer2019, Linux, and for network devices mostly the name of their system. */
  OSPlatform: z.string().nullish(),
  OnboardingStatus: z.string().nullish(),
  /** yes, no; empty where Defender does not tell. */
  InternetFacing: z.string(),
  /** `10.0.20348.5499`; null where the inventory has none: no Windows server, or not watched. */
  SystemVersion: z.string().nullish(),
  /** Open holes with public exploit code; null where none is known. */
  Exploitable: z.int().min(0).nullish(),
  /** Open holes that CVSS scores 9.0 or more; null where none is known. */
  Critical: z.int().min(0).nullish(),
  /** When Defender last saw it. */
  Timestamp: z.string(),
});
export type DefenderDevice = z.infer<typeof Row>;

/** Intune manages neither servers nor network devices, as a rule. The version of the system comes from the inventory of software, which knows its revision. */
export const deviceInventory = defineDataset({
  id: 'deviceInventory',
  about: 'Servers and network devices that Defender saw within 30 days: system, build, and how many urgent holes are open.',
  ...hunting(
    'DeviceInfo',
    ...newestOf(['DeviceName', 'AadDeviceId', 'DeviceType', 'OSPlatform', 'OnboardingStatus', 'IsInternetFacing']),
    "where DeviceType in~ ('Server', 'NetworkDevice')",
    "join kind=leftouter (DeviceTvmSoftwareInventory | where SoftwareVendor =~ 'microsoft' and SoftwareName startswith 'windows_server' | summarize SystemVersion=take_any(SoftwareVersion) by DeviceId) on DeviceId",
    `join kind=leftouter (DeviceTvmSoftwareVulnerabilities | distinct DeviceId, CveId | join kind=inner (${urgentVulnerabilities}) on CveId | summarize Exploitable=countif(IsExploitAvailable == true), Critical=countif(CvssScore >= 9.0) by DeviceId) on DeviceId`,
    "extend InternetFacing=case(isnull(IsInternetFacing), '', IsInternetFacing == true, 'yes', 'no')",
    'project DeviceId, DeviceName, AadDeviceId, DeviceType, OSPlatform, OnboardingStatus, InternetFacing, SystemVersion, Exploitable, Critical, Timestamp',
  ),
  row: Row,
  keep: keepRows<DefenderDevice>(),
});
