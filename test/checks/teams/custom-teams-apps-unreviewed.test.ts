import { expect } from 'vitest';
import check from '../../../checks/teams/custom-teams-apps-unreviewed.ts';
import { checkTable } from '../../support/check-table.ts';

function definition(change: Record<string, unknown> = {}) {
  return { id: 'd1', version: '1.0.0', publishingState: 'published', lastModifiedDateTime: '2026-01-01T00:00:00Z', authorization: null, bot: null, ...change };
}

function app(...definitions: unknown[]) {
  return { id: 'app1', displayName: 'Stock list', distributionMethod: 'organization', externalId: null, appDefinitions: definitions };
}

function asking(...permissions: string[]) {
  const resourceSpecificPermissions = permissions.map((permissionValue) => ({ permissionValue, permissionType: 'application' }));
  return definition({ authorization: { clientAppId: 'x', requiredPermissionSet: { resourceSpecificPermissions } } });
}

checkTable(check, [
  { it: 'passes without own apps', evidence: { teamsCatalogApps: [] }, expect: { pass: 0 } },
  { it: 'passes with a maintained app that asks for nothing', evidence: { teamsCatalogApps: [app(definition())] }, expect: { pass: 1 } },
  { it: 'passes with a harmless permission', evidence: { teamsCatalogApps: [app(asking('TeamSettings.Read.Group'))] }, expect: { pass: 1 } },
  { it: 'fails with an app that reads messages', evidence: { teamsCatalogApps: [app(asking('ChannelMessage.Read.Group'))] }, expect: { fail: ['app1'] } },
  { it: 'fails with a bot', evidence: { teamsCatalogApps: [app(definition({ bot: { id: 'b' } }))] }, expect: { fail: ['app1'] } },
  {
    it: 'passes 730 days after the last change',
    evidence: { teamsCatalogApps: [app(definition({ lastModifiedDateTime: '2024-08-20T12:00:00Z' }))] },
    expect: { pass: 1 },
  },
  {
    it: 'fails on the day after',
    evidence: { teamsCatalogApps: [app(definition({ lastModifiedDateTime: '2024-08-19T12:00:00Z' }))] },
    expect: { fail: ['app1'] },
  },
  {
    it: 'counts the newest definition',
    evidence: { teamsCatalogApps: [app(definition({ lastModifiedDateTime: '2020-01-01T00:00:00Z' }), definition({ id: 'd2' }))] },
    expect: { pass: 1 },
  },
  {
    it: 'leaves out rejected and submitted definitions',
    evidence: {
      teamsCatalogApps: [
        app(
          definition(),
          definition({ id: 'd2', publishingState: 'rejected', bot: { id: 'b' } }),
          definition({ id: 'd3', publishingState: 'submitted', bot: { id: 'b' } }),
        ),
      ],
    },
    expect: { pass: 1 },
  },
  {
    it: 'counts a definition in a state nobody knows',
    evidence: { teamsCatalogApps: [app(definition({ publishingState: null, bot: { id: 'b' } }))] },
    expect: { fail: ['app1'] },
  },
  { it: 'passes over an app without a date', evidence: { teamsCatalogApps: [app(definition({ lastModifiedDateTime: null }))] }, expect: { pass: 1 } },
  {
    it: 'gives all reasons in one finding',
    evidence: { teamsCatalogApps: [app(asking('ChatMessage.Read.Chat'), definition({ id: 'd2', bot: { id: 'b' } }))] },
    expect: { fail: ['app1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'Stock list, published by this organization, reads messages or files (ChatMessage.Read.Chat) and has a bot.' }],
      }),
  },
]);
