/** Rows as Graph gives them; tests change one property at a time. The tables judge at 2026-08-20T12:00Z. */

export function device(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'd1',
    deviceName: 'PC-1',
    userId: 'u1',
    userPrincipalName: 'ann@contoso.com',
    azureADDeviceId: 'AAAA-1',
    operatingSystem: 'Windows',
    osVersion: '10.0.26100.9168',
    lastSyncDateTime: '2026-08-20T07:00:00Z',
    enrolledDateTime: '2025-01-15T09:00:00Z',
    managedDeviceOwnerType: 'company',
    managementAgent: 'mdm',
    complianceState: 'compliant',
    complianceGracePeriodExpirationDateTime: '9999-12-31T23:59:59.9999999Z',
    isEncrypted: true,
    jailBroken: 'Unknown',
    ...change,
  };
}

export function phone(change: Record<string, unknown> = {}): Record<string, unknown> {
  return device({ id: 'p1', deviceName: 'Phone', operatingSystem: 'iOS', osVersion: '26.6.1', jailBroken: 'False', ...change });
}

export function sku(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'd1', skuFamily: 'Enterprise', skuNumber: 4, ...change };
}

export const target = {
  allDevices: { target: { '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget' } },
  allUsers: { target: { '@odata.type': '#microsoft.graph.allLicensedUsersAssignmentTarget' } },
  group: (groupId: string | null) => ({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId } }),
  without: (groupId: string) => ({ target: { '@odata.type': '#microsoft.graph.exclusionGroupAssignmentTarget', groupId } }),
  filtered: {
    target: {
      '@odata.type': '#microsoft.graph.allDevicesAssignmentTarget',
      deviceAndAppManagementAssignmentFilterId: 'f1',
      deviceAndAppManagementAssignmentFilterType: 'include',
    },
  },
  strange: { target: { '@odata.type': '#microsoft.graph.someNewAssignmentTarget' } },
};

export function ring(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@odata.type': '#microsoft.graph.windowsUpdateForBusinessConfiguration',
    id: 'r1',
    displayName: 'Broad',
    assignments: [target.allDevices],
    qualityUpdatesDeferralPeriodInDays: 7,
    featureUpdatesDeferralPeriodInDays: 0,
    deadlineForQualityUpdatesInDays: 3,
    deadlineForFeatureUpdatesInDays: 7,
    deadlineGracePeriodInDays: 2,
    postponeRebootUntilAfterDeadline: false,
    qualityUpdatesPaused: false,
    qualityUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesPaused: false,
    featureUpdatesPauseExpiryDateTime: '0001-01-01T00:00:00Z',
    featureUpdatesRollbackWindowInDays: 10,
    qualityUpdatesWillBeRolledBack: false,
    featureUpdatesWillBeRolledBack: false,
    automaticUpdateMode: 'autoInstallAtMaintenanceTime',
    businessReadyUpdatesOnly: 'userDefined',
    driversExcluded: false,
    microsoftUpdateServiceAllowed: true,
    userPauseAccess: 'disabled',
    ...change,
  };
}

export const otherProfile = { '@odata.type': '#microsoft.graph.windows10GeneralConfiguration', id: 'c1', displayName: 'Kiosk' };

/** A settings catalog policy; settings by the name that follows `device_vendor_msft_policy_config_update_`. */
export function catalogPolicy(settings: Record<string, string | number>, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'c1',
    name: 'Windows Update settings',
    assignments: [target.allDevices],
    settings: Object.entries(settings).map(([name, value], at) => ({
      id: String(at),
      settingInstance: settingOf(`device_vendor_msft_policy_config_update_${name}`, value),
    })),
    ...change,
  };
}

function settingOf(settingDefinitionId: string, value: string | number): Record<string, unknown> {
  if (typeof value === 'string' && value.startsWith('_')) return { settingDefinitionId, choiceSettingValue: { value: `${settingDefinitionId}${value}` } };
  return { settingDefinitionId, simpleSettingValue: { value } };
}

/** Cases of checks on update rings, for a tenant without settings catalog policies unless a case names some. */
export function withoutCatalog<Row extends { evidence: object }>(cases: readonly Row[], groups = false): Row[] {
  const none = { configurationPolicies: [], ...(groups ? { catalogPolicyGroupMembers: {} } : {}) };
  return cases.map((row) => ({ ...row, evidence: { ...none, ...row.evidence } }));
}
