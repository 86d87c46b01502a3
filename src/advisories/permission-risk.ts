import { type Resource, resourceApps } from '../lib/app-ids.ts';

/** takeover = a way to Global Administrator or to every device; tenantData = everybody's mail, files or chats. */
export type ApplicationTier = 'takeover' | 'tenantData';
/** data = mail, files, chats or contacts of whoever the app acts for. */
export type DelegatedTier = 'takeover' | 'data';

export interface Risk<Tier> {
  tier: Tier;
  /** What the holder can do; completes "The app …". */
  reason: string;
  /** Only for takeover: indirect = one more step (another app, an administrator's device, a weakened policy) is needed. */
  path?: 'direct' | 'indirect';
}

type Table<Tier> = Readonly<Record<string, Risk<Tier>>>;

const direct = (reason: string) => ({ tier: 'takeover', path: 'direct', reason }) as const;
const indirect = (reason: string) => ({ tier: 'takeover', path: 'indirect', reason }) as const;
const tenantData = (reason: string) => ({ tier: 'tenantData', reason }) as const;
const data = (reason: string) => ({ tier: 'data', reason }) as const;

const graphApplication: Table<ApplicationTier> = {
  'RoleManagement.ReadWrite.Directory': direct('can make itself Global Administrator'),
  'AppRoleAssignment.ReadWrite.All': direct('can grant itself any application permission'),
  'RoleAssignmentSchedule.ReadWrite.Directory': direct('can give itself a directory role through PIM'),
  'RoleEligibilitySchedule.ReadWrite.Directory': direct('can make any account eligible for a directory role'),
  'PrivilegedAccess.ReadWrite.AzureAD': direct('can assign directory roles through PIM'),
  'PrivilegedAccess.ReadWrite.AzureADGroup': direct('can join groups that carry directory roles'),
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup': direct('can join groups that carry directory roles'),
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup': direct('can make any account eligible for groups that carry directory roles'),
  'UserAuthenticationMethod.ReadWrite.All': direct('can add a sign-in method to an administrator and sign in as that person'),
  'Organization.ReadWrite.All': direct('can add a certificate authority and sign in as anybody where certificate sign-in is on'),
  'PublicKeyInfrastructure.ReadWrite.All': direct('can add a certificate authority and sign in as anybody where certificate sign-in is on'),
  'UserAuthMethod-TAP.ReadWrite.All': direct('can issue a Temporary Access Pass to an administrator and sign in as that person'),
  'Domain-InternalFederation.ReadWrite.All': direct('can federate a domain with its own identity provider and sign in as its users'),
  'Domain.ReadWrite.All': direct('can federate a domain with its own identity provider and sign in as its users'),
  'Application.ReadWrite.All': indirect('can add a secret to any other app and use that app’s permissions'),
  'Directory.ReadWrite.All': indirect('can change apps, groups and users throughout the directory'),
  'Synchronization.ReadWrite.All': indirect('can rewrite how accounts are provisioned'),
  'DelegatedPermissionGrant.ReadWrite.All': indirect('can consent to anything on behalf of administrators'),
  'Policy.ReadWrite.PermissionGrant': indirect('can change which apps may get which permissions'),
  'Policy.ReadWrite.ConditionalAccess': indirect('can switch off multifactor sign-in'),
  'Policy.ReadWrite.AuthenticationMethod': indirect('can allow weak sign-in methods for administrators'),
  'RoleManagementPolicy.ReadWrite.Directory': indirect('can remove approval and multifactor sign-in from directory roles'),
  'RoleManagementPolicy.ReadWrite.AzureADGroup': indirect('can remove approval and multifactor sign-in from privileged groups'),
  'User-PasswordProfile.ReadWrite.All': indirect('can set passwords of users'),
  'UserAuthMethod-Password.ReadWrite.All': indirect('can set passwords of users'),
  'UserAuthMethod-Phone.ReadWrite.All': indirect('can redirect the second factor of users to another phone'),
  'Policy.ReadWrite.SecurityDefaults': indirect('can switch off the protection of security defaults'),
  'EntitlementManagement.ReadWrite.All': indirect('can hand out roles and groups through access packages'),
  'DeviceManagementConfiguration.ReadWrite.All': indirect('can run code on the devices of administrators'),
  'DeviceManagementScripts.ReadWrite.All': indirect('can run scripts on the devices of administrators'),
  'DeviceManagementApps.ReadWrite.All': indirect('can install software on the devices of administrators'),
  'DeviceManagementRBAC.ReadWrite.All': indirect('can make anybody an Intune administrator'),
  'Mail.Read': tenantData('can read every mailbox'),
  'Mail.ReadWrite': tenantData('can read and change every mailbox'),
  'Mail.Send': tenantData('can send mail in anybody’s name'),
  'MailboxItem.Read.All': tenantData('can export every mailbox'),
  'MailboxItem.ImportExport.All': tenantData('can export every mailbox'),
  'RoleManagement.ReadWrite.Exchange': tenantData('can give itself access to every mailbox through Exchange roles'),
  'MailboxSettings.ReadWrite': tenantData('can add forwarding rules to every mailbox'),
  'Calendars.Read': tenantData('can read every calendar'),
  'Calendars.ReadWrite': tenantData('can read and change every calendar'),
  'Contacts.Read': tenantData('can read all contacts of every mailbox'),
  'Contacts.ReadWrite': tenantData('can read and change all contacts of every mailbox'),
  'Files.Read.All': tenantData('can read every file in OneDrive and SharePoint'),
  'Files.ReadWrite.All': tenantData('can read, change and delete every file in OneDrive and SharePoint'),
  'Sites.Read.All': tenantData('can read every SharePoint site'),
  'Sites.ReadWrite.All': tenantData('can read and change every SharePoint site'),
  'Sites.Manage.All': tenantData('can manage every list and library'),
  'Sites.FullControl.All': tenantData('has full control of every SharePoint site'),
  'Notes.Read.All': tenantData('can read every notebook'),
  'Notes.ReadWrite.All': tenantData('can read and change every notebook'),
  'Chat.Read.All': tenantData('can read every chat'),
  'Chat.ReadWrite.All': tenantData('can read and write in every chat'),
  'ChannelMessage.Read.All': tenantData('can read every channel of every team'),
  'OnlineMeetingTranscript.Read.All': tenantData('can read the transcript of every meeting'),
  'OnlineMeetingRecording.Read.All': tenantData('can download the recording of every meeting'),
  'CallRecords.Read.All': tenantData('can read who called whom'),
  'Group.Read.All': tenantData('can read conversations, calendars and files of every group'),
  'Group.ReadWrite.All': tenantData('can read and change members, conversations and files of groups'),
  'eDiscovery.Read.All': tenantData('can read eDiscovery cases and what they hold'),
  'eDiscovery.ReadWrite.All': tenantData('can search and export everything through eDiscovery'),
  'ExternalItem.Read.All': tenantData('can read everything that connectors copied into search'),
  'AiEnterpriseInteraction.Read.All': tenantData('can read what everybody asked Copilot and what it answered'),
};

const application: Readonly<Record<Resource, Table<ApplicationTier>>> = {
  graph: graphApplication,
  exchange: {
    full_access_as_app: tenantData('has full access to every mailbox through Exchange Web Services'),
    'Mail.Read': tenantData('can read every mailbox'),
    'Mail.ReadWrite': tenantData('can read and change every mailbox'),
    'Mail.Send': tenantData('can send mail in anybody’s name'),
    'MailboxSettings.ReadWrite': tenantData('can add forwarding rules to every mailbox'),
    'Calendars.Read': tenantData('can read every calendar'),
    'Calendars.Read.All': tenantData('can read every calendar'),
    'Calendars.ReadWrite.All': tenantData('can read and change every calendar'),
    'Contacts.Read': tenantData('can read all contacts of every mailbox'),
    'Contacts.ReadWrite': tenantData('can read and change all contacts of every mailbox'),
    // Not IMAP.AccessAsApp and POP.AccessAsApp: they open only mailboxes that Exchange grants to the app one by one.
  },
  sharepoint: {
    'Sites.Read.All': tenantData('can read every SharePoint site'),
    'Sites.ReadWrite.All': tenantData('can read and change every SharePoint site'),
    'Sites.Manage.All': tenantData('can manage every list and library'),
    'Sites.FullControl.All': tenantData('has full control of every SharePoint site'),
  },
  azureAdGraph: {
    'Directory.ReadWrite.All': indirect('can change apps, groups and users throughout the directory'),
    'Application.ReadWrite.All': indirect('can add a secret to any other app and use that app’s permissions'),
  },
  defenderEndpoint: { 'Machine.LiveResponse': indirect('can run commands on every onboarded device') },
  defenderXdr: {},
};

const graphDelegated: Table<DelegatedTier> = {
  'Directory.AccessAsUser.All': indirect('can change the directory as far as its user can'),
  'Directory.ReadWrite.All': indirect('can change the directory as far as its user can'),
  'RoleManagement.ReadWrite.Directory': direct('can assign directory roles when an administrator uses it'),
  'AppRoleAssignment.ReadWrite.All': direct('can grant application permissions when an administrator uses it'),
  'Application.ReadWrite.All': indirect('can add secrets to apps its user manages'),
  'DelegatedPermissionGrant.ReadWrite.All': indirect('can consent to further permissions when an administrator uses it'),
  'UserAuthenticationMethod.ReadWrite.All': indirect('can add sign-in methods to other accounts when an administrator uses it'),
  'Policy.ReadWrite.ConditionalAccess': indirect('can change access policies when an administrator uses it'),
  'Policy.ReadWrite.PermissionGrant': indirect('can change consent policies when an administrator uses it'),
  'Policy.ReadWrite.AuthenticationMethod': indirect('can change sign-in methods when an administrator uses it'),
  'Organization.ReadWrite.All': indirect('can change trusted certificate authorities when an administrator uses it'),
  'Domain.ReadWrite.All': indirect('can federate domains when an administrator uses it'),
  'Mail.Read': data('can read the mailbox of its user'),
  'Mail.Read.Shared': data('can read the mailboxes its user can open'),
  'Mail.ReadWrite': data('can read and change the mailbox of its user'),
  'Mail.ReadWrite.Shared': data('can read and change the mailboxes its user can open'),
  'Mail.Send': data('can send mail as its user'),
  'Mail.Send.Shared': data('can send mail as its user and on behalf of others'),
  'MailboxSettings.ReadWrite': data('can add forwarding rules to the mailbox of its user'),
  'Calendars.Read': data('can read the calendar of its user'),
  'Calendars.Read.Shared': data('can read the calendars its user can open'),
  'Calendars.ReadWrite': data('can read and change the calendar of its user'),
  'Calendars.ReadWrite.Shared': data('can read and change the calendars its user can open'),
  'Contacts.Read': data('can read the contacts of its user'),
  'Contacts.Read.Shared': data('can read the contacts its user can open'),
  'Contacts.ReadWrite': data('can read and change the contacts of its user'),
  'Contacts.ReadWrite.Shared': data('can read and change the contacts its user can open'),
  'Files.Read': data('can read the files of its user'),
  'Files.Read.All': data('can read every file its user can open'),
  'Files.ReadWrite': data('can read and change the files of its user'),
  'Files.ReadWrite.All': data('can read and change every file its user can open'),
  'Sites.Read.All': data('can read every site its user can open'),
  'Sites.ReadWrite.All': data('can read and change every site its user can open'),
  'Sites.Manage.All': data('can manage the lists of every site its user can open'),
  'Sites.FullControl.All': data('has full control of the sites its user controls'),
  'Notes.Read': data('can read the notebooks of its user'),
  'Notes.Read.All': data('can read every notebook its user can open'),
  'Notes.ReadWrite': data('can read and change the notebooks of its user'),
  'Notes.ReadWrite.All': data('can read and change every notebook its user can open'),
  'Chat.Read': data('can read the chats of its user'),
  'Chat.ReadWrite': data('can read and write in the chats of its user'),
  'ChannelMessage.Read.All': data('can read the channels its user is in'),
  'OnlineMeetingTranscript.Read.All': data('can read transcripts of its user’s meetings'),
  'OnlineMeetingRecording.Read.All': data('can download recordings of its user’s meetings'),
  'Group.Read.All': data('can read groups with their conversations and files as far as its user can'),
  'Group.ReadWrite.All': data('can change groups with their conversations and files as far as its user can'),
  'eDiscovery.Read.All': data('can read eDiscovery cases when an eDiscovery manager uses it'),
  'eDiscovery.ReadWrite.All': data('can search and export content when an eDiscovery manager uses it'),
  'EWS.AccessAsUser.All': data('has full access to the mailbox of its user'),
  'IMAP.AccessAsUser.All': data('can read the mailbox of its user by IMAP'),
  'POP.AccessAsUser.All': data('can read the mailbox of its user by POP'),
  'EAS.AccessAsUser.All': data('can synchronise the mailbox of its user'),
  'SMTP.Send': data('can send mail as its user'),
};

const delegated: Readonly<Record<Resource, Table<DelegatedTier>>> = {
  graph: graphDelegated,
  // Exchange offers the mail scopes of Graph under the same names.
  exchange: graphDelegated,
  sharepoint: {
    'AllSites.Read': data('can read every site its user can open'),
    'AllSites.Write': data('can read and change every site its user can open'),
    'AllSites.Manage': data('can manage the lists of every site its user can open'),
    'AllSites.FullControl': data('has full control of the sites its user controls'),
    'MyFiles.Read': data('can read the files of its user'),
    'MyFiles.Write': data('can read and change the files of its user'),
    'Sites.Search.All': data('can search everything its user can open'),
  },
  azureAdGraph: {
    'Directory.AccessAsUser.All': indirect('can change the directory as far as its user can'),
    'Directory.ReadWrite.All': indirect('can change the directory as far as its user can'),
  },
  defenderEndpoint: {},
  defenderXdr: {},
};

const resourceByAppId: ReadonlyMap<string, Resource> = new Map(Object.entries(resourceApps).map(([name, appId]) => [appId, name as Resource]));

/** Scopes that only tell who signed in. */
export const signInScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access', 'User.Read']);

/** The rating of an application permission, undefined where it is below both tiers or the service is not rated. */
export function applicationRisk(resourceAppId: string, permission: string): Risk<ApplicationTier> | undefined {
  return look(application, resourceAppId, permission);
}

export function delegatedRisk(resourceAppId: string, scope: string): Risk<DelegatedTier> | undefined {
  return look(delegated, resourceAppId, scope);
}

function look<Tier>(tables: Readonly<Record<Resource, Table<Tier>>>, resourceAppId: string, permission: string): Risk<Tier> | undefined {
  const resource = resourceByAppId.get(resourceAppId.toLowerCase());
  // Object.hasOwn: a permission of a tenant's own API may be called "constructor".
  return resource && Object.hasOwn(tables[resource], permission) ? tables[resource][permission] : undefined;
}
