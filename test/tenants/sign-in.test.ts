import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deviceCodeCredential } from '../../src/tenants/device-code.ts';
import { SignInError } from '../../src/tenants/sign-in-error.ts';
import { graphEndpointOf, resolveTenant } from '../../src/tenants/tenants.ts';
import { certificate } from '../support/certificates.ts';

const tenantId = '5f6a1c2e-3b4d-4e5f-8a9b-0c1d2e3f4a5b';
const clientId = '6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c9d';
const secret = 'canary~secret~value';
const authority = 'https://login.microsoftonline.com';
const token = { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: 'canary.access.token' };
let folder = '';

beforeAll(async () => {
  nock.disableNetConnect();
  folder = await mkdtemp(join(tmpdir(), 'sign-in-'));
});
afterEach(() => nock.cleanAll());
afterAll(async () => {
  nock.restore();
  await rm(folder, { recursive: true });
});

/** Lets the public metadata of a tenant be read, and answers its token endpoint. */
function entra(status: number, answer: object, host = authority): { body(): URLSearchParams } {
  let sent = '';
  const metadata = {
    token_endpoint: `${host}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${host}/${tenantId}/oauth2/v2.0/authorize`,
    issuer: `${host}/${tenantId}/v2.0`,
    jwks_uri: `${host}/k`,
    device_authorization_endpoint: `${host}/${tenantId}/oauth2/v2.0/devicecode`,
  };
  nock(host).get(`/${tenantId}/v2.0/.well-known/openid-configuration`).query(true).times(9).reply(200, metadata);
  nock(host)
    .get('/common/discovery/instance')
    .query(true)
    .times(9)
    .reply(200, { tenant_discovery_endpoint: `${host}/${tenantId}/v2.0/.well-known/openid-configuration`, metadata: [] });
  const keep = (body: unknown) => {
    sent = typeof body === 'string' ? body : new URLSearchParams(body as Record<string, string>).toString();
    return true;
  };
  nock(host).post(`/${tenantId}/oauth2/v2.0/token`, keep).query(true).times(9).reply(status, answer);
  return { body: () => new URLSearchParams(sent) };
}

const signIn = (environment: object, cloud: 'global' | 'usgov' = 'global') =>
  resolveTenant({ tenantId, cloud, environment: { clientId, ...environment }, scopes: [] });

describe('signing in', () => {
  it('with a secret asks for Graph and nothing else', async () => {
    const service = entra(200, token);
    const session = await signIn({ clientSecret: secret });
    expect(session).toMatchObject({ graphEndpoint: 'https://graph.microsoft.com', kind: 'application' });
    expect(session.tokens.origin).toBe('https://graph.microsoft.com');
    expect(Object.fromEntries(service.body())).toMatchObject({
      grant_type: 'client_credentials',
      client_secret: secret,
      scope: expect.stringContaining('https://graph.microsoft.com/.default'),
    });
  });

  it('with a certificate sends a signed assertion and no secret', async () => {
    const service = entra(200, token);
    const file = join(folder, 'good.pem');
    await writeFile(file, (await certificate(new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000))).pem);
    await signIn({ certificatePath: file });
    const body = service.body();
    expect(body.get('client_secret')).toBeNull();
    expect(body.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const claims = JSON.parse(Buffer.from((body.get('client_assertion') ?? '').split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: clientId, sub: clientId });
  });

  it('with a federated token passes it on as the assertion', async () => {
    const service = entra(200, token);
    const file = join(folder, 'federated');
    await writeFile(file, 'federated.jwt.token');
    await signIn({ federatedTokenFile: file });
    expect(service.body().get('client_assertion')).toBe('federated.jwt.token');
  });

  it('in a national cloud goes to its own addresses', async () => {
    entra(200, token, 'https://login.microsoftonline.us');
    expect(await signIn({ clientSecret: secret }, 'usgov')).toMatchObject({ graphEndpoint: 'https://graph.microsoft.us' });
  });

  it.each<[number, string, RegExp, RegExp]>([
    [7000215, 'invalid_client', /client secret is wrong/, /AZURE_CLIENT_SECRET/],
    [7000222, 'invalid_client', /secret has expired/, /new secret/],
    [700016, 'unauthorized_client', /application is not known/, /AZURE_CLIENT_ID/],
    [700027, 'invalid_client', /certificate is not accepted/, /Upload/],
    [53003, 'access_denied', /Conditional Access blocked/, /policies/],
    [999999, 'invalid_request', /AADSTS999999/, /error\?code=999999/],
  ])('says AADSTS%i in words and keeps the secret', async (number, code, what, fix) => {
    entra(number === 700016 ? 400 : 401, { error: code, error_description: `AADSTS${number}: Something about ${secret}. Trace ID: t`, error_codes: [number] });
    const error = await signIn({ clientSecret: secret }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(SignInError);
    const { message, fix: wayOut, unreachable } = error as SignInError;
    expect(message).toMatch(what);
    expect(wayOut).toMatch(fix);
    expect(unreachable).toBe(false);
    expect(message + wayOut).not.toContain('canary');
  });

  it.each([
    ['a secret without an application', { clientId: undefined, clientSecret: secret }, /AZURE_CLIENT_ID is not set/],
    ['nothing, and nobody at the terminal', {}, /No way to sign in/],
    ['an authority that is no address', { clientSecret: secret, authorityHost: 'http://login.example' }, /not an https address/],
  ])('refuses %s before anything is sent', async (_name, environment, message) => {
    await expect(signIn(environment as object)).rejects.toThrow(message);
  });

  it.each([
    ['a file that is not there', undefined, /cannot be read/],
    ['a certificate without its key', 'certificate', /private key/],
    ['something else', 'hello', /private key/],
  ])('says what is wrong with %s', async (_name, text, message) => {
    const file = join(folder, 'bad.pem');
    await rm(file, { force: true });
    if (text) await writeFile(file, text === 'certificate' ? (await certificate(new Date(), new Date(Date.now() + 1e9))).certificate : text);
    await expect(signIn({ certificatePath: file })).rejects.toThrow(message);
  });
});

describe('a person with a device code', () => {
  it('is asked once; the sign-in is kept in a file for its owner alone', async () => {
    const account = Buffer.from(JSON.stringify({ oid: 'o1', tid: tenantId, uid: 'o1', utid: tenantId })).toString('base64url');
    entra(200, {
      ...token,
      refresh_token: 'canary-refresh',
      client_info: account,
      id_token: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ oid: 'o1', tid: tenantId, sub: 's', preferred_username: 'ada@contoso.com', iss: `${authority}/${tenantId}/v2.0`, aud: clientId })).toString('base64url')}.`,
    });
    nock(authority).post(`/${tenantId}/oauth2/v2.0/devicecode`).query(true).reply(200, {
      device_code: 'd',
      user_code: 'ABC',
      verification_uri: 'https://microsoft.com/devicelogin',
      expires_in: 900,
      interval: 0,
      message: 'Type ABC',
    });
    const asked: string[] = [];
    const cacheFile = join(folder, 'cache', 'tokens.json');
    const person = {
      tenantId,
      clientId,
      authorityHost: authority,
      scopes: ['User.Read.All'],
      prompt: (message: string) => void asked.push(message),
      cacheFile,
    };
    const first = await (await deviceCodeCredential(person)).getToken('https://graph.microsoft.com/.default');
    expect(first?.token).toBe('canary.access.token');
    expect(asked).toEqual(['Type ABC']);
    expect((await stat(cacheFile)).mode & 0o077).toBe(0);
    expect(await readFile(cacheFile, 'utf8')).toContain('canary-refresh');
    const second = await (await deviceCodeCredential(person)).getToken('https://graph.microsoft.com/.default');
    expect(second?.token).toBe('canary.access.token');
    expect(asked.length).toBe(1);
  });
});

describe('the Graph endpoint', () => {
  it.each([
    [undefined, 'https://graph.microsoft.com'],
    ['https://localhost:8443/', 'https://localhost:8443'],
    ['https://localhost:8443/v1.0', 'https://localhost:8443'],
    ['https://gateway.example/graph/beta/', 'https://gateway.example/graph'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('%s becomes %s', (given, expected) => {
    expect(graphEndpointOf('global', given)).toBe(expected);
  });
  it.each(['http://graph.example', 'graph.example', 'ftp://localhost'])('refuses %s', (given) => {
    expect(() => graphEndpointOf('global', given)).toThrow(SignInError);
  });
});
