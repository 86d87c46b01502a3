import tls from 'node:tls';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { judgeRun } from '../../src/cli/run.ts';
import { collectTenant } from '../../src/cli/scan.ts';
import type { EvidenceSink } from '../../src/collect/evidence-file.ts';
import { type Config, parseConfig } from '../../src/config/config.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import type { CatalogueEntry } from '../../src/plan/load-checks.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Limits } from '../../src/sources/graph/limits.ts';
import type { Pacer } from '../../src/sources/graph/pacing.ts';
import { resolveTenant, type TenantSession } from '../../src/tenants/tenants.ts';
import { catalogue } from './catalogue.ts';

export { fastPacer, jumpingPacer } from './pacers.ts';

/** The day of the golden runs: within 35 days of the shipped Windows data, so that no verdict hangs on its age. */
export const goldenNow = new Date('2026-08-20T12:00:00Z');

/** Starts a sandbox whose certificate this process trusts. */
export async function trustedSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ now: goldenNow, ...options });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), sandbox.caPem]);
  return sandbox;
}

export interface ScanOptions {
  checks?: readonly CatalogueEntry[];
  now?: Date;
  limits?: Partial<Limits>;
  /** Absent = real time, as a user waits. */
  pacer?: Pacer;
  /** Signed in before; absent = signs in. */
  session?: TenantSession;
  sink?: EvidenceSink;
  config?: Config;
}

export function signIn(sandbox: Sandbox): Promise<TenantSession> {
  const { tenantId, clientId, clientSecret, authorityHost, graphEndpoint } = sandbox;
  return resolveTenant({ tenantId, cloud: 'global', environment: { clientId, clientSecret, authorityHost, graphEndpoint }, scopes: [] });
}

/** Scans a sandbox through the code path of the command line. */
export async function scanSandbox(sandbox: Sandbox, options: ScanOptions = {}): Promise<RunRecord> {
  const now = options.now ?? goldenNow;
  const session = options.session ?? (await signIn(sandbox));
  const { sink } = options;
  const collected = await collectTenant({
    session,
    checks: options.checks ?? catalogue,
    now,
    signal: new AbortController().signal,
    limits: { retries: 1, backoff: 1, ...options.limits },
    ...(options.pacer ? { pacer: options.pacer } : {}),
    ...(sink ? { openSink: async () => sink } : {}),
  });
  return judgeRun({
    ...collected,
    tool: { name: 'tidytenant', version: '0.0.0' },
    config: options.config ?? parseConfig('', 'none'),
    snapshot: loadSnapshot(),
    startedAt: now.toISOString(),
    finishedAt: now.toISOString(),
  });
}

/** Verdict and subjects per check: what two runs are compared by. */
export function verdictsOf(run: RunRecord): Record<string, { verdict: string; examined?: number; subjects?: string[]; reason?: string }> {
  return Object.fromEntries(
    run.results.map((result) => [
      result.check,
      {
        verdict: result.verdict,
        ...(result.examined === undefined ? {} : { examined: result.examined }),
        ...(result.findings ? { subjects: result.findings.map(({ subject }) => `${subject.type} ${subject.name}`).sort() } : {}),
        ...(result.cause ? { reason: result.cause.reason } : {}),
      },
    ]),
  );
}
