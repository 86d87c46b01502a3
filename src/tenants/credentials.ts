import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ClientCertificateCredential, ClientSecretCredential, type TokenCredential, WorkloadIdentityCredential } from '@azure/identity';
import { type CloudName, clouds, isKnownAuthority } from '../config/clouds.ts';
import type { Environment } from '../config/environment.ts';
import { deviceCodeCredential } from './device-code.ts';
import { SignInError } from './sign-in-error.ts';

export interface SignIn {
  tenantId: string;
  cloud: CloudName;
  environment: Environment;
  /** Delegated permissions to ask for when a person signs in. */
  scopes: readonly string[];
  /** Shows the device code to the person; absent = nobody is there to type one. */
  prompt?: (message: string) => void;
}

/** How the scan signs in: secret, certificate or federated token from the environment, else a person with a device code. */
export async function chooseCredential(signIn: SignIn): Promise<{ credential: TokenCredential; kind: 'application' | 'delegated' }> {
  const { environment, tenantId } = signIn;
  const { clientId, clientSecret, certificatePath, federatedTokenFile } = environment;
  const authorityHost = authorityOf(signIn);
  const options = { authorityHost, disableInstanceDiscovery: !isKnownAuthority(authorityHost), retryOptions: { maxRetries: 2, retryDelayInMs: 300 } };
  if (clientSecret || certificatePath || federatedTokenFile) {
    if (!clientId)
      throw new SignInError('AZURE_CLIENT_ID is not set.', 'Set it to the application (client) ID of the app registration the scan signs in with.');
    if (clientSecret) return { credential: new ClientSecretCredential(tenantId, clientId, clientSecret, options), kind: 'application' };
    if (certificatePath) {
      await checkCertificate(certificatePath, environment.certificatePassword);
      const certificate = { certificatePath, ...(environment.certificatePassword ? { certificatePassword: environment.certificatePassword } : {}) };
      return { credential: new ClientCertificateCredential(tenantId, clientId, certificate, options), kind: 'application' };
    }
    return { credential: new WorkloadIdentityCredential({ ...options, tenantId, clientId, tokenFilePath: federatedTokenFile as string }), kind: 'application' };
  }
  if (!signIn.prompt) {
    throw new SignInError(
      'No way to sign in is configured, and nobody is at the terminal.',
      'Set AZURE_CLIENT_ID with AZURE_CLIENT_CERTIFICATE_PATH, AZURE_CLIENT_SECRET or AZURE_FEDERATED_TOKEN_FILE.',
    );
  }
  const person = { tenantId, authorityHost, scopes: signIn.scopes, prompt: signIn.prompt, ...(clientId ? { clientId } : {}) };
  return { credential: await deviceCodeCredential(person), kind: 'delegated' };
}

export function authorityOf(signIn: Pick<SignIn, 'cloud' | 'environment'>): string {
  const host = signIn.environment.authorityHost ?? clouds[signIn.cloud].authority;
  const url = URL.canParse(host) ? host : `https://${host}`;
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
    throw new SignInError(`AZURE_AUTHORITY_HOST is not an https address: ${host}`, 'Give it as https://host or https://host:port.');
  return url.replace(/\/+$/, '');
}

/** Says what is wrong with the file before the service does, in words. */
async function checkCertificate(path: string, password: string | undefined): Promise<void> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SignInError(
      `The certificate ${path} cannot be read (${error.code ?? error.message}).`,
      'AZURE_CLIENT_CERTIFICATE_PATH must name a PEM file with certificate and private key.',
    );
  });
  const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0];
  if (!block || !/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw new SignInError(
      `The file ${path} does not hold a certificate and its private key in PEM form.`,
      'Convert it: openssl pkcs12 -in cert.pfx -out cert.pem -nodes',
    );
  }
  if (/ENCRYPTED/.test(pem) && !password) throw new SignInError(`The private key in ${path} is encrypted.`, 'Set AZURE_CLIENT_CERTIFICATE_PASSWORD.');
  const { validTo, validToDate, validFromDate } = parseCertificate(block, path);
  if (validToDate.getTime() < Date.now())
    throw new SignInError(
      `The certificate ${path} expired on ${validTo}.`,
      'Create a new one, upload its public part to the app registration, and point AZURE_CLIENT_CERTIFICATE_PATH at it.',
    );
  if (validFromDate.getTime() > Date.now())
    throw new SignInError(`The certificate ${path} is not valid before ${validFromDate.toISOString()}.`, 'Check the clock of this machine, or wait.');
}

function parseCertificate(block: string, path: string): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch {
    throw new SignInError(`The certificate in ${path} is damaged.`, 'Export it again as PEM.');
  }
}
