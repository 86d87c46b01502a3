import type { Row } from '../collection.ts';
import { appPermissionGrants, appRoleId, appRolesOf, consentGrants, goneRole, goneRoleId, microsoftApps } from './app-permissions.ts';
import { nameOr } from './names.ts';
import { guid } from './seed.ts';
import { isGuest, userId } from './users.ts';
import type { World } from './world.ts';

const microsoftTenant = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const total = 80;

type Owner = 'microsoft' | 'own' | 'verified' | 'unverified' | 'managedIdentity' | 'legacy';

const microsoftNames: Readonly<Record<keyof typeof microsoftApps, string>> = {
  graph: 'Microsoft Graph',
  exchange: 'Office 365 Exchange Online',
  sharepoint: 'Office 365 SharePoint Online',
  azureAdGraph: 'Windows Azure Active Directory',
  defenderEndpoint: 'WindowsDefenderATP',
  defenderXdr: 'Microsoft Threat Protection',
  intune: 'Microsoft Intune',
  azureAdPowerShell: 'Azure Active Directory PowerShell',
  azureManagement: 'Windows Azure Service Management API',
  managementActivity: 'Office 365 Management APIs',
  teams: 'Skype Teams Services',
  graphCommandLine: 'Microsoft Graph Command Line Tools',
  azureDevOps: 'Azure DevOps',
};

const named: readonly (readonly [Owner, string])[] = [
  ['own', 'tidytenant'],
  ['own', 'Aldermoor Automation'],
  ['own', 'Aldermoor Intranet'],
  ['own', 'Aldermoor Directory Card'],
  ['own', 'Aldermoor Payroll'],
  ['own', 'Aldermoor Quote Builder'],
  ['verified', 'Backup Harbor'],
  ['verified', 'Board Planner'],
  ['verified', 'Rota Planner'],
  ['verified', 'Expense Ferret'],
  ['verified', 'Watchful Goose'],
  ['verified', 'Meeting Room Panels'],
  ['unverified', 'QuickSync Helper'],
  ['unverified', 'Old Mail Archiver'],
  ['unverified', 'Survey Pigeon'],
  ['unverified', 'PDF Melter'],
  ['unverified', 'Inbox Whisperer'],
  ['unverified', 'Ticket Otter'],
  ['managedIdentity', 'vm-alder-build-01'],
  ['managedIdentity', 'func-alder-invoices'],
  ['legacy', 'ACS Document Mover'],
  ['legacy', 'ACS Site Badge'],
];

interface Entry {
  owner: Owner;
  name: string;
  appId: string;
}

/** Index 0 is the scanner itself; Microsoft's come after the named ones and fill the list up. */
function entries(): Entry[] {
  const known = named.map(([owner, name], index) => ({ owner, name, appId: index === 0 ? guid('client', 1) : guid('app', index) }));
  const services = Object.entries(microsoftApps).map(([key, appId]) => ({
    owner: 'microsoft' as const,
    name: microsoftNames[key as keyof typeof microsoftApps],
    appId,
  }));
  const rest = total - known.length - services.length;
  const filler = Array.from({ length: rest }, (_, index) => ({
    owner: 'microsoft' as const,
    name: `Microsoft 365 Service ${index + 1}`,
    appId: guid('microsoftApp', index),
  }));
  return [...known, ...services, ...filler, ...leftBehind];
}

const isolatedWebPart = 'SharePoint Online Client Extensibility Web Application Principal 7c1f';

/** Last, so that the others keep their numbers. Only the messy tenant has them. */
const leftBehind: readonly Entry[] = [
  { owner: 'own', name: 'Aldermoor Phone Book', appId: guid('app', 200) },
  { owner: 'microsoft', name: 'Microsoft Intune PowerShell', appId: 'd1ddf0e4-d672-4dae-b554-9d5bdfd93547' },
  { owner: 'own', name: isolatedWebPart, appId: guid('app', 201) },
];

export function servicePrincipalsOf(world: World): Row[] {
  return entries()
    .map((entry, index) => servicePrincipalRow(world, entry, index))
    .filter((row) => !(world.clean && (row.servicePrincipalType === 'Legacy' || leftBehind.some(({ appId }) => appId === row.appId))));
}

/** Id and name, for what refers to it. */
export function servicePrincipalNamed(world: World, name: string): { id: string; appId: string; displayName: string } {
  const all = entries();
  const index = all.findIndex((entry) => entry.name === name);
  if (index < 0) throw new Error(`the sandbox has no app ${name}`);
  return { id: guid('servicePrincipal', index), appId: all[index]?.appId ?? '', displayName: nameOr(world.hostileNames, index, name) };
}

function servicePrincipalOfApp(appId: string): string {
  return guid(
    'servicePrincipal',
    entries().findIndex((entry) => entry.appId === appId),
  );
}

function servicePrincipalRow(world: World, { owner, name, appId }: Entry, index: number): Row {
  const types: Partial<Record<Owner, string>> = { managedIdentity: 'ManagedIdentity', legacy: 'Legacy' };
  return {
    id: guid('servicePrincipal', index),
    appId,
    displayName: owner === 'microsoft' ? name : nameOr(world.hostileNames, index, name),
    appDisplayName: name,
    accountEnabled: !(world.clean && appId === microsoftApps.azureAdPowerShell),
    appOwnerOrganizationId: ownerTenant(world, owner, index),
    appRoleAssignmentRequired: false,
    servicePrincipalType: types[owner] ?? 'Application',
    signInAudience: owner === 'own' ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
    verifiedPublisher: publisher(world, owner, name, index),
    appRoles: appRolesOf(appId),
    servicePrincipalNames: [appId],
    replyUrls: replyUrls(world, owner, name),
    tags: ['WindowsAzureActiveDirectoryIntegratedApp'],
    keyCredentials: [],
    passwordCredentials: owner === 'legacy' ? [secret(world, index, 400, -300)] : [],
    addIns: [],
    notificationEmailAddresses: [],
    ...extras(world, name),
  };
}

function replyUrls(world: World, owner: Owner, name: string): string[] {
  const prefix = world.initialDomain.split('.')[0];
  if (name === isolatedWebPart) return [`https://${prefix}-4f0a8c1be2d97350.sharepoint.com/_forms/singlesignon.aspx`];
  return owner === 'legacy' ? [`https://${prefix}.sharepoint.com/sites/docs`] : [];
}

function ownerTenant(world: World, owner: Owner, index: number): string | null {
  if (owner === 'microsoft') return microsoftTenant;
  if (owner === 'own' || owner === 'legacy') return world.tenantId;
  return owner === 'managedIdentity' ? null : guid('vendor', index);
}

/** An app without a verified publisher comes with an object of nulls. */
function publisher(world: World, owner: Owner, name: string, index: number): Row {
  if (owner !== 'verified') return { displayName: null, verifiedPublisherId: null, addedDateTime: null };
  return { displayName: `${name} Ltd`, verifiedPublisherId: String(6_000_000 + index), addedDateTime: world.times.ago(900) };
}

function extras(world: World, name: string): Row {
  if (name === 'Aldermoor Payroll') {
    const thumbprint = 'A1B2C3D4E5F60718293A4B5C6D7E8F9001122334';
    const certificate = {
      ...key(world, 900, world.clean ? 190 : 350, world.clean ? -500 : -10),
      usage: 'Sign',
      customKeyIdentifier: Buffer.from(thumbprint, 'hex').toString('base64'),
    };
    return {
      preferredSingleSignOnMode: 'saml',
      preferredTokenSigningKeyThumbprint: thumbprint,
      keyCredentials: [certificate],
      replyUrls: ['https://payroll.aldermoor.example/saml'],
    };
  }
  if (world.clean) return {};
  // The hybrid wizard of Exchange used to leave certificates on Microsoft's own app.
  if (name === microsoftNames.exchange) return { keyCredentials: [{ ...key(world, 901, 300, -420), usage: 'Verify' }] };
  if (name === microsoftNames.teams) return { passwordCredentials: [secret(world, 902, 90, -270)] };
  if (name === 'Board Planner') return { addIns: [{ id: guid('addIn', 1), type: 'FileHandler', properties: [{ key: 'version', value: '2' }] }] };
  return {};
}

function secret(world: World, index: number, started: number, ended: number): Row {
  return {
    keyId: guid('secret', index),
    displayName: 'secret',
    hint: 'Ab1',
    startDateTime: world.times.ago(started),
    endDateTime: world.times.ago(ended),
    customKeyIdentifier: null,
    secretText: null,
  };
}

function key(world: World, index: number, started: number, ended: number): Row {
  return {
    keyId: guid('key', index),
    displayName: 'CN=certificate',
    type: 'AsymmetricX509Cert',
    startDateTime: world.times.ago(started),
    endDateTime: world.times.ago(ended),
    customKeyIdentifier: null,
    key: null,
  };
}

/** Application permissions granted on one service; null = no such service principal. */
export function appRoleAssignedToOf(world: World, servicePrincipalId: string): Row[] | null {
  const row = servicePrincipalsOf(world).find((each) => each.id === servicePrincipalId.toLowerCase());
  if (!row) return null;
  return allAppRoleAssignments(world).filter((each) => each.resourceId === row.id);
}

export function appRoleAssignmentsOf(world: World, servicePrincipalId: string): Row[] | null {
  if (!servicePrincipalsOf(world).some((each) => each.id === servicePrincipalId.toLowerCase())) return null;
  return allAppRoleAssignments(world).filter((each) => each.principalId === servicePrincipalId.toLowerCase());
}

function allAppRoleAssignments(world: World): Row[] {
  return appPermissionGrants(world.clean).map(({ app, resource, permission }, index) => {
    const principal = servicePrincipalNamed(world, app);
    const key = Object.entries(microsoftApps).find(([, appId]) => appId === resource)?.[0] as keyof typeof microsoftApps;
    return {
      id: Buffer.from(guid('appRoleAssignment', index)).toString('base64url'),
      deletedDateTime: null,
      appRoleId: permission === goneRole ? goneRoleId : appRoleId(resource, permission),
      createdDateTime: world.times.ago(300 - index),
      principalDisplayName: principal.displayName,
      principalId: principal.id,
      principalType: 'ServicePrincipal',
      resourceDisplayName: microsoftNames[key],
      resourceId: servicePrincipalOfApp(resource),
    };
  });
}

export function permissionGrantsOf(world: World): Row[] {
  const members = Array.from({ length: 40 }, (_, index) => 20 + index).filter((index) => !isGuest(index));
  return consentGrants(world.clean).flatMap(({ app, resource, scope, users }, at): Row[] => {
    const common = { clientId: servicePrincipalNamed(world, app).id, resourceId: servicePrincipalOfApp(resource), scope };
    const id = (index: number) => Buffer.from(guid(`grant${at}`, index)).toString('base64url');
    if (users === undefined) return [{ id: id(0), consentType: 'AllPrincipals', principalId: null, ...common }];
    return members.slice(0, users).map((member, index) => ({ id: id(index), consentType: 'Principal', principalId: userId(member), ...common }));
  });
}

/** Last use of each app: third parties lately, one of them not for a year. */
export function servicePrincipalActivityOf(world: World): Row[] {
  return entries()
    .filter((entry) => entry.owner !== 'microsoft' && entry.owner !== 'legacy' && !(world.clean && leftBehind.includes(entry)))
    .map(({ name, appId }, index) => {
      const days = name === 'Old Mail Archiver' ? 370 : 1 + (index % 20);
      const activity = { lastSignInDateTime: world.times.ago(days), lastSignInRequestId: guid('request', 5000 + index) };
      return {
        id: Buffer.from(appId).toString('base64url'),
        appId,
        lastSignInActivity: activity,
        applicationAuthenticationClientSignInActivity: activity,
        applicationAuthenticationResourceSignInActivity: null,
        delegatedClientSignInActivity: null,
        delegatedResourceSignInActivity: null,
      };
    });
}
