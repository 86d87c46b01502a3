import type { Collection, Row } from '../collection.ts';
import { isWindowsDevice } from './devices.ts';
import { groupIds } from './groups.ts';
import { allDevices, assignment } from './intune.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

function policy(world: World, kind: string, index: number, displayName: string, more: Row): Row {
  return {
    id: guid(kind, index),
    displayName,
    description: null,
    createdDateTime: world.times.ago(260),
    lastModifiedDateTime: world.times.ago(90),
    roleScopeTagIds: ['0'],
    ...more,
  };
}

/** The messy tenant gives every driver to everybody on its first day. */
export function driverUpdateProfilesOf(world: World): Row[] {
  const automatic = (index: number, name: string, days: number, groupId?: string): Row => {
    const id = guid('driverProfile', index);
    return policy(world, 'driverProfile', index, name, {
      approvalType: 'automatic',
      deploymentDeferralInDays: days,
      deviceReporting: 0,
      newUpdates: 0,
      inventorySyncStatus: { driverInventorySyncState: 'success', lastSuccessfulSyncDateTime: world.times.ago(1) },
      assignments: [groupId ? assignment(id, groupId, 0) : allDevices(id)],
    });
  };
  if (!world.clean) return [automatic(2, 'Drivers - all computers', 0)];
  return [automatic(0, 'Drivers - pilot', 0, groupIds.pilot), automatic(1, 'Drivers - everybody else', 7, groupIds.broad)];
}

export function qualityUpdatePoliciesOf(world: World): Row[] {
  const id = guid('qualityPolicy', 0);
  const assignments = [world.clean ? allDevices(id) : assignment(id, groupIds.early, 0)];
  return [policy(world, 'qualityPolicy', 0, 'Security updates', { approvalSettings: [], hotpatchEnabled: world.clean, assignments })];
}

export function cleanupRulesOf(world: World): Row[] {
  if (!world.clean) return [];
  return [
    {
      id: guid('cleanupRule', 0),
      displayName: 'Silent for half a year',
      description: null,
      deviceCleanupRulePlatformType: 'all',
      deviceInactivityBeforeRetirementInDays: 180,
      lastModifiedDateTime: world.times.ago(300),
    },
  ];
}

const prefix = 'device_vendor_msft_policy_config_update';

/** Clean: working hours only. Messy: a policy for nobody in particular that waits thirty days. */
export function configurationPoliciesOf(world: World): Row[] {
  const id = guid('configurationPolicy', 0);
  const settings = world.clean
    ? { activehoursstart: 7, activehoursend: 19 }
    : { deferqualityupdatesperiodindays: 20, configuredeadlineforqualityupdates: 7, configuredeadlinegraceperiod: 3 };
  const meant = [
    {
      id,
      name: world.clean ? 'Windows Update - working hours' : 'Windows Update - meeting rooms',
      description: null,
      createdDateTime: world.times.ago(260),
      lastModifiedDateTime: world.times.ago(90),
      creationSource: null,
      disableEntraGroupPolicyAssignment: false,
      isAssigned: true,
      platforms: 'windows10',
      technologies: 'mdm',
      priorityMetaData: null,
      roleScopeTagIds: ['0'],
      settingCount: Object.keys(settings).length,
      templateReference: { templateDisplayName: null, templateDisplayVersion: null, templateFamily: 'none', templateId: '' },
      settings: Object.entries(settings).map(([name, value], at) => integerSetting(at, `${prefix}_${name}`, value)),
      assignments: [{ ...(world.clean ? allDevices(id) : assignment(id, groupIds.meetingRooms, 0)), source: 'direct', sourceId: id }],
    },
  ];
  return world.clean ? meant : [...meant, fromWsus(world, meant[0] ?? {})];
}

/** The old server is still asked, from the time before the move. */
function fromWsus(world: World, like: Row): Row {
  const id = guid('configurationPolicy', 1);
  const definition = `${prefix}_setpolicydrivenupdatesourceforqualityupdates`;
  const choice = {
    id: '0',
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingInstance',
      settingDefinitionId: definition,
      settingInstanceTemplateReference: null,
      choiceSettingValue: {
        '@odata.type': '#microsoft.graph.deviceManagementConfigurationChoiceSettingValue',
        settingValueTemplateReference: null,
        value: `${definition}_1`,
        children: [],
      },
    },
  };
  const assignments = [{ ...assignment(id, groupIds.meetingRooms, 0), source: 'direct', sourceId: id }];
  return { ...like, id, name: 'Update source - workshop', createdDateTime: world.times.ago(900), settingCount: 1, settings: [choice], assignments };
}

function integerSetting(at: number, settingDefinitionId: string, value: number): Row {
  return {
    id: String(at),
    settingInstance: {
      '@odata.type': '#microsoft.graph.deviceManagementConfigurationSimpleSettingInstance',
      settingDefinitionId,
      settingInstanceTemplateReference: null,
      simpleSettingValue: {
        '@odata.type': '#microsoft.graph.deviceManagementConfigurationIntegerSettingValue',
        settingValueTemplateReference: null,
        value,
      },
    },
  };
}

/** In a messy tenant a few computers cannot be served, and a few are not enrolled. */
export function updatableAssetsOf(world: World): Collection {
  const computers = Int32Array.from({ length: world.devices }, (_, index) => index).filter(isWindowsDevice);
  return { size: computers.length, at: (at) => assetRow(world, computers[at] ?? 0) };
}

function assetRow(world: World, index: number): Row {
  const faulty = !world.clean && index % 41 === 12;
  const enrolled = { enrollmentState: !world.clean && index % 43 === 20 ? 'notEnrolled' : 'enrolled', lastModifiedDateTime: world.times.ago(120) };
  return {
    '@odata.type': '#microsoft.graph.windowsUpdates.azureADDevice',
    id: guid('deviceId', index),
    enrollment: { quality: enrolled, feature: enrolled, driver: enrolled },
    errors: faulty ? [{ '@odata.type': '#microsoft.graph.windowsUpdates.azureADDeviceRegistrationError', reason: 'missingTrustType' }] : [],
  };
}

/** The messy tenant goes on without the holds of Microsoft, and somebody paused the rollout. */
export function deploymentsOf(world: World): Row[] {
  const rule = { signal: 'rollback', threshold: 5, action: 'pauseDeployment' };
  return [
    {
      id: guid('deployment', 0),
      createdDateTime: world.times.ago(30),
      lastModifiedDateTime: world.times.ago(20),
      state: {
        effectiveValue: world.clean ? 'offering' : 'paused',
        requestedValue: world.clean ? 'none' : 'paused',
        reasons: [{ value: world.clean ? 'offeringByRequest' : 'pausedByRequest' }],
      },
      content: {
        '@odata.type': '#microsoft.graph.windowsUpdates.catalogContent',
        catalogEntry: {
          '@odata.type': '#microsoft.graph.windowsUpdates.featureUpdateCatalogEntry',
          id: guid('catalogEntry', 0),
          displayName: 'Windows 11, version 25H2',
          version: '25H2',
          buildNumber: null,
          releaseDateTime: world.times.ago(300),
          deployableUntilDateTime: null,
        },
      },
      settings: {
        schedule: null,
        monitoring: { monitoringRules: world.clean ? [rule] : [] },
        contentApplicability: {
          offerWhileRecommendedBy: [],
          safeguard: { disabledSafeguardProfiles: world.clean ? [] : [{ category: 'likelyIssues' }] },
        },
        userExperience: null,
        expedite: null,
      },
    },
  ];
}

/** One policy approves drivers by itself; in the messy tenant its deployments go past the holds of Microsoft. */
export function updatePoliciesOf(world: World): Row[] {
  return [
    {
      id: guid('updatePolicy', 0),
      createdDateTime: world.times.ago(200),
      complianceChangeRules: [
        {
          '@odata.type': '#microsoft.graph.windowsUpdates.contentApprovalRule',
          contentFilter: { '@odata.type': '#microsoft.graph.windowsUpdates.driverUpdateFilter' },
          durationBeforeDeploymentStart: 'P7D',
          createdDateTime: world.times.ago(200),
          lastEvaluatedDateTime: world.times.ago(1),
          lastModifiedDateTime: world.times.ago(200),
        },
      ],
      deploymentSettings: {
        schedule: null,
        monitoring: null,
        contentApplicability: {
          offerWhileRecommendedBy: ['microsoft'],
          safeguard: { disabledSafeguardProfiles: world.variant === 'messy' ? [{ category: 'likelyIssues' }] : [] },
        },
        userExperience: null,
        expedite: null,
      },
    },
  ];
}

/** In the messy tenant somebody paused a ring, suspended the newest update, and made a ring for nobody. */
export function updateRingPoliciesOf(world: World): Row[] {
  const messy = world.variant === 'messy';
  const groups = (groupId?: string) => ({
    '@odata.type': '#microsoft.graph.windowsUpdates.includedGroupAssignment',
    assignments: groupId ? [{ groupId }] : [],
  });
  const ring = (index: number, displayName: string, deferralInDays: number, more: Row): Row => ({
    '@odata.type': '#microsoft.graph.windowsUpdates.qualityUpdateRing',
    id: guid('updateServiceRing', index),
    displayName,
    description: null,
    createdDateTime: world.times.ago(200),
    lastModifiedDateTime: world.times.ago(30),
    deferralInDays,
    isPaused: false,
    isHotpatchEnabled: true,
    excludedGroupAssignment: null,
    ...more,
  });
  return [
    {
      '@odata.type': '#microsoft.graph.windowsUpdates.qualityUpdatePolicy',
      id: guid('updateRingPolicy', 0),
      displayName: 'Autopatch - security updates',
      description: null,
      createdDateTime: world.times.ago(200),
      lastModifiedDateTime: world.times.ago(30),
      approvalRules: [
        { '@odata.type': '#microsoft.graph.windowsUpdates.qualityUpdateApprovalRule', deferralInDays: 0, cadence: 'monthly', classification: 'security' },
      ],
      rings: [
        ring(0, 'Autopatch - pilot', 0, { includedGroupAssignment: groups(groupIds.pilot) }),
        ring(1, 'Autopatch - broad', messy ? 21 : 5, { includedGroupAssignment: groups(groupIds.broad), isPaused: messy }),
        ...(messy ? [ring(2, 'Autopatch - test (unused)', 30, { includedGroupAssignment: groups(), isPaused: true })] : []),
      ],
      approvals: [approval(world, messy ? 'suspended' : 'approved')],
    },
  ];
}

function approval(world: World, status: string): Row {
  return {
    id: guid('updateApproval', 0),
    catalogEntryId: guid('catalogEntry', 9168),
    createdDateTime: world.times.ago(9),
    lastModifiedDateTime: world.times.ago(8),
    status,
    catalogEntry: {
      '@odata.type': '#microsoft.graph.windowsUpdates.qualityUpdateCatalogEntry',
      id: guid('catalogEntry', 9168),
      displayName: '2026-08-11 security update for Windows 11',
      catalogName: '2026-08 update for Windows 11 (KB5121003)',
      shortName: '2026-08',
      releaseDateTime: world.times.ago(9),
      deployableUntilDateTime: null,
      isExpeditable: true,
      qualityUpdateCadence: 'monthly',
      qualityUpdateClassification: 'security',
      cveSeverityInformation: null,
    },
  };
}

/** The issue is solved by the time the clean tenant is looked at. */
export function productsOf(world: World): Row[] {
  return ['24H2', '25H2'].map((version, index) => ({
    id: String(index + 1),
    name: `Windows 11, version ${version}`,
    groupName: 'Windows 11',
    friendlyNames: [`Version ${version}`],
    knownIssues: [knownIssue(world)],
    revisions: revisionsOf(world, version, 26100 + 100 * index),
  }));
}

/** The messy tenant is looked at when Microsoft has just brought out something urgent, which no published data knows. */
function revisionsOf(world: World, version: string, build: number): Row[] {
  const august = '2026-08-11T17:00:00Z';
  return [
    revision({ version, build, number: 9106, kb: 'KB5120994', at: august, hotpatch: true }),
    revision({ version, build, number: 9168, kb: 'KB5121003', at: august, hotpatch: false }),
    ...(world.clean ? [] : [revision({ version, build, number: 9199, kb: 'KB5999901', at: world.times.ago(2), hotpatch: false, cadence: 'outOfBand' })]),
  ];
}

interface Revision {
  version: string;
  build: number;
  number: number;
  kb: string;
  at: string;
  hotpatch: boolean;
  cadence?: 'outOfBand';
}

function revision({ version, build, number, kb, at, hotpatch, cadence }: Revision): Row {
  return {
    id: `10.0.${build}.${number}`,
    displayName: `Windows 11, version ${version}, build ${build}.${number}`,
    product: 'Windows 11',
    version,
    releaseDateTime: at,
    isHotpatchUpdate: hotpatch,
    osBuild: { majorVersion: 10, minorVersion: 0, buildNumber: build, updateBuildRevision: number },
    knowledgeBaseArticle: { id: kb, url: `https://support.microsoft.com/help/${kb.slice(2)}` },
    catalogEntry: {
      '@odata.type': '#microsoft.graph.windowsUpdates.qualityUpdateCatalogEntry',
      id: guid('catalogEntry', number),
      displayName: `${at.slice(0, 10)} security update for Windows 11`,
      catalogName: `${at.slice(0, 7)} update for Windows 11 (${kb})`,
      shortName: at.slice(0, 7),
      releaseDateTime: at,
      deployableUntilDateTime: null,
      isExpeditable: !hotpatch,
      qualityUpdateCadence: cadence ?? 'monthly',
      qualityUpdateClassification: 'security',
      cveSeverityInformation: null,
    },
  };
}

function knownIssue(world: World): Row {
  return {
    id: 'WI1300042',
    title: 'Label printers print blank pages',
    description: 'After the update some label printers feed blank labels.',
    status: world.clean ? 'resolved' : 'confirmed',
    startDateTime: world.times.ago(6),
    resolvedDateTime: world.clean ? world.times.ago(1) : null,
    lastUpdatedDateTime: world.times.ago(1),
    webViewUrl: 'https://admin.microsoft.com/Adminportal/Home#/windowsreleasehealth/knownissues/:/issue/WI1300042',
    safeguardHoldIds: [58001234],
    knownIssueHistories: [],
    originatingKnowledgeBaseArticle: { id: 'KB5121003', url: 'https://support.microsoft.com/help/5121003' },
    resolvingKnowledgeBaseArticle: null,
  };
}

/** The messy tenant has one for Windows, with a version that ended, and one for nobody. */
export function compliancePoliciesOf(world: World): Row[] {
  const row = (index: number, type: string, more: Row): Row => {
    const id = guid('compliancePolicy', index);
    return {
      '@odata.type': `#microsoft.graph.${type}CompliancePolicy`,
      id,
      displayName: `Compliance - ${type}`,
      description: null,
      createdDateTime: world.times.ago(500),
      lastModifiedDateTime: world.times.ago(120),
      roleScopeTagIds: ['0'],
      version: 2,
      assignments: [{ ...allDevices(id), source: 'direct', sourceId: id }],
      ...more,
    };
  };
  if (!world.clean)
    return [
      row(0, 'windows10', { osMinimumVersion: '10.0.22000.0' }),
      row(1, 'ios', { osMinimumVersion: '18.0', assignments: [] }),
      row(6, 'android', { osMinimumVersion: '8.0' }),
    ];
  return [
    row(2, 'windows10', { osMinimumVersion: '10.0.26100.8655' }),
    row(3, 'ios', { osMinimumVersion: '18.0' }),
    row(4, 'macOS', { osMinimumVersion: '15.0' }),
    row(5, 'androidWorkProfile', { minAndroidSecurityPatchLevel: world.times.dayAgo(120) }),
  ];
}
