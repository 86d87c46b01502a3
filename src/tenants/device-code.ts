import type { AccessToken, TokenCredential } from '@azure/identity';
import { PublicClientApplication } from '@azure/msal-node';
import { isKnownAuthority } from '../config/clouds.ts';
import { fileCache, tokenCacheFile } from './token-cache.ts';

/** "Microsoft Graph Command Line Tools", the public client that exists in every tenant. */
const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

export interface Person {
  tenantId: string;
  clientId?: string;
  authorityHost: string;
  /** Delegated permissions, without the resource. */
  scopes: readonly string[];
  prompt: (message: string) => void;
  cacheFile?: string;
}

/** Signs a person in with a device code once; later runs go on silently from the token cache. */
export async function deviceCodeCredential(person: Person): Promise<TokenCredential> {
  const authority = `${person.authorityHost}/${person.tenantId}`;
  const client = new PublicClientApplication({
    auth: {
      clientId: person.clientId ?? graphCommandLineTools,
      authority,
      ...(isKnownAuthority(person.authorityHost) ? {} : { knownAuthorities: [new URL(person.authorityHost).host] }),
    },
    cache: { cachePlugin: fileCache(person.cacheFile ?? tokenCacheFile()) },
  });
  return { getToken: (scopes, options) => acquire(client, person, [scopes].flat(), options?.claims) };
}

async function acquire(client: PublicClientApplication, person: Person, scopes: string[], claims: string | undefined): Promise<AccessToken> {
  const resource = scopes[0]?.replace(/\.default$/, '') ?? '';
  const wanted = person.scopes.map((scope) => resource + scope);
  const [account] = (await client.getTokenCache().getAllAccounts()).filter(
    (each) => each.tenantId === person.tenantId || !/^[0-9a-f-]{36}$/i.test(person.tenantId),
  );
  const silent = account ? await client.acquireTokenSilent({ account, scopes: wanted, ...(claims ? { claims } : {}) }).catch(() => null) : null;
  const result =
    silent ??
    (await client.acquireTokenByDeviceCode({ scopes: wanted, deviceCodeCallback: (answer) => person.prompt(answer.message), ...(claims ? { claims } : {}) }));
  if (!result) throw new Error('the device code was not used in time');
  return { token: result.accessToken, expiresOnTimestamp: result.expiresOn?.getTime() ?? Date.now() };
}
