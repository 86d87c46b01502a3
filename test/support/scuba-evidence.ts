import { startFold } from '../../src/collect/fold.ts';
import type { CheckContext } from '../../src/kit/kit.ts';
import type { Collected, EvidenceSet } from '../../src/model/evidence.ts';
import { planScan } from '../../src/plan/plan.ts';
import { baseDatasets, catalogue } from './catalogue.ts';
import { tableContext } from './check-table.ts';
import type { ScubaCase } from './scuba-cases.ts';
import { type Input, inputOf } from './scuba-input.ts';
import { rowsOf } from './scuba-rows.ts';

/** What a case has that does not speak of licences. */
const plans = ['AAD_PREMIUM', 'AAD_PREMIUM_P2', 'SHAREPOINTSTANDARD'];
const datasets = planScan(catalogue, baseDatasets).datasets;

export interface Translated {
  evidence: EvidenceSet;
  context: CheckContext;
}

/** A case as our pipeline would have read it: rows through the schemas and reducers of our datasets. */
export function translate(scubaCase: ScubaCase, leftovers: 'removed' | 'kept' = 'removed'): Translated {
  const input = inputOf(scubaCase, leftovers);
  const rows = rowsOf(input);
  const unknown = Object.keys(rows).filter((id) => !datasets.some((dataset) => dataset.id === id));
  if (unknown.length > 0) throw new Error(`no such dataset: ${unknown.join(', ')}`);
  const evidence = new Map<string, Collected<unknown>>();
  for (const dataset of datasets) {
    const given = rows[dataset.id];
    if (!given) continue;
    const fold = startFold(dataset);
    const chains: [string | undefined, readonly unknown[]][] = Array.isArray(given)
      ? [[undefined, given]]
      : Object.entries(given as Readonly<Record<string, readonly unknown[]>>);
    for (const [key, page] of chains) {
      const unread = fold.add(page, key);
      if (unread) throw new Error(`${scubaCase.id}: ${unread.detail}`);
    }
    evidence.set(dataset.id, { ok: true, kept: fold.kept, items: fold.items, pages: fold.pages, at: '2026-08-20T12:00:00Z' });
  }
  return { evidence, context: contextOf(input) };
}

function contextOf({ servicePlans, emergencyAccounts }: Input): CheckContext {
  return {
    ...tableContext,
    tenant: { ...tableContext.tenant, servicePlans: [...(servicePlans ?? plans)] },
    settings: { ...tableContext.settings, emergencyAccounts },
  };
}
