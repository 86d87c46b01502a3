import { judgeRetirements } from '../advisories/retirement-radar.ts';
import type { Collection } from '../collect/collect.ts';
import type { Config } from '../config/config.ts';
import { subscribedSkus } from '../datasets/graph/subscribedSkus.ts';
import { evaluateChecks, sharing } from '../evaluate/evaluate.ts';
import type { AnyDataset } from '../kit/kit.ts';
import { withThisRun } from '../measure/device-history.ts';
import { takeMeasures } from '../measure/measure.ts';
import { observationsOf } from '../measure/observations.ts';
import { retirementSightings } from '../measure/retirement-sightings.ts';
import { retirementWitnesses } from '../measure/retirement-witnesses.ts';
import type { DeviceHistory } from '../model/history.ts';
import { type CheckMetadata, type CheckResult, type DatasetRecord, type RunRecord, runSchemaVersion } from '../model/run-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Tenant } from '../model/tenant.ts';
import type { CatalogueEntry } from '../plan/load-checks.ts';
import { datasetsOf, type Plan } from '../plan/plan.ts';
import { judgeControls, scoreResults } from '../score/score.ts';

export interface RunInput {
  tool: { name: string; version: string };
  tenant: Tenant;
  plan: Plan;
  collection: Collection;
  config: Config;
  snapshot: Snapshot;
  /** When the evidence was collected: the clock of every judgement. */
  startedAt: string;
  finishedAt: string;
  /** What earlier runs of the tenant found; absent = no history is kept. */
  earlier?: Earlier;
  /** Hears of checks that broke. */
  onException?: (check: string, error: unknown) => void;
}

/** What a history knows of the time before a run. */
export interface Earlier {
  devices: readonly DeviceHistory[];
  /** Since when a check has the verdict that it has in this run. */
  since(check: string, verdict: CheckResult['verdict']): string | undefined;
}

/** Evidence in, run record out: evaluate, measure, score. Pure; scan and evaluate share it. */
export function judgeRun(input: RunInput): RunRecord {
  const { plan, collection, config, snapshot, tenant, earlier } = input;
  const now = new Date(input.startedAt);
  const context = { now, tenant, settings: config.settings, snapshot };
  const checks = plan.checks.map(metadataOf);
  const share = sharing();
  const results = evaluateChecks(
    plan.checks,
    collection.evidence,
    context,
    subscribedSkus,
    { accept: config.accept, owners: config.owners },
    { share, onException: input.onException },
  );
  const history = earlier ? { history: withThisRun(earlier.devices, observationsOf(collection.evidence), input.startedAt) } : {};
  const measured = { evidence: collection.evidence, now, snapshot, settings: config.settings, ...history };
  const measures = takeMeasures(measured);
  const witnesses = { results, ...retirementWitnesses(collection.evidence), sightings: retirementSightings(measured), now };
  const retirements = judgeRetirements(snapshot.retirements.entries, witnesses);
  return {
    schemaVersion: runSchemaVersion,
    tool: input.tool,
    tenant,
    startedAt: input.startedAt,
    finishedAt: input.finishedAt,
    advisoriesAsOf: snapshot.asOf,
    datasets: plan.datasets.map((dataset) => datasetRecord(dataset, collection)),
    checks,
    results: results.map((result) => withSince(result, earlier)),
    controls: judgeControls(results, checks),
    measures,
    retirements: retirements.map((each) => ({ ...each, subjects: each.subjects.map(share.subject) })),
    score: scoreResults(results, checks),
    requests: totals(collection),
  };
}

function withSince(result: CheckResult, earlier: Earlier | undefined): CheckResult {
  const since = earlier?.since(result.check, result.verdict);
  return since === undefined ? result : { ...result, since };
}

/** What a run keeps of a check. A licence condition makes the subscriptions one of its needs. */
export function metadataOf({ check, area }: CatalogueEntry): CheckMetadata {
  const { id, title, failTitle, why, severity, controls, references, remediation } = check;
  const servicePlans: readonly string[] = check.servicePlans ?? [];
  const needs = datasetsOf(check.needs, check.needsIfLicensed).map((dataset) => dataset.id);
  const wants = datasetsOf(check.wants).map((dataset) => dataset.id);
  return {
    ...{ id, area, title, failTitle, why, severity },
    controls: [...controls],
    references: [...references],
    remediation: { ...remediation, steps: [...remediation.steps] },
    servicePlans: [...servicePlans],
    needs: unique(servicePlans.length > 0 ? [...needs, subscribedSkus.id] : needs),
    wants: unique(wants),
  };
}

function datasetRecord(dataset: AnyDataset, { evidence, requests }: Collection): DatasetRecord {
  const collected = evidence.get(dataset.id) ?? { ok: false as const, reason: 'partial' as const, detail: 'It was not collected.' };
  const about = {
    id: dataset.id,
    about: dataset.about,
    source: dataset.source,
    path: `/${dataset.beta ? 'beta' : 'v1.0'}${dataset.path}`,
    permissions: [...dataset.permissions],
  };
  const cost = { requests: requests.get(dataset.id)?.total ?? 0 };
  if (!collected.ok) return { ...about, ...cost, ...collected };
  return { ...about, ok: true, items: collected.items, pages: collected.pages, ...cost, at: collected.at };
}

function totals({ requests }: Collection): RunRecord['requests'] {
  const sum = { total: 0, throttled: 0, retried: 0, bytes: 0 };
  for (const each of requests.values()) for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += each[key];
  return sum;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort();
}
