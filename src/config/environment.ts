/** What the environment says. Names follow `@azure/identity` where it has one; `.env.example` lists all. */
export interface Environment {
  tenantId?: string;
  clientId?: string;
  clientSecret?: string;
  certificatePath?: string;
  certificatePassword?: string;
  federatedTokenFile?: string;
  authorityHost?: string;
  graphEndpoint?: string;
  cloud?: string;
  configFile?: string;
  /** Language of the report. */
  language?: string;
  /** File of the history. */
  history?: string;
  /** Folder of renewed advisory data. */
  advisories?: string;
  /** Mirror or stand-in of the public feeds. */
  feedsEndpoint?: string;
  /** Chromium, Chrome or Edge, which prints the report. */
  browser?: string;
}

const names: Record<keyof Environment, string> = {
  tenantId: 'AZURE_TENANT_ID',
  clientId: 'AZURE_CLIENT_ID',
  clientSecret: 'AZURE_CLIENT_SECRET',
  certificatePath: 'AZURE_CLIENT_CERTIFICATE_PATH',
  certificatePassword: 'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  federatedTokenFile: 'AZURE_FEDERATED_TOKEN_FILE',
  authorityHost: 'AZURE_AUTHORITY_HOST',
  graphEndpoint: 'TIDYTENANT_GRAPH_ENDPOINT',
  cloud: 'TIDYTENANT_CLOUD',
  configFile: 'TIDYTENANT_CONFIG',
  language: 'TIDYTENANT_LANGUAGE',
  history: 'TIDYTENANT_HISTORY',
  advisories: 'TIDYTENANT_ADVISORIES',
  feedsEndpoint: 'TIDYTENANT_FEEDS_ENDPOINT',
  browser: 'TIDYTENANT_CHROMIUM',
};

/** Reads the environment; empty strings count as not set. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const entries = Object.entries(names).flatMap(([key, name]) => {
    const value = env[name]?.trim();
    return value ? [[key, value] as const] : [];
  });
  return Object.fromEntries(entries) as Environment;
}
