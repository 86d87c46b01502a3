import { describe, expect, it } from 'vitest';
import { appPermissions, consents, scopesOf } from '../../src/datasets/app-permissions.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { servicePrincipalSignIns } from '../../src/datasets/graph/servicePrincipalSignIns.ts';
import { assignment, grant, graphAppId, graphId, resources, servicePrincipal, services } from '../support/app-rows.ts';

const apps = [...services, servicePrincipal()];

describe('application permissions', () => {
  it('are named by the roles of their service', () => {
    expect(appPermissions(apps, resources, [assignment('Mail.Read')])).toMatchObject([
      { appId: 'app1', appName: 'Backup Tool', resourceAppId: graphAppId, permission: 'Mail.Read' },
    ]);
  });
  it('leave out users, groups, unknown roles and the default role', () => {
    const none = [
      assignment('Mail.Read', { principalType: 'User' }),
      assignment('Mail.Read', { principalType: 'Group' }),
      assignment('gone'),
      assignment('Mail.Read', { appRoleId: '00000000-0000-0000-0000-000000000000' }),
      assignment('Mail.Read', { resourceId: 'elsewhere' }),
    ];
    expect(appPermissions(apps, resources, none)).toEqual([]);
  });
  it('keep an app that is not listed, by the name the assignment gives', () => {
    expect(appPermissions(services, resources, [assignment('Mail.Read')])).toMatchObject([{ app: undefined, appName: 'Backup Tool' }]);
  });
});

it('takes the service from the request where the row does not name it', () => {
  const row = resourceAppRoleAssignments.row.parse(assignment('Mail.Read', { resourceId: null }));
  const kept = resourceAppRoleAssignments.keep.add(resourceAppRoleAssignments.keep.start(), row, graphId);
  expect(appPermissions(apps, resources, kept)).toHaveLength(1);
});

it('reads scopes with blanks around and twice', () => {
  expect(scopesOf(' User.Read  Mail.Read User.Read ')).toEqual(['Mail.Read', 'User.Read']);
  expect(scopesOf(null)).toEqual([]);
});

it('leaves out consents of which app or service was deleted', () => {
  expect(consents(apps, [grant('Mail.Read')])).toHaveLength(1);
  expect(consents(apps, [grant('Mail.Read', { clientId: 'gone' }), grant('Mail.Read', { resourceId: 'gone' })])).toEqual([]);
});

it('keeps the last sign-in of an app, whatever the order', () => {
  const row = (lastSignInDateTime: string | null) => ({ appId: 'a', lastSignInActivity: { lastSignInDateTime } });
  const { start, add } = servicePrincipalSignIns.keep;
  for (const order of [
    ['2026-01-01', '2026-02-01', null],
    [null, '2026-02-01', '2026-01-01'],
  ]) {
    expect(new Map(order.reduce((kept, at) => add(kept, row(at)), start()))).toEqual(new Map([['a', '2026-02-01']]));
  }
});
