import tls from 'node:tls';
import type { Environment } from '../config/environment.ts';
import { baseDatasets } from '../datasets/tenant.ts';
import { leastPermissions } from '../plan/permissions.ts';
import { planScan } from '../plan/plan.ts';
import type { SandboxOptions } from '../sandbox/sandbox.ts';
import { type Variant, variants } from '../sandbox/variants.ts';
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
  if (flags.sandbox) return connectSandbox(choices, { variant: variantNamed(flags.sandbox) });
  if (!choices.tenant) throw new UsageError('No tenant is named.', 'Give --tenant or set AZURE_TENANT_ID; try it without a tenant: tidytenant scan --sandbox');
  return { session: await signIn(choices, choices.environment, choices.tenant), close: async () => {} };
}

function variantNamed(name: string | true): Variant {
  const chosen = name === true ? 'messy' : variants.find((each) => each === name);
  if (!chosen) throw new UsageError(`There is no sandbox tenant "${name}".`, `Known: ${variants.join(', ')}.`);
  return chosen;
}

/** Starts a fictional tenant and signs in to it. */
export async function connectSandbox(choices: Choices, options: SandboxOptions): Promise<Connection> {
  const { startSandbox } = await import('../sandbox/sandbox.ts');
  const sandbox = await startSandbox(options);
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
