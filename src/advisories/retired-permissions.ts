import { type Resource, resourceApps } from '../lib/app-ids.ts';

/** An application permission that only serves an interface Microsoft retires. */
export interface RetiredPermission {
  resource: Resource;
  permission: string;
  /** Id in the list of retirements. */
  retirement: string;
  replacement: string;
}

const of = (resource: Resource, retirement: string, replacement: string, permissions: readonly string[]): RetiredPermission[] =>
  permissions.map((permission) => ({ resource, permission, retirement, replacement }));

/** Not here: SecurityEvents.*, which also opens secure scores and so is no sign of the old alerts interface. */
export const retiredPermissions: readonly RetiredPermission[] = [
  ...of('graph', 'graph-legacy-security-alerts', 'the indicator interfaces of Defender or Sentinel', [
    'ThreatIndicators.Read.All',
    'ThreatIndicators.ReadWrite.OwnedBy',
  ]),
  ...of('graph', 'onenote-graph-app-only', 'delegated access to OneNote', ['Notes.Read.All', 'Notes.ReadWrite.All']),
  ...of('graph', 'teams-graph-teamworkdevice', 'Teams Rooms Pro Management', ['TeamworkDevice.Read.All', 'TeamworkDevice.ReadWrite.All']),
  ...of('graph', 'entra-pim-iteration2', 'the role management interfaces of Graph v1.0', [
    'PrivilegedAccess.Read.AzureAD',
    'PrivilegedAccess.ReadWrite.AzureAD',
    'PrivilegedAccess.Read.AzureADGroup',
    'PrivilegedAccess.ReadWrite.AzureADGroup',
    'PrivilegedAccess.Read.AzureResources',
    'PrivilegedAccess.ReadWrite.AzureResources',
  ]),
  ...of('defenderXdr', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedHunting.Read.All']),
  ...of('defenderEndpoint', 'defender-advanced-hunting-apis', 'runHuntingQuery in Graph with ThreatHunting.Read.All', ['AdvancedQuery.Read.All']),
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

const byKey = new Map(retiredPermissions.map((each) => [`${resourceApps[each.resource]} ${each.permission}`, each]));

export function retiredPermission(resourceAppId: string, permission: string): RetiredPermission | undefined {
  return byKey.get(`${resourceAppId.toLowerCase()} ${permission}`);
}
