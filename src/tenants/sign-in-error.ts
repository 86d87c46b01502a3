/** Signing in failed: what happened, and what to do next. Never holds a secret, an assertion or a token. */
export class SignInError extends Error {
  override name = 'SignInError';
  readonly fix: string;
  /** True when the sign-in service could not be reached at all, false when it refused. */
  readonly unreachable: boolean;
  /** True when the libraries could not resolve the tenant's endpoints, for whatever reason. */
  readonly unresolved: boolean;
  constructor(message: string, fix: string, unreachable = false, more: { unresolved?: boolean; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.fix = fix;
    this.unreachable = unreachable;
    this.unresolved = more.unresolved ?? false;
  }
}

/** Entra's error numbers in words: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const words: Record<string, [string, string]> = {
  '90002': ['The tenant does not exist in this cloud.', 'Check --tenant or AZURE_TENANT_ID, and --cloud.'],
  '900021': ['The tenant id is not valid.', 'Give the tenant id (a GUID) or a verified domain name.'],
  '900023': ['The tenant id is neither a GUID nor a domain name.', 'Give the tenant id (a GUID) or a verified domain name.'],
  '700016': ['The application is not known in this tenant.', 'Check AZURE_CLIENT_ID, and that the application was consented to in this tenant.'],
  '7000215': ['The client secret is wrong.', 'Set AZURE_CLIENT_SECRET to the value of the secret, not to its id.'],
  '7000222': ['The client secret has expired.', 'Create a new secret, better a certificate, in the app registration.'],
  '7000112': ['The application is disabled.', 'Enable it in Entra admin center > Enterprise applications.'],
  '700027': [
    'The certificate is not accepted for this application, or it has expired.',
    'Upload the public part of the certificate to the app registration, and check its dates.',
  ],
  '700213': ['No federated credential of the application matches this token.', 'Check issuer and subject of the federated credential.'],
  '70011': ['The sign-in service does not know the address the token is for.', 'Check TIDYTENANT_GRAPH_ENDPOINT and --cloud.'],
  '500011': ['The sign-in service does not know the address the token is for.', 'Check TIDYTENANT_GRAPH_ENDPOINT and --cloud.'],
  '53003': ['Conditional Access blocked the sign-in.', 'Ask who looks after the Conditional Access policies of this tenant.'],
  '65001': ['Nobody has consented to the application yet.', 'Have an administrator grant consent.'],
  '7000218': ['The application is not a public client.', 'Allow public client flows in the app registration, or sign in with a certificate.'],
};

/** Turns whatever the sign-in libraries throw into one sentence and a way out. */
export function signInErrorOf(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const text = everyMessage(error);
  const number = /AADSTS(\d+)/.exec(text)?.[1];
  const known = number ? words[number] : undefined;
  if (known) return new SignInError(`Sign-in refused: ${known[0]} (AADSTS${number})`, known[1], false, { cause: error });
  if (number)
    return new SignInError(`Sign-in refused (AADSTS${number}).`, `Look the number up: https://login.microsoftonline.com/error?code=${number}`, false, {
      cause: error,
    });
  if (/self.signed|unable to (verify|get)|CERT_|certificate/i.test(text))
    return new SignInError('The certificate of the sign-in service is not trusted.', 'NODE_EXTRA_CA_CERTS adds a certificate authority.', true);
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET|network|REQUEST_SEND_ERROR|socket|endpoints_resolution|openid_config/i.test(text))
    return new SignInError('The sign-in service could not be reached.', 'Check the network and AZURE_AUTHORITY_HOST.', true, {
      unresolved: true,
      cause: error,
    });
  const code = /"error"\s*:\s*"([a-z_]{1,40})"|\b(invalid_[a-z]+|unauthorized_client|authorization_pending|expired_token)\b/.exec(text);
  return new SignInError(`Sign-in failed${code ? ` (${code[1] ?? code[2]})` : ''}.`, 'Run again with --debug for the details.', false, { cause: error });
}

/** Messages of an error and of its causes; used for matching only, never printed. */
function everyMessage(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return '';
  const more = error as { code?: unknown; errorCode?: unknown; cause?: unknown; errorResponse?: unknown; errors?: unknown[] };
  const inner = (more.errors ?? []).map((each) => everyMessage(each, depth + 1)).join(' ');
  return [error.name, error.message, more.code, more.errorCode, JSON.stringify(more.errorResponse ?? ''), everyMessage(more.cause, depth + 1), inner].join(' ');
}
