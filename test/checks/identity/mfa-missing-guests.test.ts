import check from '../../../checks/identity/mfa-missing-guests.ts';
import { block, guest, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const types = ['internalGuest', 'b2bCollaborationGuest', 'b2bCollaborationMember', 'b2bDirectConnectUser', 'otherExternalUser', 'serviceProvider'];
const all = { membershipKind: 'all' };

function forGuests(guestOrExternalUserTypes: string, membershipKind = 'all', change: Parameters<typeof policy>[0] = {}) {
  return policy({
    ...change,
    users: { includeUsers: [], includeGuestsOrExternalUsers: { guestOrExternalUserTypes, externalTenants: { membershipKind } }, ...change.users },
  });
}

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    securityDefaults: [{ isEnabled: false }],
    conditionalAccessPolicies: policies,
    users: [user('anna'), guest('gus')],
    authorizationPolicy: [{ allowInvitesFrom: 'everyone' }],
    ...change,
  };
}

checkTable(check, [
  { it: 'passes when all users need mfa', evidence: evidence([policy()]), expect: { pass: 6 } },
  { it: 'passes with security defaults', evidence: evidence([], { securityDefaults: [{ isEnabled: true }] }), expect: { pass: 6 } },
  { it: 'passes when every type of guest needs mfa', evidence: evidence([forGuests(types.join(','))]), expect: 'pass' },
  {
    it: 'passes when two policies share the types',
    evidence: evidence([forGuests(types.slice(0, 3).join(','), 'all', { id: 'a' }), forGuests(types.slice(3).join(','), 'all', { id: 'b' })]),
    expect: 'pass',
  },
  { it: 'passes by the old word', evidence: evidence([policy({ users: { includeUsers: ['GuestsOrExternalUsers'] } })]), expect: 'pass' },
  { it: 'names the types that are left out', evidence: evidence([forGuests('internalGuest,b2bCollaborationGuest')]), expect: { fail: types.slice(2) } },
  {
    it: 'names the types that are excluded',
    evidence: evidence([policy({ users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'serviceProvider', externalTenants: all } } })]),
    expect: { fail: ['serviceProvider'] },
  },
  { it: 'fails for all types without policies', evidence: evidence([]), expect: { fail: types } },
  { it: 'fails when only some organizations are included', evidence: evidence([forGuests(types.join(','), 'enumerated')]), expect: { fail: types.slice(1) } },
  {
    it: 'fails when some organizations are excluded',
    evidence: evidence([
      policy({
        users: { excludeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'b2bCollaborationGuest', externalTenants: { membershipKind: 'enumerated' } } },
      }),
    ]),
    expect: { fail: ['b2bCollaborationGuest'] },
  },
  { it: 'does not count report-only', evidence: evidence([policy({ state: 'enabledForReportingButNotEnforced' })]), expect: { fail: types } },
  { it: 'does not count Office 365 only', evidence: evidence([policy({ applications: { includeApplications: ['Office365'] } })]), expect: { fail: types } },
  { it: 'names a resource that is left out', evidence: evidence([policy({ applications: { excludeApplications: ['app1'] } })]), expect: { fail: ['app1'] } },
  {
    it: 'counts a block of old clients',
    evidence: evidence([policy({ conditions: { clientAppTypes: ['browser', 'mobileAppsAndDesktopClients'] } }), block({ id: 'b' })]),
    expect: 'pass',
  },
  {
    it: 'is unknown for an alternative that is not published',
    evidence: evidence([policy({ grant: { builtInControls: ['mfa', 'telepathy'] } })]),
    expect: 'unknown',
  },
  {
    it: 'does not apply without guests and invitations',
    evidence: evidence([], { users: [user('anna')], authorizationPolicy: [{ allowInvitesFrom: 'none' }] }),
    expect: 'notApplicable',
  },
  { it: 'applies to guests of the past', evidence: evidence([], { authorizationPolicy: [{ allowInvitesFrom: 'none' }] }), expect: { fail: types } },
  { it: 'is unknown when the service sent no authorization policy', evidence: evidence([policy()], { authorizationPolicy: [] }), expect: 'unknown' },
  {
    it: 'is unknown for a policy in a state that is not published, even if another is for some organizations only',
    evidence: evidence([forGuests(types.join(','), 'enumerated'), policy({ id: 'odd', state: 'paused' })]),
    expect: 'unknown',
  },
  {
    it: 'fails where a policy in an unknown state could not change it',
    evidence: evidence([
      policy({ users: { excludeUsers: ['GuestsOrExternalUsers'] } }),
      forGuests(types.slice(1).join(','), 'all', { id: 'odd', state: 'paused' }),
    ]),
    expect: { fail: ['internalGuest'] },
  },
]);
