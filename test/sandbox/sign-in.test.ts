import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { setDefaultCACertificates } from 'node:tls';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Client, clientOf } from './support/graph-client.ts';

let sandbox: Sandbox;
let client: Client;
let certificate: { private: string; cert: string };

beforeAll(async () => {
  certificate = await generate([{ name: 'commonName', value: 'scanner' }], { algorithm: 'sha256', keySize: 2048 });
  sandbox = await startSandbox({ users: 60, clientCertificatePem: certificate.cert, deviceCodePolls: 2 });
  client = clientOf(sandbox);
});
afterAll(async () => {
  await client.close();
  await sandbox.close();
});

const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

describe('sign-in with a secret', () => {
  it('gives an app-only token for this tenant with its roles', async () => {
    const { status, body } = await client.token();
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const claims = claimsOf(body.access_token);
    expect(claims).toMatchObject({ aud: sandbox.origin, tid: sandbox.tenantId, appid: sandbox.clientId, idtyp: 'app' });
    expect(claims.roles).toContain('Policy.Read.All');
    expect(claims.exp - claims.iat).toBe(3600);
  });

  it('takes the public name of Graph as resource, too', async () => {
    const { body } = await client.token({ scope: 'https://graph.microsoft.com/.default' });
    expect(claimsOf(body.access_token).aud).toBe('https://graph.microsoft.com');
    const answer = await client.get('/v1.0/organization', { authorization: `Bearer ${body.access_token}` });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, undefined, 401, 7000215, 'invalid_client'],
    ['an expired secret', { client_secret: 'EXPIRED' }, undefined, 401, 7000222, 'invalid_client'],
    ['an unknown app', { client_id: '11111111-1111-4111-8111-111111111111' }, undefined, 400, 700016, 'unauthorized_client'],
    ['an unknown tenant', {}, '22222222-2222-4222-8222-222222222222', 400, 90002, 'invalid_request'],
    ['a scope that is not /.default', { scope: 'User.Read' }, undefined, 400, 70011, 'invalid_scope'],
    ['a resource nobody knows', { scope: 'https://vault.azure.net/.default' }, undefined, 400, 500011, 'invalid_resource'],
    ['a grant that is not offered', { grant_type: 'password' }, undefined, 400, 70003, 'unsupported_grant_type'],
  ])('refuses %s as Entra does', async (_name, form, tenant, status, code, error) => {
    const given = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, value === 'EXPIRED' ? sandbox.expiredClientSecret : value]));
    const answer = await client.token(given, tenant);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
    expect(answer.body.error_description).toMatch(new RegExp(`^AADSTS${code}: .*Trace ID: `));
  });

  it('works with @azure/identity and Node’s own trust store', async () => {
    setDefaultCACertificates([sandbox.caPem]);
    const credential = new ClientSecretCredential(sandbox.tenantId, sandbox.clientId, sandbox.clientSecret, {
      authorityHost: sandbox.authorityHost,
      disableInstanceDiscovery: true,
    });
    const token = await credential.getToken(`${sandbox.origin}/.default`);
    const response = await fetch(`${sandbox.graphEndpoint}/v1.0/organization`, { headers: { authorization: `Bearer ${token.token}` } });
    expect(response.status).toBe(200);
  });
});

interface Assertion {
  header?: object;
  payload?: object;
  key?: string;
}

function assertion({ header = {}, payload = {}, key = certificate.private }: Assertion): string {
  const now = Math.floor(Date.now() / 1000);
  const thumbprint = createHash('sha256').update(new X509Certificate(certificate.cert).raw).digest('base64url');
  const claims = {
    aud: `${sandbox.origin}/${sandbox.tenantId}/oauth2/v2.0/token`,
    iss: sandbox.clientId,
    sub: sandbox.clientId,
    exp: now + 300,
    nbf: now,
    jti: 'one',
  };
  const text = [
    { alg: 'RS256', typ: 'JWT', 'x5t#S256': thumbprint, ...header },
    { ...claims, ...payload },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

function withAssertion(text: string): Record<string, string> {
  return { client_secret: '', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text };
}

describe('sign-in with a certificate', () => {
  it('accepts an assertion of the registered certificate', async () => {
    expect((await client.token(withAssertion(assertion({})))).status).toBe(200);
  });

  it('works with @azure/identity', async () => {
    setDefaultCACertificates([sandbox.caPem]);
    const options = { authorityHost: sandbox.authorityHost, disableInstanceDiscovery: true };
    const credential = new ClientCertificateCredential(
      sandbox.tenantId,
      sandbox.clientId,
      { certificate: `${certificate.private}\n${certificate.cert}` },
      options,
    );
    expect((await credential.getToken(`${sandbox.origin}/.default`)).token).toMatch(/^ey/);
  });

  it.each<[string, () => Assertion, number]>([
    [
      'a signature of another key',
      () => ({ key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }),
      700027,
    ],
    ['another thumbprint', () => ({ header: { 'x5t#S256': 'AAAA' } }), 700027],
    ['an assertion without a thumbprint', () => ({ header: { 'x5t#S256': undefined } }), 700027],
    ['an expired assertion', () => ({ payload: { exp: 1000 } }), 700024],
    ['an assertion for another endpoint', () => ({ payload: { aud: 'https://login.example/token' } }), 700023],
    ['an assertion of another app', () => ({ payload: { iss: 'x', sub: 'x' } }), 7000214],
  ])('refuses %s', async (_name, make, code) => {
    const answer = await client.token(withAssertion(assertion(make())));
    expect(answer.status).toBe(401);
    expect(answer.body.error_codes).toEqual([code]);
  });

  it('refuses what is no JWT', async () => {
    expect((await client.token(withAssertion('not.a.jwt'))).body.error_codes).toEqual([50027]);
  });
});

describe('sign-in by device code', () => {
  it('waits, then gives a token with scopes', async () => {
    const start = await client.send('POST', `/${sandbox.tenantId}/oauth2/v2.0/devicecode`, {});
    expect(start.body.error_codes).toEqual([900144]);
    const { body } = await devicecode();
    const poll = () => client.token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: body.device_code });
    expect((await poll()).body).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
    expect((await poll()).status).toBe(400);
    const done = await poll();
    expect(done.status).toBe(200);
    expect(claimsOf(done.body.access_token).scp).toContain('Policy.Read.All');
    expect((await client.get('/v1.0/organization', { authorization: `Bearer ${done.body.access_token}` })).status).toBe(200);
  });
});

function devicecode() {
  const form = new URLSearchParams({ client_id: sandbox.clientId, scope: `${sandbox.origin}/.default` }).toString();
  return client.sendForm(`/${sandbox.tenantId}/oauth2/v2.0/devicecode`, form);
}

describe('discovery', () => {
  it('describes the tenant', async () => {
    const { body } = await client.get(`/${sandbox.tenantId}/v2.0/.well-known/openid-configuration`);
    expect(body).toMatchObject({
      token_endpoint: `${sandbox.origin}/${sandbox.tenantId}/oauth2/v2.0/token`,
      issuer: `${sandbox.origin}/${sandbox.tenantId}/v2.0`,
    });
  });

  it('answers instance discovery with itself', async () => {
    const { body } = await client.get('/common/discovery/instance?api-version=1.1');
    expect(body.metadata[0].aliases).toEqual([new URL(sandbox.origin).host]);
  });
});
