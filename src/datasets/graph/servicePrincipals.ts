import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

/** Shared by registrations and service principals. Graph never sends the secret itself. */
export const PasswordCredential = z.object({
  keyId: z.string().nullish(),
  displayName: z.string().nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
});
export type PasswordCredential = z.infer<typeof PasswordCredential>;

export const KeyCredential = PasswordCredential.extend({
  /** Base64 of the thumbprint. */
  customKeyIdentifier: z.string().nullish(),
  type: z.string().nullish(),
  /** Certificates an app signs in with are `Verify`; SAML tokens are signed with `Sign`, and encrypted for the app with `Encrypt`. */
  usage: z.string().nullish(),
});
export type KeyCredential = z.infer<typeof KeyCredential>;

export const AddIn = z.object({ type: z.string() });

const ServicePrincipal = z.object({
  id: z.string(),
  accountEnabled: z.boolean().nullish(),
  addIns: z.array(AddIn),
  appId: z.string().nullish(),
  /** Home tenant of the app; null on managed identities and on very old entries. */
  appOwnerOrganizationId: z.string().nullish(),
  appRoleAssignmentRequired: z.boolean().nullish(),
  displayName: z.string().nullish(),
  keyCredentials: z.array(KeyCredential),
  passwordCredentials: z.array(PasswordCredential),
  preferredSingleSignOnMode: z.string().nullish(),
  preferredTokenSigningKeyThumbprint: z.string().nullish(),
  replyUrls: z.array(z.string()),
  /** Application, ManagedIdentity, Legacy, SocialIdp, ServiceIdentity … */
  servicePrincipalType: z.string().nullish(),
  /** Graph sends an object of nulls for "not verified". */
  verifiedPublisher: z.object({ displayName: z.string().nullish(), verifiedPublisherId: z.string().nullish() }).nullish(),
});
export type ServicePrincipal = z.infer<typeof ServicePrincipal>;

/** Without `appRoles`, which are heavy and only wanted for a few: see `resourceServicePrincipals`. */
export const servicePrincipals = defineDataset({
  id: 'servicePrincipals',
  about: 'Enterprise apps, managed identities and other service principals, with publisher and credentials (never secrets).',
  source: 'graph',
  path: '/servicePrincipals',
  select: [
    'id',
    'accountEnabled',
    'addIns',
    'appId',
    'appOwnerOrganizationId',
    'appRoleAssignmentRequired',
    'displayName',
    'keyCredentials',
    'passwordCredentials',
    'preferredSingleSignOnMode',
    'preferredTokenSigningKeyThumbprint',
    'replyUrls',
    'servicePrincipalType',
    'verifiedPublisher',
  ],
  top: 999,
  cut: { by: 'displayName', order: 'text', counted: 'eventual', nullable: true },
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: ServicePrincipal,
  keep: keepRows<ServicePrincipal>(),
});
