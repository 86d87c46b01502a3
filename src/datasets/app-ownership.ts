import type { Subject } from '../kit/kit.ts';
import { microsoftTenants } from '../lib/app-ids.ts';
import type { ServicePrincipal } from './graph/servicePrincipals.ts';

type Owned = Pick<ServicePrincipal, 'appOwnerOrganizationId' | 'servicePrincipalType'>;
type Published = Pick<ServicePrincipal, 'verifiedPublisher'>;

/** Whose an app is. `unknown` (Graph names no owner) is treated as not Microsoft's and said so in messages. */
export type Ownership = 'microsoft' | 'own' | 'thirdParty' | 'unknown';

export function ownershipOf(app: Owned, tenantId: string): Ownership {
  const owner = app.appOwnerOrganizationId?.toLowerCase();
  if (owner !== undefined && microsoftTenants.includes(owner)) return 'microsoft';
  // Managed identities belong to the tenant's Azure resources and name no owner.
  if (app.servicePrincipalType === 'ManagedIdentity' || owner === tenantId.toLowerCase()) return 'own';
  return owner === undefined ? 'unknown' : 'thirdParty';
}

export function isMicrosofts(app: Owned): boolean {
  return ownershipOf(app, '') === 'microsoft';
}

/** Neither Microsoft's nor the tenant's own; an app without a known owner counts as outside. */
export function isOutside(app: Owned, tenantId: string): boolean {
  const ownership = ownershipOf(app, tenantId);
  return ownership === 'thirdParty' || ownership === 'unknown';
}

/** Null and an object of nulls both mean that Microsoft has not verified the publisher. */
export function isVerified(app: Published): boolean {
  return Boolean(app.verifiedPublisher?.verifiedPublisherId);
}

/** `verified publisher Fabrikam`, `unverified publisher`, `this organization`, `Microsoft`. */
export function publisherText(app: Owned & Published, tenantId: string): string {
  const ownership = ownershipOf(app, tenantId);
  if (ownership === 'microsoft') return 'Microsoft';
  if (ownership === 'own') return 'this organization';
  if (isVerified(app)) return `verified publisher ${app.verifiedPublisher?.displayName || 'without a name'}`;
  return ownership === 'unknown' ? 'unknown owner, publisher not verified' : 'publisher not verified';
}

/** What reports name an app by. */
export function appSubject(app: Pick<ServicePrincipal, 'id' | 'displayName'>): Subject {
  return { type: 'servicePrincipal', id: app.id, name: app.displayName || app.id };
}
