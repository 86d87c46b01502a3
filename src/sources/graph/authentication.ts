import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { SourceFault } from '../fault.ts';
import { exchangeOf, passing } from './transport.ts';

/** Gives access tokens for one origin. Implemented by `tenants/`. */
export interface TokenProvider {
  /** The only origin (`https://graph.microsoft.com`) these tokens may travel to. */
  readonly origin: string;
  /** `claims`: the challenge of the service, base64-decoded, when it asked for a fresh token. */
  token(signal: AbortSignal, claims?: string): Promise<string>;
}

/** Adds the token, to its own origin only, and answers one claims challenge. */
export class Authentication implements Middleware {
  #next: Middleware | undefined;
  readonly #tokens: TokenProvider;
  constructor(tokens: TokenProvider) {
    this.#tokens = tokens;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    const { url, signal } = exchangeOf(context);
    if (url.origin !== this.#tokens.origin) {
      throw passing(
        new SourceFault({
          reason: 'partial',
          detail: `A link led away from ${this.#tokens.origin}; it was not followed.`,
          fix: 'Report this: Microsoft Graph links to itself only.',
        }),
      );
    }
    await this.#send(context, await this.#tokens.token(signal));
    if (context.response?.status !== 401) return;
    const claims = claimsIn(context.response.headers.get('www-authenticate') ?? '');
    await this.#send(context, await this.#tokens.token(signal, claims ?? ''));
  }

  async #send(context: Context, token: string): Promise<void> {
    const headers = { ...(context.options?.headers as Record<string, string>), Authorization: `Bearer ${token}` };
    await this.#next?.execute(Object.assign(context, { options: { ...context.options, headers } }));
  }
}

/** The decoded `claims` of a `WWW-Authenticate: Bearer error="insufficient_claims", claims="…"` header. */
function claimsIn(header: string): string | undefined {
  const encoded = /claims="([^"]+)"/.exec(header)?.[1];
  return encoded ? Buffer.from(encoded, 'base64').toString('utf8') : undefined;
}

/** Application permissions (`roles`) or delegated scopes (`scp`) in a token, if it is a readable JWT. Never verified: a hint for messages only. */
export function grantedIn(token: string): string[] | undefined {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { roles?: unknown; scp?: unknown };
    if (Array.isArray(payload.roles)) return payload.roles.map(String);
    return typeof payload.scp === 'string' ? payload.scp.split(' ') : undefined;
  } catch {
    return undefined;
  }
}
