import { expect } from 'vitest';
import check from '../../../checks/apps/app-credentials-expiring.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { application, certificate, microsoftTenant, password, servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

// The table is judged at 2026-08-20T12:00Z.
const start = '2026-01-01T00:00:00Z';
const inDays = (days: number) => new Date(Date.UTC(2026, 7, 20 + days, 12)).toISOString();

function evidence(apps: readonly unknown[], federated: readonly string[] = [], principals: readonly unknown[] = []) {
  return {
    applications: apps,
    servicePrincipals: principals,
    applicationFederatedCredentials: federated.map((id) => ({ id, federatedIdentityCredentials: [{ id: 'f' }] })),
  };
}

const secret = (end: string | null) => application({ passwordCredentials: [password(start, end)] });
const saml = (end: string, change: Record<string, unknown> = {}) =>
  servicePrincipal({ preferredSingleSignOnMode: 'saml', keyCredentials: [certificate(start, end, { usage: 'Sign' }), certificate(start, end)], ...change });

checkTable(check, [
  { it: 'passes with more than 30 days left', evidence: evidence([secret(inDays(31))]), expect: { pass: 1 } },
  {
    it: 'fails with exactly 30 days left',
    evidence: evidence([secret(inDays(30))]),
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { state: 'expiring', daysLeft: 30, urgent: false } }] }),
  },
  {
    it: 'calls seven days urgent',
    evidence: evidence([secret(inDays(7))]),
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { urgent: true } }] }),
  },
  {
    it: 'fails with an expired one',
    evidence: evidence([secret(inDays(-1))]),
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { state: 'expired', end: '2026-08-19' } }] }),
  },
  { it: 'fails with one that expired 90 days ago', evidence: evidence([secret(inDays(-90))]), expect: { fail: ['reg1'] } },
  {
    it: 'passes over one that expired longer ago, and says so',
    evidence: evidence([secret(inDays(-91)), application({ id: 'reg2', passwordCredentials: [password(start, inDays(90))] })]),
    expect: { pass: 2 },
    and: (judgement) => expect(judgement).toMatchObject({ because: expect.stringContaining('1 app expired more than 90 days ago') }),
  },
  {
    it: 'does not take a certificate that encrypts tokens for a login',
    evidence: evidence([application({ keyCredentials: [certificate(start, inDays(3), { usage: 'Encrypt' })] })]),
    expect: 'notApplicable',
  },
  {
    it: 'takes the notice from the settings',
    evidence: evidence([secret(inDays(40))]),
    context: { settings: { ...defaultSettings, expiryNoticeDays: 60 } },
    expect: { fail: ['reg1'] },
  },
  {
    it: 'passes with a later login beside',
    evidence: evidence([application({ passwordCredentials: [password(start, inDays(3)), password(start, inDays(100))] })]),
    expect: { pass: 1 },
  },
  {
    it: 'passes with a later certificate beside',
    evidence: evidence([application({ passwordCredentials: [password(start, inDays(-3))], keyCredentials: [certificate(start, inDays(100))] })]),
    expect: { pass: 1 },
  },
  {
    it: 'passes over an app that signs in by federation',
    evidence: evidence([secret(inDays(3)), application({ id: 'reg2', passwordCredentials: [password(start, inDays(90))] })], ['reg1']),
    expect: { pass: 1 },
  },
  { it: 'does not apply without any login', evidence: evidence([application()]), expect: 'notApplicable' },
  { it: 'fails with a SAML certificate that ends', evidence: evidence([], [], [saml(inDays(10))]), expect: { fail: ['app1'] } },
  {
    it: 'passes with a newer SAML certificate beside',
    evidence: evidence(
      [],
      [],
      [saml(inDays(10), { keyCredentials: [certificate(start, inDays(10), { usage: 'Sign' }), certificate(start, inDays(400), { usage: 'Sign' })] })],
    ),
    expect: { pass: 1 },
  },
  {
    it: 'judges the preferred SAML certificate, not the newest',
    evidence: evidence(
      [],
      [],
      [
        saml(inDays(10), {
          preferredTokenSigningKeyThumbprint: 'DA20FCA6',
          keyCredentials: [
            certificate(start, inDays(10), { usage: 'Sign', customKeyIdentifier: '2iD8pg==' }),
            certificate(start, inDays(400), { usage: 'Sign', customKeyIdentifier: 'AAAA' }),
          ],
        }),
      ],
    ),
    expect: { fail: ['app1'] },
  },
  { it: 'does not judge SAML of a disabled app', evidence: evidence([], [], [saml(inDays(10), { accountEnabled: false })]), expect: 'notApplicable' },
  {
    it: 'does not judge Microsoft’s own apps',
    evidence: evidence([], [], [saml(inDays(10), { appOwnerOrganizationId: microsoftTenant })]),
    expect: 'notApplicable',
  },
  { it: 'is unknown without an end date', evidence: evidence([secret(null)]), expect: 'unknown' },
  { it: 'is unknown with an end date that is none', evidence: evidence([secret('someday')]), expect: 'unknown' },
  {
    it: 'still fails beside an unknown one',
    evidence: evidence([secret(null), application({ id: 'reg2', passwordCredentials: [password(start, inDays(1))] })]),
    expect: { fail: ['reg2'] },
  },
  {
    it: 'adds the last sign-in where it was read',
    evidence: {
      ...evidence([secret(inDays(5))]),
      servicePrincipalSignIns: [{ appId: 'reg1-app', lastSignInActivity: { lastSignInDateTime: '2026-08-01T00:00:00Z' } }],
    },
    expect: { fail: ['reg1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { lastSignIn: '2026-08-01' } }] }),
  },
]);
