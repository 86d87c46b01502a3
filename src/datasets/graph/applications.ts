import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';
import { AddIn, KeyCredential, PasswordCredential } from './servicePrincipals.ts';

const Application = z.object({
  id: z.string(),
  appId: z.string().nullish(),
  addIns: z.array(AddIn),
  /** Comes back only when selected; null where the app never touched it. */
  authenticationBehaviors: z.object({ blockAzureADGraphAccess: z.boolean().nullish() }).nullish(),
  displayName: z.string().nullish(),
  keyCredentials: z.array(KeyCredential),
  passwordCredentials: z.array(PasswordCredential),
  /** AzureADMyOrg, AzureADMultipleOrgs, AzureADandPersonalMicrosoftAccount, PersonalMicrosoftAccount. */
  signInAudience: z.string().nullish(),
  /** Null where nobody ever set it. `credentialsWithUsageVerify` = the logins; `allProperties` has them too. */
  servicePrincipalLockConfiguration: z
    .object({ isEnabled: z.boolean().nullish(), allProperties: z.boolean().nullish(), credentialsWithUsageVerify: z.boolean().nullish() })
    .nullish(),
  requiredResourceAccess: z.array(z.object({ resourceAppId: z.string(), resourceAccess: z.array(z.object({ id: z.string(), type: z.string().nullish() })) })),
});
export type Application = z.infer<typeof Application>;

export const applications = defineDataset({
  id: 'applications',
  about: 'App registrations of the tenant with their credentials (dates and names, never secrets), add-ins and requested permissions.',
  source: 'graph',
  path: '/applications',
  select: [
    'id',
    'appId',
    'addIns',
    'authenticationBehaviors',
    'displayName',
    'keyCredentials',
    'passwordCredentials',
    'requiredResourceAccess',
    'servicePrincipalLockConfiguration',
    'signInAudience',
  ],
  top: 999,
  cut: { by: 'displayName', order: 'text', counted: 'eventual', nullable: true },
  permissions: ['Application.Read.All'],
  alsoGrantedBy: { 'Application.Read.All': ['Directory.Read.All'] },
  row: Application,
  keep: keepRows<Application>(),
});
