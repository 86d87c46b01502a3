import type { Row } from '../collection.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

/** What retired products left behind in the messy tenant; the clean one has what took their place. */

export interface Detected {
  name: string;
  version: string;
  devices: number;
  platform: 'windows' | 'macOS' | 'ios' | 'androidWorkProfile';
}

const onWindows = (name: string, version: string, devices: number): Detected => ({ name, version, devices, platform: 'windows' });

export const endedPrograms: readonly Detected[] = [
  onWindows('Microsoft Teams classic', '1.7.00.13456', 14),
  onWindows('Microsoft Office Professional Plus 2016', '16.0.4266.1001', 6),
  onWindows('OneNote for Windows 10', '16001.14326.22094.0', 22),
  onWindows('Teams Machine-Wide Installer', '1.6.0.4472', 9),
  onWindows('Microsoft Office LTSC Professional Plus 2021 - en-us', '16.0.14334.20618', 5),
  onWindows('Microsoft Office LTSC Standard 2024 - en-us', '16.0.17932.20828', 2),
  onWindows('Microsoft.Office.Sway', '18.2207.51101.0', 4),
  onWindows('Microsoft Azure Information Protection', '2.18.26.0', 7),
  onWindows('Microsoft SharePoint Designer 2013', '15.0.4569.1506', 1),
  onWindows('Microsoft InfoPath 2013', '15.0.4569.1506', 2),
  onWindows('microsoft.windowscommunicationsapps', '16005.14326.21886.0', 31),
  onWindows('Microsoft Silverlight', '5.1.50918.0', 3),
  onWindows('Skype for Business Basic 2016 - en-us', '16.0.4266.1001', 1),
  onWindows('Microsoft Access database engine 2010 (English)', '14.0.7015.1000', 2),
  { name: 'Microsoft Lens: PDF Scanner', version: '2.98', devices: 5, platform: 'ios' },
  { name: 'Outlook Lite: Email', version: '3.51.0', devices: 2, platform: 'androidWorkProfile' },
  { name: 'Microsoft Defender', version: '1.1.60070101', devices: 3, platform: 'ios' },
];

const everybody = (policyId: string): Row => ({
  id: `${policyId}_all`,
  target: {
    '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget',
    deviceAndAppManagementAssignmentFilterId: null,
    deviceAndAppManagementAssignmentFilterType: 'none',
  },
});

function profile(world: World, index: number, type: string, displayName: string, assigned: boolean, more: Row = {}): Row {
  const id = guid('deviceConfiguration', index);
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id,
    displayName,
    description: null,
    version: 5,
    createdDateTime: world.times.ago(1500),
    lastModifiedDateTime: world.times.ago(700),
    assignments: assigned ? [everybody(id)] : [],
    ...more,
  };
}

/** Certificates name the account of the local directory in the clean tenant only. */
export function profilesOf(world: World): Row[] {
  const sid = { sanType: 'universalResourceIdentifier', name: '{{OnPremisesSecurityIdentifier}}' };
  const principal = { sanType: 'userPrincipalName', name: '{{UserPrincipalName}}' };
  const scep = {
    certificateStore: 'user',
    hashAlgorithm: 'sha2',
    keySize: 'size2048',
    subjectNameFormatString: 'CN={{UserName}}',
    customSubjectAlternativeNames: world.clean ? [principal, sid] : [principal],
  };
  const both = [
    profile(world, 30, 'windows81SCEPCertificateProfile', 'Wi-Fi certificate', true, scep),
    profile(world, 31, 'windows10EndpointProtectionConfiguration', 'Endpoint protection', true, {
      applicationGuardEnabled: true,
      applicationGuardEnabledOptions: world.clean ? 'enabledForEdge' : 'enabledForEdgeAndOffice',
    }),
  ];
  if (world.clean) return both;
  return [
    ...both,
    profile(world, 32, 'iosUpdateConfiguration', 'iPhone updates at night', true, { updateScheduleType: 'updateDuringTimeWindows', desiredOsVersion: null }),
    profile(world, 33, 'macOSSoftwareUpdateConfiguration', 'Mac updates', true, {
      criticalUpdateBehavior: 'installASAP',
      updateScheduleType: 'alwaysUpdate',
    }),
    profile(world, 34, 'windowsPhone81GeneralConfiguration', 'Lumia restrictions', false, { passwordRequired: true }),
    profile(world, 35, 'androidGeneralDeviceConfiguration', 'Android restrictions (old)', true, { passwordRequired: true, cameraBlocked: false }),
  ];
}

export function groupPolicyConfigurationsOf(world: World): Row[] {
  if (world.clean) return [];
  const row = (index: number, displayName: string, assigned: boolean): Row => {
    const id = guid('groupPolicyConfiguration', index);
    return {
      id,
      displayName,
      description: '',
      createdDateTime: world.times.ago(1200),
      lastModifiedDateTime: world.times.ago(800),
      policyConfigurationIngestionType: 'builtIn',
      roleScopeTagIds: ['0'],
      assignments: assigned ? [{ ...everybody(id), lastModifiedDateTime: world.times.ago(800) }] : [],
    };
  };
  return [row(0, 'Office hardening (ADMX)', true), row(1, 'Edge - old try', false)];
}

/** Apps from stores, some of which no longer exist. */
export function storeAppsOf(world: World, facts: (displayName: string, index: number) => Row): Row[] {
  const store = (index: number, type: string, name: string, more: Row): Row => ({
    '@odata.type': `#microsoft.graph.${type}`,
    ...facts(name, index),
    isAssigned: true,
    ...more,
  });
  const outlook = store(10, 'iosStoreApp', 'Microsoft Outlook', {
    bundleId: 'com.microsoft.Office.Outlook',
    appStoreUrl: 'https://apps.apple.com/app/id951937596',
  });
  if (world.clean) return [outlook];
  return [
    outlook,
    store(11, 'iosStoreApp', 'Microsoft Lens', { bundleId: 'com.microsoft.officelens', appStoreUrl: 'https://apps.apple.com/app/id975925059' }),
    store(12, 'androidManagedStoreApp', 'Outlook Lite', { packageId: 'com.microsoft.outlooklite', appIdentifier: 'app:com.microsoft.outlooklite' }),
    store(13, 'microsoftStoreForBusinessApp', 'Remote Desktop', {
      licenseType: 'offline',
      productKey: '9WZDNCRFJ3PS',
      packageIdentityName: 'Microsoft.RemoteDesktop',
      usedLicenseCount: 3,
      totalLicenseCount: 50,
    }),
  ];
}
