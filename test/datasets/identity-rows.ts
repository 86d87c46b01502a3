import type { Unread } from '../../src/model/evidence.ts';

/** Rows as Graph sends them, one good object each; tests change one thing at a time. */

export const globalAdmin = '62e90394-69f5-4237-9190-012177145e10';
export const exchangeAdmin = '29232cdf-9323-42fd-ade2-1d097af3e4de';
export const syncAccounts = 'd29b2b05-8046-44ba-8758-1e26182fcf32';

export const notLicensed: Unread = { ok: false, reason: 'license', detail: 'The tenant owns no plan for it.' };
export const forbidden: Unread = {
  ok: false,
  reason: 'permission',
  detail: 'Microsoft Graph answered 403 to /policies.',
  fix: 'Grant the permission Policy.Read.All and give admin consent.',
};

/** An id as Graph gives it, and as somebody may have typed it into a policy. */
export const lower = 'a1b2c3d4-0000-4abc-8def-00000000000a';
export const upper = lower.toUpperCase();

type Change = Record<string, unknown>;

export function user(id: string, change: Change = {}): Change {
  return {
    id,
    userPrincipalName: `${id}@contoso.com`,
    accountEnabled: true,
    userType: 'Member',
    onPremisesSyncEnabled: null,
    externalUserState: null,
    createdDateTime: '2024-01-01T00:00:00Z',
    ...change,
  };
}

export function guest(id: string, change: Change = {}): Change {
  return user(id, { userPrincipalName: `${id}_fabrikam.com#EXT#@contoso.com`, userType: 'Guest', externalUserState: 'Accepted', ...change });
}

interface PolicyChange {
  id?: string;
  name?: string;
  state?: string;
  users?: Change | null;
  applications?: Change;
  conditions?: Change;
  grant?: Change | null;
}

/** A policy in force for all users, all resources, all clients, that requires mfa. */
export function policy(change: PolicyChange = {}): Change {
  return {
    id: change.id ?? 'p1',
    displayName: change.name ?? change.id ?? 'Policy 1',
    state: change.state ?? 'enabled',
    conditions: {
      users: change.users === null ? null : { ...nobody, includeUsers: ['All'], ...change.users },
      applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [], applicationFilter: null, ...change.applications },
      clientApplications: null,
      clientAppTypes: ['all'],
      locations: null,
      platforms: null,
      devices: null,
      signInRiskLevels: [],
      userRiskLevels: [],
      servicePrincipalRiskLevels: [],
      insiderRiskLevels: null,
      authenticationFlows: null,
      ...change.conditions,
    },
    grantControls:
      change.grant === null
        ? null
        : { operator: 'OR', builtInControls: ['mfa'], customAuthenticationFactors: [], termsOfUse: [], authenticationStrength: null, ...change.grant },
  };
}

const nobody = {
  includeUsers: [],
  excludeUsers: [],
  includeGroups: [],
  excludeGroups: [],
  includeRoles: [],
  excludeRoles: [],
  includeGuestsOrExternalUsers: null,
  excludeGuestsOrExternalUsers: null,
};

/** Blocks all users in old clients. */
export function block(change: PolicyChange = {}): Change {
  return policy({
    ...change,
    conditions: { clientAppTypes: ['exchangeActiveSync', 'other'], ...change.conditions },
    grant: { builtInControls: ['block'], ...change.grant },
  });
}

export function group(id: string): Change {
  return { id, displayName: `Group ${id}` };
}

export function members(...ids: string[]): Change[] {
  return ids.map((id) => ({ id }));
}

/** `who` holds the role for the whole tenant. */
export function grant(who: string, roleDefinitionId = globalAdmin, change: Change = {}): Change {
  const principal = { '@odata.type': '#microsoft.graph.user', displayName: who, userPrincipalName: `${who}@contoso.com` };
  return { principalId: who, roleDefinitionId, directoryScopeId: '/', principal, ...change };
}

export function groupGrant(who: string, roleDefinitionId = globalAdmin, change: Change = {}): Change {
  return grant(who, roleDefinitionId, { principal: { '@odata.type': '#microsoft.graph.group', displayName: `Group ${who}` }, ...change });
}

export function appGrant(who: string, roleDefinitionId = globalAdmin): Change {
  return grant(who, roleDefinitionId, { principal: { '@odata.type': '#microsoft.graph.servicePrincipal', displayName: `App ${who}` } });
}
