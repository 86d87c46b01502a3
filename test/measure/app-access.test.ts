import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import type { Collected } from '../../src/model/evidence.ts';
import { defaultSettings } from '../../src/model/settings.ts';

const at = '2026-08-20T12:00:00Z';
const graphApp = '00000003-0000-0000-c000-000000000000';
const role = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

const app = (id: string, more: object = {}) => ({
  id,
  appId: `app-${id}`,
  displayName: id.toUpperCase(),
  appOwnerOrganizationId: '9d2b1f7e-0000-4000-8000-000000000009',
  addIns: [],
  keyCredentials: [],
  passwordCredentials: [],
  replyUrls: [],
  ...more,
});
const grant = (clientId: string, scope: string | null, more: object = {}) => ({
  id: `${clientId}-${scope}-${JSON.stringify(more)}`,
  clientId,
  consentType: 'AllPrincipals',
  principalId: null,
  resourceId: 'graph',
  scope,
  ...more,
});
const person = (id: string) => ({ consentType: 'Principal', principalId: id });
const held = (principalId: string, appRoleId: string) => ({
  id: `${principalId}-${appRoleId}`,
  appRoleId,
  principalId,
  principalType: 'ServicePrincipal',
  resourceId: 'graph',
});

const good = {
  apps: [app('graph', { appId: graphApp, appOwnerOrganizationId: microsoft, displayName: 'Microsoft Graph' }), app('a'), app('b'), app('c')],
  resources: [
    {
      id: 'graph',
      appId: graphApp,
      displayName: 'Microsoft Graph',
      appRoles: [
        { id: role(1), value: 'Mail.Read' },
        { id: role(2), value: 'User.Read.All' },
      ],
    },
  ],
  assignments: [held('b', role(2)), held('a', role(1))],
  grants: [grant('c', ' openid User.Read'), grant('b', 'Files.Read', person('u1')), grant('b', 'Files.Read', person('u2'))],
};

function measureOf(change: { [Key in keyof typeof good]?: readonly object[] | null } = {}) {
  const rows = { ...good, ...change };
  const sets = [
    [servicePrincipals, rows.apps],
    [resourceServicePrincipals, rows.resources],
    [resourceAppRoleAssignments, rows.assignments],
    [oauth2PermissionGrants, rows.grants],
  ] as const;
  const evidence = new Map(
    sets.map(([dataset, each]): [string, Collected<unknown>] => [
      dataset.id,
      each === null
        ? { ok: false, reason: 'permission', detail: 'Not allowed.' }
        : { ok: true, kept: each.map((row) => dataset.row.parse(row)), items: each.length, pages: 1, at },
    ]),
  );
  const measures = takeMeasures({ evidence, now: new Date(at), snapshot: loadSnapshot(), settings: defaultSettings });
  return measures.find(({ id }) => id === 'app-access');
}

describe('apps that were given access', () => {
  it('are listed by power, with who gave what', () => {
    expect(measureOf()).toMatchObject({ value: 2, because: '1 more app only learns who signs in.' });
    expect(measureOf()?.table?.rows).toEqual([
      ['A', '–', 'Mail.Read', '–', '–', 0, 'a'],
      ['B', '–', 'User.Read.All', '–', 'Files.Read', 2, 'b'],
    ]);
  });

  it.each([
    ['Microsoft’s own apps', { apps: [...good.apps.filter(({ id }) => id !== 'a'), app('a', { appOwnerOrganizationId: microsoft })] }, ['b']],
    ['consents to a deleted app', { apps: good.apps.filter(({ id }) => id !== 'b'), assignments: [held('a', role(1))] }, ['a']],
    ['consents to a deleted service', { grants: [grant('c', 'Mail.Read', { resourceId: 'gone' })] }, ['a', 'b']],
    ['consents without a permission', { grants: [grant('c', null), grant('c', ' ')] }, ['a', 'b']],
    ['assignments to people and groups', { assignments: [{ ...held('a', role(1)), principalType: 'Group' }, held('b', role(2))] }, ['b']],
  ])('leave out %s', (_, change, ids) => {
    expect(measureOf(change)?.table?.rows.map((row) => row.at(-1))).toEqual(ids);
  });

  it('count apps that nobody owns, and take a nameless app by its id', () => {
    const measure = measureOf({ apps: [...good.apps, app('x', { appOwnerOrganizationId: null, displayName: null })], grants: [grant('x', 'Mail.Read')] });
    expect(measure?.value).toBe(3);
    expect(measure?.table?.rows.map(([name]) => name)).toEqual(['A', 'x', 'B']);
  });

  it('name a verified publisher only', () => {
    const named = (verifiedPublisher: object | null) =>
      measureOf({ apps: [...good.apps.filter(({ id }) => id !== 'a'), app('a', { verifiedPublisher })] })?.table?.rows[0]?.[1];
    expect(named({ displayName: 'Fabrikam', verifiedPublisherId: '1' })).toBe('Fabrikam');
    expect(named({ displayName: 'Fabrikam', verifiedPublisherId: null })).toBe('–');
    expect(named(null)).toBe('–');
  });

  it.each([
    ['permissions of apps', { assignments: null }, ['b']],
    ['the services', { resources: null }, ['b']],
    ['consents', { grants: null }, ['a', 'b']],
    ['consents of a new type', { grants: [grant('c', 'Mail.Read', { consentType: 'SomePrincipals' })] }, ['a', 'b']],
  ])('have no number where %s could not be read, but a list of the rest', (_, change, ids) => {
    const measure = measureOf(change);
    expect(measure).toMatchObject({ value: null, because: expect.stringMatching(/could not be read|did not name the type of 1 consent\./) });
    expect(measure?.table?.rows.map((row) => row.at(-1))).toEqual(ids);
  });

  it('are not known without the list of apps', () => {
    expect(measureOf({ apps: null })).toMatchObject({ value: null, because: expect.stringContaining('could not be read') });
    expect(measureOf({ apps: null })?.table).toBeUndefined();
  });
});
