import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

export interface Claims {
  aud: string;
  iss: string;
  tid: string;
  appid: string;
  oid: string;
  roles: readonly string[];
  iat: number;
  nbf: number;
  exp: number;
  [claim: string]: unknown;
}

/** Signs and reads the tokens of one sandbox. Clients must treat them as opaque, so a secret of its own is enough. */
export interface TokenMint {
  issue(claims: Omit<Claims, 'uti'>): string;
  /** The claims, or undefined when the token is not of this mint. */
  read(token: string): Claims | undefined;
}

export function makeTokenMint(): TokenMint {
  const secret = randomBytes(32);
  const known = new Map<string, Claims>();
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    issue: (claims) => {
      const text = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode({ ...claims, uti: randomUUID() })}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read: (token) => {
      const found = known.get(token);
      if (found) return found;
      const claims = verify(token, sign);
      if (known.size > 1000) known.clear();
      if (claims) known.set(token, claims);
      return claims;
    },
  };
}

function verify(token: string, sign: (text: string) => Buffer): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(`${header}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
