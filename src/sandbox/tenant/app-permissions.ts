import type { Row } from '../collection.ts';

/** App ids of Microsoft's services, the same in every tenant. */
export const microsoftApps = {
  graph: '00000003-0000-0000-c000-000000000000',
  exchange: '00000002-0000-0ff1-ce00-000000000000',
  sharepoint: '00000003-0000-0ff1-ce00-000000000000',
  azureAdGraph: '00000002-0000-0000-c000-000000000000',
  defenderEndpoint: 'fc780465-2017-40d4-a0c5-307022471b92',
  defenderXdr: '8ee8fdad-f234-4243-8f3b-15c294843740',
  intune: '0000000a-0000-0000-c000-000000000000',
  azureAdPowerShell: '1b730954-1685-4b74-9bfd-dac224a7b894',
  azureManagement: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  managementActivity: 'c5393580-f805-4401-95e8-94b7a6ef2fc2',
  teams: 'cc15fd57-2c6c-4117-a88c-83b1d56b4bbe',
  graphCommandLine: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  azureDevOps: '499b84ac-1321-427f-aa17-267ca6975798',
} as const;

/** Application permissions with their published ids, per service. */
const appRoles: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [microsoftApps.graph]: {
    'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
    'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
    'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
    'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
    'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
    'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
    'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
    'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
    'Sites.FullControl.All': 'a82116e5-55eb-4c41-a434-62fe8a61c773',
    'Sites.Read.All': '332a536c-c7ef-4017-ab91-336970924f0d',
    'Files.ReadWrite.All': '75359482-378d-4052-8f01-80520e7db3cd',
    'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
    'Calendars.Read': '798ee544-9d2d-430c-a058-570e29e34338',
    'SecurityEvents.Read.All': 'bf394140-e372-4bf9-a898-299cfc7564e5',
  },
  [microsoftApps.exchange]: {
    full_access_as_app: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40',
    'ReportingWebService.Read.All': 'b4d5a5c7-c085-487f-b922-ef0d6ebde6b1',
  },
  [microsoftApps.sharepoint]: { 'Sites.FullControl.All': '678536fe-1083-478a-9c59-b99265e6b0d3' },
  [microsoftApps.defenderEndpoint]: { 'AdvancedQuery.Read.All': '93489bf5-0fbc-4f2d-b901-33f2fe08ff05' },
  [microsoftApps.azureAdGraph]: { 'Directory.Read.All': '5778995a-e1bf-45b8-affa-663a9f3f4d04' },
};

/** A role that a service no longer offers: assignments of it stay behind. */
export const goneRole = 'gone';
export const goneRoleId = '0e5f4a0c-6b1d-4d52-9a0f-2f7a4f1f8c11';

export function appRoleId(resourceAppId: string, permission: string): string {
  const id = appRoles[resourceAppId]?.[permission];
  if (!id) throw new Error(`the sandbox does not know the permission ${permission}`);
  return id;
}

export function appRolesOf(appId: string): Row[] {
  return Object.entries(appRoles[appId] ?? {}).map(([value, id]) => ({
    id,
    value,
    allowedMemberTypes: ['Application'],
    displayName: value,
    description: value,
    isEnabled: true,
    origin: 'Application',
  }));
}

export interface AppPermissionGrant {
  app: string;
  resource: string;
  permission: string;
}

const onGraph = (app: string, ...permissions: string[]) => permissions.map((permission) => ({ app, resource: microsoftApps.graph, permission }));

/** Application permissions of the messy tenant's apps; the clean one grants nothing that reaches far. */
export function appPermissionGrants(clean: boolean): AppPermissionGrant[] {
  if (clean) return [...onGraph('Aldermoor Directory Card', 'User.Read.All'), ...onGraph('Rota Planner', 'User.Read.All')];
  return [
    ...onGraph('Aldermoor Automation', 'Application.ReadWrite.All', 'User.Read.All'),
    ...onGraph('QuickSync Helper', 'Directory.ReadWrite.All', 'RoleManagement.ReadWrite.Directory'),
    ...onGraph('Backup Harbor', 'Sites.FullControl.All', 'Mail.Read', 'Files.ReadWrite.All'),
    ...onGraph('Ticket Otter', 'Mail.Send'),
    ...onGraph('Rota Planner', 'User.Read.All', 'Calendars.Read'),
    ...onGraph('Watchful Goose', 'SecurityEvents.Read.All'),
    { app: 'Old Mail Archiver', resource: microsoftApps.exchange, permission: 'full_access_as_app' },
    { app: 'Ticket Otter', resource: microsoftApps.exchange, permission: 'full_access_as_app' },
    { app: 'Aldermoor Intranet', resource: microsoftApps.sharepoint, permission: 'Sites.FullControl.All' },
    // Of an interface that Microsoft retires.
    { app: 'Watchful Goose', resource: microsoftApps.defenderEndpoint, permission: 'AdvancedQuery.Read.All' },
    { app: 'Ticket Otter', resource: microsoftApps.exchange, permission: 'ReportingWebService.Read.All' },
    { app: 'QuickSync Helper', resource: microsoftApps.azureAdGraph, permission: 'Directory.Read.All' },
    { app: 'Board Planner', resource: microsoftApps.graph, permission: goneRole },
  ];
}

export interface Consent {
  app: string;
  resource: string;
  scope: string;
  /** How many users consented for themselves; undefined = an administrator consented for everybody. */
  users?: number;
}

export function consentGrants(clean: boolean): Consent[] {
  const graph = microsoftApps.graph;
  const harmless: Consent[] = [
    { app: 'Rota Planner', resource: graph, scope: ' openid profile email offline_access User.Read' },
    { app: 'Expense Ferret', resource: graph, scope: ' openid profile User.Read' },
  ];
  if (clean) return harmless;
  return [
    ...harmless,
    { app: 'Survey Pigeon', resource: graph, scope: ' openid profile Mail.Read Files.Read.All offline_access' },
    { app: 'Board Planner', resource: graph, scope: ' Calendars.ReadWrite User.Read' },
    { app: 'PDF Melter', resource: graph, scope: ' Files.ReadWrite.All offline_access User.Read', users: 5 },
    { app: 'Inbox Whisperer', resource: graph, scope: ' Mail.Read Mail.Send offline_access', users: 2 },
    { app: 'Expense Ferret', resource: graph, scope: ' Mail.Read offline_access', users: 3 },
    { app: 'Meeting Room Panels', resource: microsoftApps.exchange, scope: ' EWS.AccessAsUser.All Calendars.ReadWrite' },
    { app: 'Meeting Room Panels', resource: graph, scope: ' TeamworkDevice.Read.All' },
    // Given to the tool, so that a script could use the old role management.
    { app: 'Microsoft Graph Command Line Tools', resource: graph, scope: ' PrivilegedAccess.ReadWrite.AzureAD User.Read' },
  ];
}
