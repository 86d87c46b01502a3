import { describe, expect, it } from 'vitest';
import { certificateState, isValidAt, lifetimeDays, loginCredentials, loginState, samlCertificate } from '../../src/datasets/app-credentials.ts';
import { certificate, password, servicePrincipal } from '../support/app-rows.ts';

const now = new Date('2026-08-20T12:00:00Z');
const logins = (...ends: (string | null)[]) =>
  loginCredentials({ passwordCredentials: ends.map((end) => password('2026-01-01T00:00:00Z', end)), keyCredentials: [] });

describe('state of a login', () => {
  it.each([
    ['2026-08-20T12:00:00Z', 'expiring', 0],
    ['2026-08-20T11:59:59Z', 'expired', -1],
    ['2026-09-19T12:00:00Z', 'expiring', 30],
    ['2026-09-19T12:00:01Z', 'valid', 30],
  ])('until %s is %s', (end, state, daysLeft) => expect(loginState(logins(end), now, 30)).toMatchObject({ state, daysLeft }));

  it('goes by the login that lasts longest', () => expect(loginState(logins('2020-01-01T00:00:00Z', '2027-01-01T00:00:00Z'), now, 30).state).toBe('valid'));
  it('is none or unknown', () => {
    expect(loginState([], now, 30).state).toBe('none');
    expect(loginState(logins(null, '2027-01-01T00:00:00Z'), now, 30).state).toBe('unknown');
  });
});

it.each(['Sign', 'Encrypt'])('does not take a key with the usage %s for a login', (usage) => {
  const key = certificate('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', { usage });
  expect(loginCredentials({ passwordCredentials: [], keyCredentials: [key] })).toEqual([]);
});

it('measures a lifetime in days, undefined without both dates', () => {
  const [dated, open] = logins('2026-06-30T00:00:00Z', null);
  expect(dated && lifetimeDays(dated)).toBe(180);
  expect(open && lifetimeDays(open)).toBeUndefined();
  expect(open && isValidAt(open, now)).toBe(true);
});

describe('SAML certificate', () => {
  const early = certificate('2026-01-01T00:00:00Z', '2026-09-01T00:00:00Z', { keyId: 'early', usage: 'Sign', customKeyIdentifier: '2iD8pg==' });
  const late = certificate('2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z', { keyId: 'late', usage: 'Sign', customKeyIdentifier: 'not base64!' });
  const app = (change: Record<string, unknown>) => servicePrincipal({ preferredSingleSignOnMode: 'saml', keyCredentials: [late, early], ...change });

  it('is the preferred one', () => expect(samlCertificate(app({ preferredTokenSigningKeyThumbprint: 'DA20FCA6' }))?.keyId).toBe('early'));
  it('is the newest where none is preferred or the preferred is gone', () => {
    expect(samlCertificate(app({}))?.keyId).toBe('late');
    expect(samlCertificate(app({ preferredTokenSigningKeyThumbprint: 'FFFF' }))?.keyId).toBe('late');
  });
  it('may be the one without an end date, and is then of unknown state', () => {
    const undated = certificate('2026-01-01T00:00:00Z', null as unknown as string, { keyId: 'undated', usage: 'Sign' });
    const found = samlCertificate(app({ keyCredentials: [late, undated] }));
    expect(found?.keyId).toBe('undated');
    expect(found && certificateState(found, now, 30)).toEqual({ state: 'unknown' });
  });
  it('is none for an app without SAML', () => expect(samlCertificate(app({ preferredSingleSignOnMode: 'oidc' }))).toBeUndefined());
});
