import { constants, verify, X509Certificate } from 'node:crypto';
import { entraErrorOf } from './sign-in-errors.ts';
import type { SignInService } from './sign-in-service.ts';

interface Header {
  alg?: string;
  x5t?: string;
  'x5t#S256'?: string;
}

interface Payload {
  aud?: string;
  exp?: number;
  nbf?: number;
  iss?: string;
  sub?: string;
}

/** Checks a client assertion as Entra does: the registered certificate signed it, for this endpoint, and just now. */
export function checkAssertion(service: SignInService, assertion: string): void {
  const { header, payload, signed, signature } = decode(assertion);
  if (!service.clientCertificatePem) throw entraErrorOf('assertionBad', 'The key was not found.');
  const certificate = new X509Certificate(service.clientCertificatePem);
  if (!namesCertificate(header, certificate))
    throw entraErrorOf('assertionBad', `The key was not found., Thumbprint of key used by client: '${header.x5t ?? header['x5t#S256'] ?? ''}'`);
  if (!signedBy(certificate, header, signed, signature)) throw entraErrorOf('assertionBad', 'The key used is not valid: the signature does not match.');
  checkPayload(service, payload);
}

function checkPayload(service: SignInService, payload: Payload): void {
  const now = service.clock().getTime() / 1000;
  const skew = 300;
  if (payload.exp === undefined || payload.exp < now - skew) throw entraErrorOf('assertionExpired', `Current time: ${now}, expiry: ${payload.exp}`);
  if (payload.nbf !== undefined && payload.nbf > now + skew) throw entraErrorOf('assertionExpired', `Current time: ${now}, not before: ${payload.nbf}`);
  const audiences = [service.tenantId, service.tenantDomain, 'organizations', 'common'].flatMap((tenant) => [
    `${service.origin}/${tenant}/oauth2/v2.0/token`,
    `${service.origin}/${tenant}/v2.0`,
  ]);
  if (!audiences.includes(payload.aud ?? '')) throw entraErrorOf('assertionAudience', payload.aud ?? '');
  if (payload.iss !== service.clientId || payload.sub !== service.clientId)
    throw entraErrorOf('assertionSubject', `iss '${payload.iss}', sub '${payload.sub}'`);
}

function namesCertificate(header: Header, certificate: X509Certificate): boolean {
  const print = (hex: string) => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
  const plain = (given: string) => given.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  const sha256 = header['x5t#S256'];
  if (sha256 !== undefined) return plain(sha256) === print(certificate.fingerprint256);
  return header.x5t !== undefined && plain(header.x5t) === print(certificate.fingerprint);
}

function signedBy(certificate: X509Certificate, header: Header, signed: Buffer, signature: Buffer): boolean {
  const key = certificate.publicKey;
  if (header.alg === 'RS256') return verify('sha256', signed, key, signature);
  if (header.alg === 'PS256') return verify('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature);
  return false;
}

function decode(assertion: string): { header: Header; payload: Payload; signed: Buffer; signature: Buffer } {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  try {
    return { header: json(header), payload: json(payload), signed: Buffer.from(`${header}.${payload}`), signature: Buffer.from(signature, 'base64url') };
  } catch {
    throw entraErrorOf('assertionMalformed');
  }
}

function json(part: string): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as object;
}
