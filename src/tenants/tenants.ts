import type { TokenCredential } from '@azure/identity';
import { type CloudName, clouds, isKnownAuthority } from '../config/clouds.ts';
import type { TokenProvider } from '../sources/graph/authentication.ts';
import { authorityOf, chooseCredential, type SignIn } from './credentials.ts';
import { explainUnresolved } from './probe.ts';
import { SignInError, signInErrorOf } from './sign-in-error.ts';

export interface TenantSession {
  /** The tenant's id; a domain name as given where the token does not tell. */
  tenantId: string;
  graphEndpoint: string;
  tokens: TokenProvider;
  kind: 'application' | 'delegated';
}

/** Signs in to the tenant and proves it by asking for a first token. Throws `SignInError`. */
export async function resolveTenant(signIn: SignIn): Promise<TenantSession> {
  if (!/^[\w.-]{1,253}$/.test(signIn.tenantId))
    throw new SignInError(`"${signIn.tenantId}" is neither a tenant id nor a domain name.`, 'Give the tenant id (a GUID) or a verified domain name.');
  const graphEndpoint = graphEndpointOf(signIn.cloud, signIn.environment.graphEndpoint);
  const { credential, kind } = await chooseCredential(signIn).catch((error: unknown) => {
    throw signInErrorOf(error);
  });
  // A person is not asked to sign in again because one token was refused.
  const anew = kind === 'application' ? async () => (await chooseCredential(signIn)).credential : async () => credential;
  const tokens = tokenProvider({ credential, anew }, graphEndpoint, authorityOf(signIn));
  const first = await tokens.token(AbortSignal.timeout(kind === 'delegated' ? 900_000 : 60_000)).catch(async (error: unknown) => {
    throw error instanceof SignInError && error.unresolved ? await explainUnresolved(authorityOf(signIn), signIn.tenantId) : error;
  });
  return { tenantId: tenantIn(first) ?? signIn.tenantId, graphEndpoint, tokens, kind };
}

/** The tenant's own id in a token, if it is a readable JWT: stays the same when the tenant is named by another of its domains. */
function tenantIn(token: string): string | undefined {
  try {
    const { tid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { tid?: unknown };
    return typeof tid === 'string' && /^[0-9a-f-]{36}$/i.test(tid) ? tid : undefined;
  } catch {
    return undefined;
  }
}

/** The Graph address without a trailing slash or version. Plain http is allowed on loopback only. */
export function graphEndpointOf(cloud: CloudName, override: string | undefined): string {
  const text = override ?? clouds[cloud].graph;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)))
    throw new SignInError(`TIDYTENANT_GRAPH_ENDPOINT is not an https address: ${text}`, 'Give it as https://host or https://host:port.');
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/(v1\.0|beta)$/, '');
}

/** Milliseconds before its end at which a token is renewed: a request under way must not outlive it. */
const renewBefore = 5 * 60_000;

/**
 * Tokens for the origin of the Graph endpoint. A stand-in's sign-in service may know Graph by its public name only; a
 * token with that audience is then asked for, which is safe because a stand-in cannot issue one that Microsoft accepts.
 */
function tokenProvider(given: { credential: TokenCredential; anew: () => Promise<TokenCredential> }, graphEndpoint: string, authority: string): TokenProvider {
  let { credential } = given;
  const { origin } = new URL(graphEndpoint);
  const scopes = [`${origin}/.default`];
  if (!isKnownAuthority(authority)) scopes.push(`${clouds.global.graph}/.default`);
  let working: string | undefined;
  // A credential looks through its cache for each request, which costs more than the request itself.
  let current: { token: string; until: number } | undefined;
  return {
    origin,
    async token(signal, claims) {
      if (claims === undefined && current && Date.now() < current.until) return current.token;
      // Refused without a challenge, though it looks valid from here (revoked, or a clock that is late): without its cache a credential asks anew.
      if (claims === '') credential = await given.anew();
      const candidates = working ? [working] : scopes;
      for (const [at, scope] of candidates.entries()) {
        try {
          const token = await credential.getToken(scope, { abortSignal: signal, enableCae: true, ...(claims ? { claims } : {}) });
          if (!token) throw new Error('no token');
          working = scope;
          current = { token: token.token, until: (token.refreshAfterTimestamp ?? token.expiresOnTimestamp) - renewBefore };
          return token.token;
        } catch (error) {
          if (at === candidates.length - 1 || !isUnknownResource(error)) throw signInErrorOf(error);
        }
      }
      throw new SignInError('No token could be had.', 'Run again with --debug for the details.');
    },
  };
}

function isUnknownResource(error: unknown): boolean {
  return /AADSTS(70011|500011|1002012|650057)|invalid_scope|invalid_resource|invalid_target/.test(
    error instanceof Error ? `${error.message} ${JSON.stringify((error as { errorResponse?: unknown }).errorResponse ?? '')}` : '',
  );
}
