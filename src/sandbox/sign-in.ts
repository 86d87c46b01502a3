import { randomUUID } from 'node:crypto';
import { checkAssertion } from './assertion.ts';
import type { Reply } from './errors.ts';
import { entraError, entraErrorOf, SignInError } from './sign-in-errors.ts';
import type { SignInService } from './sign-in-service.ts';

/** Answers the paths of the sign-in service; undefined = not one of them. */
export function answerSignIn(service: SignInService, method: string, path: string, body: string): Reply | undefined {
  const [tenant = '', ...rest] = path.split('/').filter(Boolean);
  const what = rest.join('/').toLowerCase();
  const form = new URLSearchParams(body);
  try {
    if (method === 'GET' && what === 'v2.0/.well-known/openid-configuration') return openIdConfiguration(service, knownTenant(service, tenant));
    if (method === 'GET' && what === 'discovery/instance') return instanceDiscovery(service);
    if (method === 'GET' && what === 'discovery/v2.0/keys') return { status: 200, body: { keys: [] } };
    if (method === 'POST' && what === 'oauth2/v2.0/token') return issueToken(service, knownTenant(service, tenant), form);
    if (method === 'POST' && what === 'oauth2/v2.0/devicecode') return startDeviceCode(service, knownTenant(service, tenant), form);
  } catch (error) {
    if (error instanceof SignInError) return entraError(error, service.clock());
    throw error;
  }
  return undefined;
}

function knownTenant(service: SignInService, tenant: string): string {
  const known = [service.tenantId, service.tenantDomain, 'organizations', 'common'];
  if (!known.includes(tenant.toLowerCase())) throw entraErrorOf('tenantUnknown', tenant);
  return tenant;
}

function openIdConfiguration(service: SignInService, tenant: string): Reply {
  const base = `${service.origin}/${tenant}`;
  const body = {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: `${service.origin}/${service.tenantId}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    tenant_region_scope: 'EU',
    cloud_instance_name: new URL(service.origin).host,
    msgraph_host: new URL(service.origin).host,
  };
  return { status: 200, body };
}

function instanceDiscovery(service: SignInService): Reply {
  const host = new URL(service.origin).host;
  const metadata = [{ preferred_network: host, preferred_cache: host, aliases: [host] }];
  return {
    status: 200,
    body: { tenant_discovery_endpoint: `${service.origin}/${service.tenantId}/v2.0/.well-known/openid-configuration`, 'api-version': '1.1', metadata },
  };
}

function issueToken(service: SignInService, tenant: string, form: URLSearchParams): Reply {
  const grant = form.get('grant_type');
  if (!grant) throw entraErrorOf('grantMissing', 'grant_type');
  knownClient(service, form, tenant);
  if (grant === 'urn:ietf:params:oauth:grant-type:device_code') return deviceCodeToken(service, form);
  if (grant === 'refresh_token') return delegatedToken(service, form.get('scope') ?? '');
  if (grant !== 'client_credentials') throw entraErrorOf('grantUnknown', grant);
  checkCredential(service, form);
  const resource = resourceOf(service, form.get('scope') ?? '');
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: service.lifetimeInSeconds,
      ext_expires_in: service.lifetimeInSeconds,
      access_token: accessToken(service, resource, {}),
    },
  };
}

function knownClient(service: SignInService, form: URLSearchParams, tenant: string): void {
  const client = form.get('client_id');
  if (!client) throw entraErrorOf('grantMissing', 'client_id');
  if (client.toLowerCase() !== service.clientId) throw entraErrorOf('clientUnknown', client, tenant);
}

function checkCredential(service: SignInService, form: URLSearchParams): void {
  const assertion = form.get('client_assertion');
  if (assertion) {
    if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      throw entraErrorOf('assertionType', form.get('client_assertion_type') ?? '');
    checkAssertion(service, assertion);
    return;
  }
  const secret = form.get('client_secret');
  if (secret === null) throw entraErrorOf('credentialMissing');
  if (secret === service.expiredSecret) throw entraErrorOf('secretExpired', service.clientId);
  if (secret !== service.clientSecret) throw entraErrorOf('secretWrong', service.clientId);
}

/** App-only tokens are asked for as `<resource>/.default`. */
function resourceOf(service: SignInService, scope: string): string {
  const match = /^(.+)\/\.default$/.exec(scope.split(' ').find((each) => each.endsWith('/.default')) ?? '');
  const resource = match?.[1]?.replace(/\/$/, '');
  if (!resource) throw entraErrorOf('scopeInvalid', scope);
  if (resource !== service.origin && resource !== 'https://graph.microsoft.com') throw entraErrorOf('resourceUnknown', resource);
  return resource;
}

function accessToken(service: SignInService, audience: string, more: Record<string, unknown>): string {
  const now = Math.floor(service.clock().getTime() / 1000);
  const subject = { appid: service.clientId, oid: service.servicePrincipalId, sub: service.servicePrincipalId, roles: service.permissions() };
  const claims = { aud: audience, iss: `https://sts.windows.net/${service.tenantId}/`, iat: now, nbf: now, exp: now + service.lifetimeInSeconds };
  return service.mint.issue({ ...claims, ...subject, app_displayname: 'tidytenant', appidacr: '1', idtyp: 'app', tid: service.tenantId, ver: '1.0', ...more });
}

function startDeviceCode(service: SignInService, tenant: string, form: URLSearchParams): Reply {
  knownClient(service, form, tenant);
  const { deviceCode, userCode } = service.deviceCodes.start();
  const page = `${service.origin}/device`;
  const message = `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`;
  return { status: 200, body: { user_code: userCode, device_code: deviceCode, verification_uri: page, expires_in: 900, interval: 1, message } };
}

function deviceCodeToken(service: SignInService, form: URLSearchParams): Reply {
  const state = service.deviceCodes.poll(form.get('device_code') ?? '');
  if (state === 'pending') throw entraErrorOf('devicePending');
  if (state === 'unknown') throw entraErrorOf('deviceUnknown');
  return delegatedToken(service, form.get('scope') ?? '');
}

/** A person signed in: permissions come as scopes, and the libraries want an id token. */
function delegatedToken(service: SignInService, scope: string): Reply {
  const person = { oid: 'a5c0ffee-0000-4000-8000-000000000001', name: 'Avery Holm', preferred_username: `avery.holm@${service.tenantDomain}` };
  const scopes = service.permissions().join(' ');
  const now = Math.floor(service.clock().getTime() / 1000);
  const idClaims = {
    aud: service.clientId,
    iss: `${service.origin}/${service.tenantId}/v2.0`,
    tid: service.tenantId,
    iat: now,
    nbf: now,
    exp: now + service.lifetimeInSeconds,
    sub: person.oid,
    ver: '2.0',
  };
  const body = {
    token_type: 'Bearer',
    scope: scope || scopes,
    expires_in: service.lifetimeInSeconds,
    ext_expires_in: service.lifetimeInSeconds,
    access_token: accessToken(service, 'https://graph.microsoft.com', {
      ...person,
      sub: person.oid,
      idtyp: 'user',
      roles: [],
      scp: scopes,
      upn: person.preferred_username,
    }),
    refresh_token: randomUUID(),
    id_token: service.mint.issue({ ...idClaims, appid: service.clientId, roles: [], ...person }),
    client_info: Buffer.from(JSON.stringify({ uid: person.oid, utid: service.tenantId })).toString('base64url'),
  };
  return { status: 200, body };
}
