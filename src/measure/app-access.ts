import { applicationRisk, delegatedRisk, signInScopes } from '../advisories/permission-risk.ts';
import { type AccessOfApps, type AppAccess, accessOfApps, type HeldPermission } from '../datasets/app-access.ts';
import { isVerified } from '../datasets/app-ownership.ts';
import { appPermissions } from '../datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../datasets/graph/oauth2PermissionGrants.ts';
import { resourceAppRoleAssignments } from '../datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../datasets/graph/servicePrincipals.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'app-access', label: 'Apps that were given access', unit: 'apps' } as const;
const shown = 200;
/** Known to be nothing, unlike null. */
const none = '–';

const columns: MeasureTable['columns'] = [
  { id: 'app', label: 'App' },
  { id: 'publisher', label: 'Verified publisher' },
  { id: 'itself', label: 'Given to the app itself' },
  { id: 'everybody', label: 'Given for everybody' },
  { id: 'byPeople', label: 'Given by people for themselves' },
  { id: 'people', label: 'People', unit: 'users' },
  { id: 'objectId', label: 'Object id' },
];

/** Apps other than Microsoft's that may reach more than the name of who signs in, the most powerful first. */
export function appAccess({ evidence }: MeasureContext): Measure {
  const apps = keptOf(evidence, servicePrincipals);
  if (!apps.ok) return unknownMeasure(head, apps.because);
  const [resources, assignments, grants] = [
    keptOf(evidence, resourceServicePrincipals),
    keptOf(evidence, resourceAppRoleAssignments),
    keptOf(evidence, oauth2PermissionGrants),
  ];
  const permissions = resources.ok && assignments.ok ? appPermissions(apps.kept, resources.kept, assignments.kept) : [];
  const access = accessOfApps(apps.kept, permissions, grants.ok ? grants.kept : []);
  const unread = [resources, assignments, grants].flatMap((each) => (each.ok ? [] : [each.because]))[0];
  return { ...head, ...figureOf(access, unread) };
}

function figureOf({ apps, unclear }: AccessOfApps, unread: string | undefined): Pick<Measure, 'value' | 'because' | 'table'> {
  const admitted = apps.filter((app) => listsOf(app).some((list) => list.some(({ permission }) => !signInScopes.has(permission))));
  const rows = admitted.sort((a, b) => levelOf(a) - levelOf(b) || byText(a.name, b.name) || byText(a.id, b.id));
  const because = [
    ...(unread ? [unread] : []),
    ...(unclear > 0 ? [`Graph did not name the type of ${count(unclear, 'consent')}.`] : []),
    ...(!unread && apps.length > admitted.length
      ? [`${count(apps.length - admitted.length, 'more app only learns', 'more apps only learn')} who signs in.`]
      : []),
    ...(rows.length > shown ? [`The table shows ${shown}.`] : []),
  ].join(' ');
  return {
    // An app whose only permission was not read would be missing from the number.
    value: unread || unclear > 0 ? null : admitted.length,
    ...(because ? { because } : {}),
    ...(rows.length > 0 ? { table: { columns, rows: rows.slice(0, shown).map(rowOf) } } : {}),
  };
}

function listsOf({ byItself, forEverybody, byPeople }: AppAccess): HeldPermission[][] {
  return [byItself, forEverybody, byPeople];
}

/** A way to take the tenant over comes first, then everybody's data, then what people can reach. */
function levelOf({ byItself, forEverybody, byPeople }: AppAccess): number {
  const tiers = byItself.map(({ resourceAppId, permission }) => applicationRisk(resourceAppId, permission)?.tier);
  const risky = (held: HeldPermission[]) => held.some(({ resourceAppId, permission }) => delegatedRisk(resourceAppId, permission));
  const levels = [tiers.includes('takeover'), tiers.includes('tenantData'), risky(forEverybody), risky(byPeople), byItself.length > 0];
  const level = levels.indexOf(true);
  return level < 0 ? levels.length : level;
}

function rowOf(access: AppAccess): (string | number | null)[] {
  const { id, name, app, people, byItself, forEverybody, byPeople } = access;
  const publisher = (app && isVerified(app) && app.verifiedPublisher?.displayName) || none;
  return [name, publisher, words(byItself), words(forEverybody), words(byPeople), people, id];
}

function words(held: readonly HeldPermission[]): string {
  const names = [...new Set(held.map(({ permission }) => permission))].sort(byText);
  return names.join(', ') || none;
}
