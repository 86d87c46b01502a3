import { target } from './intune-rows.ts';

/** Rows of the Windows update service and of update policies as Graph gives them; tests change one property at a time. */

export function deployment(change: Record<string, unknown> = {}, settings: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'dep1',
    state: { effectiveValue: 'offering', requestedValue: 'none', reasons: [{ value: 'offeringByRequest' }] },
    content: {
      '@odata.type': '#microsoft.graph.windowsUpdates.catalogContent',
      catalogEntry: { '@odata.type': '#microsoft.graph.windowsUpdates.featureUpdateCatalogEntry', id: 'e1', displayName: 'Windows 11, version 25H2' },
    },
    settings: {
      monitoring: { monitoringRules: [{ signal: 'rollback', threshold: 5, action: 'pauseDeployment' }] },
      contentApplicability: { safeguard: { disabledSafeguardProfiles: [] } },
      ...settings,
    },
    ...change,
  };
}

export function servicePolicy(disabledSafeguardProfiles: unknown[] = [], change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'up1',
    createdDateTime: '2026-02-01T08:00:00Z',
    deploymentSettings: { schedule: null, monitoring: null, contentApplicability: { safeguard: { disabledSafeguardProfiles } }, expedite: null },
    ...change,
  };
}

export function ringPolicy(rings: unknown[], approvals: unknown[] = [], id = 'p1'): Record<string, unknown> {
  return { id, displayName: 'Security', rings, approvals };
}

export function serviceRing(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'r1', displayName: 'Broad', deferralInDays: 5, isPaused: false, includedGroupAssignment: { assignments: [{ groupId: 'g1' }] }, ...change };
}

export function serviceApproval(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'a1',
    catalogEntryId: 'c1',
    status: 'approved',
    catalogEntry: { displayName: '2026-08 security update', releaseDateTime: '2026-08-11T17:00:00Z', qualityUpdateClassification: 'security' },
    ...change,
  };
}

export function driverPolicy(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'p1',
    displayName: 'Drivers',
    approvalType: 'automatic',
    deploymentDeferralInDays: 7,
    newUpdates: 0,
    assignments: [target.allDevices],
    ...change,
  };
}

export function qualityPolicy(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 'q1', displayName: 'Security updates', hotpatchEnabled: true, assignments: [target.allDevices], ...change };
}

export function asset(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@odata.type': '#microsoft.graph.windowsUpdates.azureADDevice',
    id: 'aaaa-1',
    enrollment: { quality: { enrollmentState: 'enrolled' }, feature: null },
    errors: [],
    ...change,
  };
}

export function issue(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'WI1',
    title: 'Printers print blank pages',
    status: 'confirmed',
    startDateTime: '2026-08-13T10:00:00Z',
    safeguardHoldIds: [],
    originatingKnowledgeBaseArticle: { id: 'KB5121003' },
    resolvingKnowledgeBaseArticle: null,
    ...change,
  };
}

export function product(knownIssues: unknown[], name = 'Windows 11, version 24H2'): Record<string, unknown> {
  return { id: name, name, knownIssues };
}

export function catalogRevision(
  date: string,
  revision: number,
  { kb = 'KB5999900', classification = 'security', hotpatch = false }: { kb?: string; classification?: string; hotpatch?: boolean } = {},
) {
  return {
    id: `10.0.26100.${revision}`,
    osBuild: { majorVersion: 10, minorVersion: 0, buildNumber: 26100, updateBuildRevision: revision },
    releaseDateTime: `${date}T17:00:00Z`,
    isHotpatchUpdate: hotpatch,
    knowledgeBaseArticle: { id: kb } as { id: string } | null,
    catalogEntry: { qualityUpdateClassification: classification, qualityUpdateCadence: 'monthly' } as { qualityUpdateClassification: string } | null,
  };
}

export function catalogProduct(revisions: ReturnType<typeof catalogRevision>[]) {
  return { id: '1', name: 'Windows 11, version 24H2', revisions };
}
