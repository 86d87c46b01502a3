import tls from 'node:tls';
import type { Environment } from '../config/environment.ts';
import { baseDatasets } from '../datasets/tenant.ts';
import { leastPermissions } from '../plan/permissions.ts';
import { planScan } from '../plan/plan.ts';
import { variants } from '../sandbox/variants.ts';
import { resolveTenant, type TenantSession } from '../tenants/tenants.ts';
import { plain } from './console.ts';
import { UsageError } from './exit.ts';
import type { Choices, Flags } from './options.ts';

export interface Connection {
  session: TenantSession;
  close(): Promise<void>;
}

/** Signs in to the tenant of the command, or starts the sandbox and signs in to that: the code path is the same. */
export async function connect(choices: Choices, flags: Flags): Promise<Connection> {
  if (flags.sandbox) return connectSandbox(choices, flags.sandbox);
  if (!choices.tenant) throw new UsageError('No tenant is named.', 'Give --tenant or set AZURE_TENANT_ID; try it without a tenant: tidytenant scan --sandbox');
  return { session: await signIn(choices, choices.environment, choices.tenant), close: async () => {} };
}

async function connectSandbox(choices: Choices, variant: string | true): Promise<Connection> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const chosen = variant === true ? 'messy' : variants.find((each) => each === variant);
  if (!chosen) throw new UsageError(`There is no sandbox tenant "${variant}".`, `Known: ${variants.join(', ')}.`);
  const sandbox = await startSandbox({ variant: chosen });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), sandbox.caPem]);
  const environment: Environment = {
    clientId: sandbox.clientId,
    clientSecret: sandbox.clientSecret,
    authorityHost: sandbox.authorityHost,
    graphEndpoint: sandbox.graphEndpoint,
  };
  return { session: await signIn(choices, environment, sandbox.tenantId), close: () => sandbox.close() };
}

function signIn(choices: Choices, environment: Environment, tenantId: string): Promise<TenantSession> {
  const { datasets } = planScan(choices.entries, baseDatasets);
  const prompt = process.stderr.isTTY ? { prompt: (message: string) => process.stderr.write(`${plain(message)}\n`) } : {};
  return resolveTenant({ tenantId, cloud: choices.cloud, environment, scopes: leastPermissions(datasets).map(({ name }) => name), ...prompt });
}
