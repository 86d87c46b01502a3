import type { Row } from './collection.ts';
import { GraphError } from './errors.ts';
import type { GraphRequest } from './graph.ts';
import type { Query } from './query.ts';
import type { Route } from './route.ts';
import type { PathFacts } from './schema.ts';
import type { Claims } from './tokens.ts';

/** Permission first, licence second, as the services do it. */
export function authorize(request: GraphRequest, route: Route, facts: PathFacts, plans: ReadonlySet<string>): void {
  const accepted = (route.permissions ?? facts.permissions).filter((permission) => isEnforced(permission, route.path));
  if (!accepted.some((permission) => granted(request.claims).has(permission))) throw refusedPermission(route.path, accepted, request.claims);
  if (route.plans && !route.plans.some((plan) => plans.has(plan))) throw (route.refusal ?? premiumRequired)();
}

/**
 * Published tables list Intune permissions for directory paths, and let those of one Intune path open another. The
 * service does neither: for managed devices it names the permissions on managed devices alone.
 */
function isEnforced(permission: string, path: string): boolean {
  if (!permission.startsWith('DeviceManagement')) return true;
  if (/^\/deviceManagement\/(managedDevices|detectedApps)\b/.test(path)) return permission.startsWith('DeviceManagementManagedDevices.');
  return /^\/device(App)?Management\b/.test(path);
}

/** Sign-in activity needs a permission and a licence of its own. */
export function requireSelected(claims: Claims, plans: ReadonlySet<string>, type: string, query: Query): void {
  const names = [...(query.select ?? []), ...(query.filter?.match(/\bsignInActivity\b/) ?? [])];
  if (type !== 'user' || !names.some((name) => name.startsWith('signInActivity'))) return;
  if (!granted(claims).has('AuditLog.Read.All'))
    throw new GraphError(403, 'Authentication_MSGraphPermissionMissing', 'Calling principal does not have required MSGraph permissions AuditLog.Read.All');
  if (!plans.has('AAD_PREMIUM') && !plans.has('AAD_PREMIUM_P2')) throw premiumRequired();
}

const grants = new WeakMap<Claims, ReadonlySet<string>>();

/** Roles of an app, or scopes of a person. */
function granted(claims: Claims): ReadonlySet<string> {
  let found = grants.get(claims);
  if (!found) {
    found = new Set([...claims.roles, ...String(claims.scp ?? '').split(' ')]);
    grants.set(claims, found);
  }
  return found;
}

const readers: Readonly<Record<string, readonly string[]>> = {
  user: ['User.ReadBasic.All', 'User.Read.All', 'Directory.Read.All'],
  device: ['Device.Read.All', 'Directory.Read.All'],
  servicePrincipal: ['Application.Read.All', 'Directory.Read.All'],
};

/** Among members, objects the caller may not read come with their type and id alone. */
export function visible(claims: Claims, row: Row): Row {
  const type = String(row['@odata.type']);
  const needed = readers[type.replace('#microsoft.graph.', '')];
  if (!needed || needed.some((permission) => granted(claims).has(permission))) return row;
  return { '@odata.type': type, id: row.id };
}

export function premiumRequired(): GraphError {
  return new GraphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', "Neither tenant is B2C or tenant doesn't have premium license");
}

export function pimLicenseRequired(): GraphError {
  return new GraphError(400, 'AadPremiumLicenseRequired', 'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.');
}

/** Intune wraps its own error into the message. */
export function intuneNotInTenant(): GraphError {
  return new GraphError(400, 'BadRequest', intuneMessage('Request not applicable to target tenant.'));
}

export function noSharePoint(): GraphError {
  return new GraphError(400, 'BadRequest', 'Tenant does not have a SPO license.');
}

function intuneMessage(text: string): string {
  const message = `${text} - Operation ID (for customer support): 00000000-0000-0000-0000-000000000000 - Activity ID: 5b0c3d0e-1d1c-4a8e-9a55-1f1a2c3b4d5e - Url: https://fef.example.manage.microsoft.com/`;
  return JSON.stringify({ _version: 3, Message: message, CustomApiErrorPhrase: '', RetryAfter: null, ErrorSourceService: '', HttpHeaders: '{}' }, null, 2);
}

interface Words {
  prefix: RegExp;
  error(accepted: readonly string[], claims: Claims): GraphError;
}

/** Every service behind Graph has its own words for a missing permission. */
const refusals: readonly Words[] = [
  {
    prefix: /^\/device(Management|AppManagement)/,
    error: (accepted) =>
      new GraphError(
        403,
        'Forbidden',
        intuneMessage(`Application is not authorized to perform this operation. Application must have one of the following scopes: ${accepted.join(', ')}`),
      ),
  },
  {
    prefix: /^\/identity\/conditionalAccess/,
    error: () => new GraphError(403, 'AccessDenied', 'You cannot perform the requested operation, required scopes are missing in the token.'),
  },
  {
    prefix: /^\/(auditLogs|reports\/(authenticationMethods|servicePrincipalSignIn|appCredential))/,
    error: (accepted) =>
      new GraphError(
        403,
        'Authentication_MSGraphPermissionMissing',
        `The principal does not have required Microsoft Graph permission(s): ${accepted.slice(0, 1).join()} to call this API. For more information about Microsoft Graph permissions, please visit https://learn.microsoft.com/graph/permissions-overview`,
      ),
  },
  {
    prefix: /^\/(roleManagement\/directory\/role\w+Schedule|policies\/roleManagementPolicy|identityGovernance\/roleManagementAlerts)/,
    error: (accepted) => new GraphError(403, 'PermissionScopeNotGranted', `Authorization failed due to missing permission scope ${accepted.join(',')}.`),
  },
  { prefix: /^\/policies\/authenticationMethods/, error: () => new GraphError(403, 'accessDenied', 'Request Authorization failed') },
  { prefix: /^\/admin\/sharepoint/, error: () => new GraphError(403, 'accessDenied', 'Access denied') },
  { prefix: /^\/reports\/get/, error: () => new GraphError(403, 'S2SUnauthorized', 'Invalid permission.') },
  { prefix: /^\/admin\//, error: () => new GraphError(403, 'Forbidden', 'The caller does not have the permission to perform the action.') },
  {
    prefix: /^\/appCatalogs/,
    error: (accepted, claims) =>
      new GraphError(
        403,
        'Forbidden',
        `Missing role permissions on the request. API requires one of '${accepted.join(', ')}'. Roles on the request '${claims.roles.join(', ')}'.`,
      ),
  },
];

/** How the service behind a path refuses a token without the permission. */
export function refusedPermission(path: string, accepted: readonly string[], claims: Claims): GraphError {
  const words = refusals.find((each) => each.prefix.test(path));
  return words?.error(accepted, claims) ?? new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}
