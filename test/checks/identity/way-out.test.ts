import { expect, it } from 'vitest';
import { type AnyCheck, type AnyDataset, type Check, UnknownEvidence } from '../../../src/kit/kit.ts';
import { grant, guest, policy, user } from '../../datasets/identity-rows.ts';
import { tableContext } from '../../support/check-table.ts';

/** One row of evidence per check that leaves it without an answer. Lists that are left out are empty. */
const cases: Record<string, Record<string, readonly unknown[]>> = {
  'admins-synced-from-ad': { users: [user('a')], roleAssignments: [grant('a')], domains: [{ id: 'a.com', isVerified: null }], roleDefinitions: [] },
  'admins-without-phishing-resistant': { users: [user('a')], roleAssignments: [grant('a')] },
  'banned-password-list-off': { groupSettings: [{ id: 's', templateId: '5cf42378-d67d-4f36-ba46-e8b86229381d', values: [] }] },
  'device-code-flow-not-blocked': {
    users: [user('a')],
    conditionalAccessPolicies: [
      policy({ state: 'paused', conditions: { authenticationFlows: { transferMethods: 'deviceCodeFlow' } }, grant: { builtInControls: ['block'] } }),
    ],
  },
  'email-otp-enabled': {},
  'external-admins': { users: [guest('a', { accountEnabled: null })], roleAssignments: [grant('a')] },
  'global-admin-count-unsafe': { users: [user('a'), user('b', { accountEnabled: null })], roleAssignments: [grant('a'), grant('b')] },
  'guest-access-as-members': { authorizationPolicy: [{ guestUserRoleId: '00000000-0000-0000-0000-00000000000a' }] },
  'guest-invites-open': { authorizationPolicy: [{ allowInvitesFrom: 'somebody' }] },
  'guests-inactive': { guests: [guest('a', { createdDateTime: null })] },
  'legacy-auth-sign-ins-seen': { legacySignIns: [{ createdDateTime: '2026-08-01T00:00:00Z', userId: 'a', clientAppUsed: 'IMAP4' }] },
  'mfa-missing-guests': {
    securityDefaults: [{ isEnabled: false }],
    authorizationPolicy: [{ allowInvitesFrom: 'everyone' }],
    conditionalAccessPolicies: [policy({ grant: { builtInControls: ['telepathy'] } })],
  },
  'mfa-not-required-admins': {
    securityDefaults: [{ isEnabled: false }],
    users: [user('a')],
    roleAssignments: [grant('a')],
    conditionalAccessPolicies: [policy({ state: 'paused' })],
  },
  'mfa-not-required-all-users': {
    securityDefaults: [{ isEnabled: false }],
    users: [user('a')],
    conditionalAccessPolicies: [policy({ grant: { builtInControls: ['telepathy'] } })],
  },
  'password-expiry-forced': {
    domains: [{ id: 'a.com', isVerified: true, authenticationType: 'Managed', isRoot: null }],
    organization: [{ id: 't', verifiedDomains: [] }],
  },
  'permanent-privileged-assignments': { roleAssignmentInstances: [{ ...grant('a'), assignmentType: 'Lent' }] },
  'phone-methods-enabled': {},
  'self-sign-up-enabled': { authenticationFlowsPolicy: [{}], authorizationPolicy: [{}] },
  'sign-in-baseline-missing': { securityDefaults: [{ isEnabled: true }], conditionalAccessPolicies: [policy()] },
  'temporary-pass-reusable': { authenticationMethods: [{ id: 'TemporaryAccessPass', state: 'enabled' }] },
  'trusted-locations-unused': { namedLocations: [{ id: 'l', displayName: 'Office', '@odata.type': '#microsoft.graph.ipNamedLocation' }] },
  'users-inactive': { users: [user('a')] },
  'users-not-mfa-capable': { users: [user('a')] },
};

function fold(dataset: AnyDataset, rows: readonly unknown[] = []): unknown {
  return rows.reduce((kept, row) => dataset.keep.add(kept, dataset.row.parse(row)), dataset.keep.start());
}

function evidenceFor(check: Check, rows: Record<string, readonly unknown[]>): Record<string, unknown> {
  const needs = Object.entries(check.needs).map(([name, dataset]) => [name, fold(dataset, rows[name])]);
  const others = Object.entries({ ...check.needsIfLicensed, ...check.wants });
  const collected = others.map(([name, dataset]) => [name, { ok: true, kept: fold(dataset, rows[name]), items: 1, pages: 1, at: '2026-08-20T12:00:00Z' }]);
  return Object.fromEntries([...needs, ...collected]);
}

it.each(Object.entries(cases))('%s says what to do when it has no answer', async (id, rows) => {
  const { default: check } = (await import(`../../../checks/identity/${id}.ts`)) as { default: AnyCheck };
  const judge = () => check.evaluate(evidenceFor(check, rows) as never, tableContext);
  expect(judge).toThrow(UnknownEvidence);
  expect(judge).toThrow(expect.objectContaining({ fix: expect.stringMatching(/^[A-Z].{20,}\.$/) }));
});
