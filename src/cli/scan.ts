import { type Collection, collectEvidence, emptyCollection, type ProgressEvent } from '../collect/collect.ts';
import { type EvidenceSink, evidenceSchemaVersion } from '../collect/evidence-file.ts';
import { baseDatasets, describeTenant } from '../datasets/tenant.ts';
import type { Tenant } from '../model/tenant.ts';
import type { CatalogueEntry } from '../plan/load-checks.ts';
import { type Plan, planScan } from '../plan/plan.ts';
import { createGraphSource } from '../sources/graph/graph.ts';
import { defaultLimits, type Limits } from '../sources/graph/limits.ts';
import type { Pacer } from '../sources/graph/pacing.ts';
import type { TenantSession } from '../tenants/tenants.ts';

export interface CollectTenantInput {
  session: TenantSession;
  checks: readonly CatalogueEntry[];
  /** The time of the scan. */
  now: Date;
  signal: AbortSignal;
  limits?: Partial<Limits>;
  /** Keeps to the limits of the service by another clock, for tests. */
  pacer?: Pacer;
  /** Opened once the tenant is known, when evidence is to be saved. */
  openSink?: () => Promise<EvidenceSink>;
  onProgress?: (event: ProgressEvent) => void;
}

export interface CollectedTenant {
  tenant: Tenant;
  plan: Plan;
  collection: Collection;
}

type Line = Parameters<EvidenceSink['write']>[0];

/** Reads a signed-in tenant: first who it is and what it owns, then everything the checks need. */
export async function collectTenant(input: CollectTenantInput): Promise<CollectedTenant> {
  const limits = { ...defaultLimits, ...input.limits };
  const pacer = input.pacer ? { pacer: input.pacer } : {};
  const source = createGraphSource({ endpoint: input.session.graphEndpoint, tokens: input.session.tokens, limits, ...pacer });
  const plan = planScan(input.checks, baseDatasets);
  const options = { source, now: input.now, signal: input.signal, datasetLimit: limits.dataset, ...(input.onProgress ? { onProgress: input.onProgress } : {}) };
  const first: Line[] = [];
  const keepLines: EvidenceSink = { write: async (line) => void first.push(line), close: async () => {} };
  try {
    const base = await collectEvidence(baseDatasets, { ...options, servicePlans: null, sink: keepLines, already: emptyCollection() });
    const tenant = describeTenant(input.session.tenantId, base.evidence);
    const sink = await input.openSink?.();
    const header = { schemaVersion: evidenceSchemaVersion, tenant, collectedAt: input.now.toISOString() } as const;
    for (const line of [header, ...first]) await sink?.write(line);
    const collection = await collectEvidence(plan.datasets, { ...options, servicePlans: tenant.servicePlans, already: base, ...(sink ? { sink } : {}) });
    await sink?.close();
    return { tenant, plan, collection };
  } finally {
    await source.close();
  }
}
