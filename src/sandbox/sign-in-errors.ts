import { randomUUID } from 'node:crypto';
import type { Reply } from './errors.ts';

/** A refusal of the sign-in service: an OAuth error with the number Entra prints. */
export class SignInError extends Error {
  override name = 'SignInError';
  readonly status: number;
  readonly error: string;
  readonly code: number;
  constructor(status: number, error: string, code: number, message: string) {
    super(message);
    this.status = status;
    this.error = error;
    this.code = code;
  }
}

type Make = (...details: string[]) => [status: number, error: string, code: number, message: string];

const kinds = {
  tenantUnknown: (tenant) => [
    400,
    'invalid_request',
    90002,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  ],
  clientUnknown: (client, tenant) => [
    400,
    'unauthorized_client',
    700016,
    `Application with identifier '${client}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  ],
  secretWrong: (client) => [
    401,
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`,
  ],
  secretExpired: (client) => [
    401,
    'invalid_client',
    7000222,
    `The provided client secret keys for app '${client}' are expired. Visit the Azure portal to create new keys for your app.`,
  ],
  credentialMissing: () => [401, 'invalid_client', 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."],
  assertionBad: (why) => [
    401,
    'invalid_client',
    700027,
    `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - ${why}]`,
  ],
  assertionExpired: (why) => [401, 'invalid_client', 700024, `Client assertion is not within its valid time range. ${why}`],
  assertionAudience: (audience) => [401, 'invalid_client', 700023, `Client assertion audience claim does not match Realm issuer. '${audience}'`],
  assertionSubject: (why) => [401, 'invalid_client', 7000214, `Client assertion 'iss' or 'sub' does not name the application. ${why}`],
  assertionMalformed: () => [401, 'invalid_client', 50027, 'JWT token is invalid or malformed.'],
  assertionType: (type) => [400, 'invalid_request', 900144, `The request body must contain a supported 'client_assertion_type', got '${type}'.`],
  scopeInvalid: (scope) => [
    400,
    'invalid_scope',
    70011,
    `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  ],
  resourceUnknown: (resource) => [
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${resource} was not found in the tenant. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  ],
  grantMissing: (name) => [400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`],
  grantUnknown: (grant) => [400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`],
  devicePending: () => [400, 'authorization_pending', 70016, 'OAuth 2.0 device flow error. Authorization is pending. Continue polling.'],
  deviceUnknown: () => [400, 'invalid_grant', 70000, 'The provided value for the input parameter device_code is not valid.'],
} satisfies Record<string, Make>;

export function entraErrorOf(kind: keyof typeof kinds, ...details: string[]): SignInError {
  return new SignInError(...(kinds[kind] as Make)(...details));
}

export function entraError(error: SignInError, now: Date): Reply {
  const trace = randomUUID();
  const correlation = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const body = {
    error: error.error,
    error_description: `AADSTS${error.code}: ${error.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [error.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
  };
  return { status: error.status, body };
}
