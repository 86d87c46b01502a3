import { EnvHttpProxyAgent, request } from 'undici';
import { SignInError, signInErrorOf } from './sign-in-error.ts';

/**
 * Why a tenant's endpoints could not be resolved. The libraries say the same for a tenant that does not exist and for a
 * service that cannot be reached; one request to the public metadata of the tenant tells them apart. It carries nothing secret.
 */
export async function explainUnresolved(authority: string, tenantId: string): Promise<SignInError> {
  const dispatcher = new EnvHttpProxyAgent();
  try {
    const answer = await request(`${authority}/${tenantId}/v2.0/.well-known/openid-configuration`, { dispatcher, signal: AbortSignal.timeout(15_000) });
    const text = await answer.body.text();
    if (/AADSTS\d+/.test(text)) return signInErrorOf(new Error(text));
    if (answer.statusCode === 400 || answer.statusCode === 404) return signInErrorOf(new Error('AADSTS90002'));
    return new SignInError(
      `The sign-in service answered ${answer.statusCode} to the question for the tenant.`,
      'Check AZURE_AUTHORITY_HOST, and try again later.',
      true,
    );
  } catch (error) {
    const certificate = /CERT|SIGNED|SIGNATURE|VERIFY/.test(String((error as NodeJS.ErrnoException).code));
    if (certificate)
      return new SignInError('The certificate of the sign-in service is not trusted.', 'NODE_EXTRA_CA_CERTS adds a certificate authority.', true);
    return new SignInError('The sign-in service could not be reached.', 'Check the network and AZURE_AUTHORITY_HOST.', true);
  } finally {
    await dispatcher.close();
  }
}
