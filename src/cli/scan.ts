import { type Collection, collectEvidence, type ProgressEvent, type ReadDataset } from '../collect/collect.ts';
import { type EvidenceHeader, type EvidenceSink, evidenceSchemaVersion } from '../collect/evidence-file.ts';
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
  /** Evidence that an interrupted collection left; its datasets are not read again. */
  already?: Collection;
  /** Where evidence is to be saved. */
  openSink?: () => Promise<EvidenceSink>;
  onProgress?: (event: ProgressEvent) => void;
}

export interface CollectedTenant {
  tenant: Tenant;
  plan: Plan;
  collection: Collection;
}

/** Reads a signed-in tenant: who it is, what it owns, and everything the checks need. */
export async function collectTenant(input: CollectTenantInput): Promise<CollectedTenant> {
  const limits = { ...defaultLimits, ...input.limits };
  const pacer = input.pacer ? { pacer: input.pacer } : {};
  const source = createGraphSource({ endpoint: input.session.graphEndpoint, tokens: input.session.tokens, limits, ...pacer });
  const plan = planScan(input.checks, baseDatasets);
  let tenant: Tenant | undefined;
  const header = () =>
    ({ schemaVersion: evidenceSchemaVersion, tenant: tenant ?? { id: input.session.tenantId }, collectedAt: input.now.toISOString() }) as const;
  const sink = input.openSink ? headedSink(await input.openSink(), header) : undefined;
  try {
    const collection = await collectEvidence(plan.datasets, {
      source,
      now: input.now,
      signal: AbortSignal.any([input.signal, AbortSignal.timeout(limits.scan)]),
      datasetLimit: limits.dataset,
      readings: limits.readings,
      async servicePlans(read) {
        tenant = await whoIsIt(input.session.tenantId, read);
        await sink?.begin();
        return tenant.servicePlans;
      },
      ...(input.already ? { already: input.already } : {}),
      ...(sink ? { sink } : {}),
      ...(input.onProgress ? { onProgress: input.onProgress } : {}),
    });
    return { tenant: tenant ?? describeTenant(input.session.tenantId, collection.evidence), plan, collection };
  } finally {
    await sink?.close();
    await source.close();
  }
}

async function whoIsIt(id: string, read: ReadDataset): Promise<Tenant> {
  const evidence = await Promise.all(baseDatasets.map(async (dataset) => [dataset.id, await read(dataset)] as const));
  return describeTenant(id, new Map(evidence));
}

/** Keeps the first lines back until the tenant is known and `begin` puts the header before them. */
function headedSink(sink: EvidenceSink, header: () => EvidenceHeader): EvidenceSink & { begin(): Promise<void> } {
  const base = new Set(baseDatasets.map(({ id }) => id));
  const first: Line[] = [];
  const begun = Promise.withResolvers<void>();
  let writing: Promise<void> | undefined;
  const begin = () => {
    writing ??= (async () => {
      for (const line of [header(), ...first]) await sink.write(line);
      begun.resolve();
    })();
    return writing;
  };
  return {
    begin,
    async write(line) {
      // What tells who the tenant is cannot wait for that to be known.
      if (!writing && 'dataset' in line && base.has(line.dataset)) first.push(line);
      else await begun.promise.then(() => sink.write(line));
    },
    async close() {
      await begin();
      await sink.close();
    },
  };
}

type Line = Parameters<EvidenceSink['write']>[0];
