import type { DeepReadonly } from '../kit/kit.ts';
import { dayInMs } from '../lib/dates.ts';
import type { KeyCredential, PasswordCredential, ServicePrincipal } from './graph/servicePrincipals.ts';

export interface Credential {
  kind: 'password' | 'certificate';
  keyId: string | undefined;
  name: string | undefined;
  start: number | undefined;
  end: number | undefined;
}

/** A credential whose end is known. */
export interface DatedCredential extends Credential {
  end: number;
}

type Holder = DeepReadonly<{ passwordCredentials: PasswordCredential[]; keyCredentials: KeyCredential[] }>;

/** Passwords and certificates an app signs in with. Keys that sign SAML tokens or encrypt tokens for the app are no logins. */
export function loginCredentials(app: Holder): Credential[] {
  const certificates = app.keyCredentials.filter((key) => key.usage !== 'Sign' && key.usage !== 'Encrypt');
  return [...app.passwordCredentials.map((each) => translate(each, 'password')), ...certificates.map((each) => translate(each, 'certificate'))];
}

/** How the logins of an app stand at `now`. A credential without an end date is `unknown` and decides nothing. */
export type LoginState =
  | { state: 'none' }
  /** No known end: neither good nor bad can be said. */
  | { state: 'unknown' }
  | { state: 'valid' | 'expiring' | 'expired'; newest: DatedCredential; daysLeft: number };

/** Judged by the login that lasts longest: older ones beside it stop nothing. Valid up to and including its last instant. */
export function loginState(credentials: readonly Credential[], now: Date, noticeDays: number): LoginState {
  if (credentials.length === 0) return { state: 'none' };
  const dated = credentials.filter(isDated);
  if (dated.length < credentials.length) return { state: 'unknown' };
  return stateAt(dated.reduce(later), now, noticeDays);
}

function isDated(credential: Credential): credential is DatedCredential {
  return credential.end !== undefined;
}

function later(best: DatedCredential, each: DatedCredential): DatedCredential {
  return each.end > best.end ? each : best;
}

/**
 * The certificate that signs SAML tokens: the preferred one, else the newest that signs; one without an end date may be
 * that. Undefined where the service principal does not use SAML or has none.
 */
export function samlCertificate(app: DeepReadonly<ServicePrincipal>): Credential | undefined {
  if (app.preferredSingleSignOnMode !== 'saml') return undefined;
  const signing = app.keyCredentials.filter((key) => key.usage === 'Sign');
  const preferred = app.preferredTokenSigningKeyThumbprint?.toLowerCase();
  const active = preferred ? signing.filter((key) => thumbprint(key.customKeyIdentifier) === preferred) : [];
  const candidates = (active.length > 0 ? active : signing).map((key) => translate(key, 'certificate'));
  return candidates.find((each) => !isDated(each)) ?? candidates.filter(isDated).sort((a, b) => b.end - a.end)[0];
}

export function certificateState(certificate: Credential, now: Date, noticeDays: number): LoginState {
  return isDated(certificate) ? stateAt(certificate, now, noticeDays) : { state: 'unknown' };
}

/** Days from start to end, undefined where either is missing. */
export function lifetimeDays(credential: Credential): number | undefined {
  if (credential.start === undefined || credential.end === undefined) return undefined;
  return Math.round((credential.end - credential.start) / dayInMs);
}

export function isValidAt(credential: Credential, now: Date): boolean {
  return credential.end === undefined || credential.end >= now.getTime();
}

function stateAt(newest: DatedCredential, now: Date, noticeDays: number): LoginState {
  const left = newest.end - now.getTime();
  const daysLeft = Math.floor(left / dayInMs);
  if (left < 0) return { state: 'expired', newest, daysLeft };
  return { state: left <= noticeDays * dayInMs ? 'expiring' : 'valid', newest, daysLeft };
}

function translate(each: DeepReadonly<PasswordCredential>, kind: Credential['kind']): Credential {
  const end = instant(each.endDateTime);
  return { kind, keyId: each.keyId ?? undefined, name: each.displayName ?? undefined, start: instant(each.startDateTime), end };
}

function instant(value: string | null | undefined): number | undefined {
  const at = value ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** `customKeyIdentifier` is the thumbprint in base64, `preferredTokenSigningKeyThumbprint` the same in hexadecimal. */
function thumbprint(base64: string | null | undefined): string | undefined {
  if (!base64 || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return undefined;
  return Array.from(atob(base64), (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
