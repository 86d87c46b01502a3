/** Rows as Graph gives them, for the tables of app checks. */
export const tenantId = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
export const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
export const otherTenant = '11111111-2222-4333-8444-555555555555';

export const graphId = 'sp-graph';
export const exchangeId = 'sp-exchange';
export const azureAdGraphId = 'sp-aad-graph';
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
export const azureAdGraphAppId = '00000002-0000-0000-c000-000000000000';

/** An outside app with a verified publisher that holds nothing. */
export function servicePrincipal(change: Record<string, unknown> = {}) {
  return {
    id: 'app1',
    accountEnabled: true,
    addIns: [],
    appId: 'app1-app',
    appOwnerOrganizationId: otherTenant,
    appRoleAssignmentRequired: false,
    displayName: 'Backup Tool',
    keyCredentials: [],
    passwordCredentials: [],
    preferredSingleSignOnMode: null,
    preferredTokenSigningKeyThumbprint: null,
    replyUrls: [],
    servicePrincipalType: 'Application',
    verifiedPublisher: { displayName: 'Fabrikam', verifiedPublisherId: '12345', addedDateTime: '2024-01-01T00:00:00Z' },
    ...change,
  };
}

export const unverified = { displayName: null, verifiedPublisherId: null, addedDateTime: null };
const microsofts = { appOwnerOrganizationId: microsoftTenant, verifiedPublisher: unverified };

/** Microsoft's services every tenant has. */
export const services = [
  servicePrincipal({ id: graphId, appId: graphAppId, displayName: 'Microsoft Graph', ...microsofts }),
  servicePrincipal({ id: exchangeId, appId: exchangeAppId, displayName: 'Office 365 Exchange Online', ...microsofts }),
  servicePrincipal({ id: azureAdGraphId, appId: azureAdGraphAppId, displayName: 'Windows Azure Active Directory', ...microsofts }),
];

export function resource(id: string, appId: string, permissions: readonly string[]) {
  return { id, appId, displayName: id, appRoles: permissions.map((value) => ({ id: `role-${value}`, value })) };
}

/** Microsoft Graph, Exchange Online and Azure AD Graph with the roles the tables use. */
export const resources = [
  resource(graphId, graphAppId, [
    'RoleManagement.ReadWrite.Directory',
    'Application.ReadWrite.All',
    'Mail.Read',
    'Files.Read.All',
    'User.Read.All',
    'Notes.Read.All',
  ]),
  resource(exchangeId, exchangeAppId, ['full_access_as_app', 'Mail.Read']),
  resource(azureAdGraphId, azureAdGraphAppId, ['Directory.Read.All']),
];

export function assignment(permission: string, change: Record<string, unknown> = {}) {
  return {
    id: `a-${permission}`,
    appRoleId: `role-${permission}`,
    createdDateTime: '2025-02-01T00:00:00Z',
    principalDisplayName: 'Backup Tool',
    principalId: 'app1',
    principalType: 'ServicePrincipal',
    resourceId: graphId,
    ...change,
  };
}

export function grant(scope: string | null, change: Record<string, unknown> = {}) {
  return { id: 'g1', clientId: 'app1', consentType: 'AllPrincipals', principalId: null, resourceId: graphId, scope, ...change };
}

export function application(change: Record<string, unknown> = {}) {
  return {
    id: 'reg1',
    appId: 'reg1-app',
    addIns: [],
    authenticationBehaviors: null,
    displayName: 'Payroll link',
    keyCredentials: [],
    passwordCredentials: [],
    requiredResourceAccess: [],
    ...change,
  };
}

export function password(startDateTime: string | null, endDateTime: string | null, change: Record<string, unknown> = {}) {
  return { keyId: 'k1', displayName: 'key', startDateTime, endDateTime, ...change };
}

export function certificate(startDateTime: string | null, endDateTime: string | null, change: Record<string, unknown> = {}) {
  return { keyId: 'k2', displayName: 'cert', startDateTime, endDateTime, customKeyIdentifier: null, type: 'AsymmetricX509Cert', usage: 'Verify', ...change };
}
