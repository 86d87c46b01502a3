import { type Resource, resourceApps } from '../lib/app-ids.ts';

/** A permission that only serves an interface Microsoft retires. */
export interface RetiredPermission {
  resource: Resource;
  permission: string;
  /** Id in the list of retirements. */
  retirement: string;
  replacement: string;
}

const of = (resource: Resource, retirement: string, replacement: string, permissions: readonly string[]): RetiredPermission[] =>
  permissions.map((permission) => ({ resource, permission, retirement, replacement }));

/** Of the same name for apps and for people. */
const both: readonly RetiredPermission[] = [
  ...of('graph', 'graph-legacy-security-alerts', 'the indicator interfaces of Defender or Sentinel', [
    'ThreatIndicators.Read.All',
    'ThreatIndicators.ReadWrite.OwnedBy',
  ]),
  ...of('graph', 'teams-graph-teamworkdevice', 'Teams Rooms Pro Management', ['TeamworkDevice.Read.All', 'TeamworkDevice.ReadWrite.All']),
  ...of('graph', 'entra-pim-iteration2', 'the role management interfaces of Graph v1.0', [
    'PrivilegedAccess.Read.AzureAD',
    'PrivilegedAccess.ReadWrite.AzureAD',
    'PrivilegedAccess.Read.AzureADGroup',
    'PrivilegedAccess.ReadWrite.AzureADGroup',
    'PrivilegedAccess.Read.AzureResources',
    'PrivilegedAccess.ReadWrite.AzureResources',
  ]),
];

/** Not here: SecurityEvents.*, which also opens secure scores and so is no sign of the old alerts interface. */
export const retiredPermissions: readonly RetiredPermission[] = [
  ...both,
  ...of('graph', 'onenote-graph-app-only', 'delegated access to OneNote', ['Notes.Read.All', 'Notes.ReadWrite.All']),
  ...of('defenderXdr', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedHunting.Read.All']),
  ...of('defenderEndpoint', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedQuery.Read.All']),
  ...of('exchange', 'exo-legacy-message-trace', 'the message trace of Graph', ['ReportingWebService.Read.All']),
  ...of('exchange', 'outlook-rest-api-v2', 'the mail interfaces of Graph', [
    'Mail.Read',
    'Mail.ReadWrite',
    'Mail.Send',
    'Calendars.Read',
    'Calendars.Read.All',
    'Calendars.ReadWrite.All',
    'Contacts.Read',
    'Contacts.ReadWrite',
    'MailboxSettings.Read',
    'MailboxSettings.ReadWrite',
  ]),
];

/** Delegated ones. OneNote's are left out: only access without a person ends there. */
export const retiredScopes: readonly RetiredPermission[] = [
  ...both,
  ...of('defenderXdr', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedHunting.Read']),
  ...of('defenderEndpoint', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedQuery.Read']),
  ...of('exchange', 'exo-legacy-message-trace', 'the message trace of Graph', ['ReportingWebService.Read']),
  ...of('exchange', 'outlook-rest-api-v2', 'the mail interfaces of Graph', [
    'Mail.Read',
    'Mail.Read.All',
    'Mail.Read.Shared',
    'Mail.ReadWrite',
    'Mail.ReadWrite.All',
    'Mail.ReadWrite.Shared',
    'Mail.Send',
    'Mail.Send.All',
    'Mail.Send.Shared',
    'Calendars.Read',
    'Calendars.Read.All',
    'Calendars.Read.Shared',
    'Calendars.ReadWrite',
    'Calendars.ReadWrite.All',
    'Calendars.ReadWrite.Shared',
    'Contacts.Read',
    'Contacts.Read.All',
    'Contacts.Read.Shared',
    'Contacts.ReadWrite',
    'Contacts.ReadWrite.All',
    'Contacts.ReadWrite.Shared',
    'MailboxSettings.Read',
    'MailboxSettings.ReadWrite',
    'Tasks.Read',
    'Tasks.ReadWrite',
  ]),
];

const indexOf = (all: readonly RetiredPermission[]) => new Map(all.map((each) => [`${resourceApps[each.resource]} ${each.permission}`, each]));
const permissionsByKey = indexOf(retiredPermissions);
const scopesByKey = indexOf(retiredScopes);

export function retiredPermission(resourceAppId: string, permission: string): RetiredPermission | undefined {
  return permissionsByKey.get(`${resourceAppId.toLowerCase()} ${permission}`);
}

export function retiredScope(resourceAppId: string, scope: string): RetiredPermission | undefined {
  return scopesByKey.get(`${resourceAppId.toLowerCase()} ${scope}`);
}
