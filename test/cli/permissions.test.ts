import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { listPlan } from '../../src/cli/list.ts';
import type { CheckResult, RetirementRecord, RunRecord } from '../../src/model/run-record.ts';
import { planScan } from '../../src/plan/plan.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { baseDatasets, catalogue } from '../support/catalogue.ts';
import { goldenNow, scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';

const { permissions } = listPlan(planScan(catalogue, baseDatasets), goldenNow);
const names = permissions.map(({ name }) => name);
const checksOf = new Map(retirementEntries.map(({ id, checks }) => [id, checks ?? []]));
const needsOf = new Map(catalogue.map(({ check }) => [check.id, Object.values<{ id: string }>(check.needs).map(({ id }) => id)]));

interface Lost {
  /** Checks that gave no answer. */
  checks: ReadonlySet<string>;
  /** Datasets that were refused. */
  datasets: ReadonlySet<string>;
}

/** What an entry says when some of its checks have lost their evidence: only another one that finds it can still tell. */
function expectedOf(entry: RetirementRecord, actual: string, lost: Lost, results: readonly CheckResult[]): string {
  const about = checksOf.get(entry.id) ?? [];
  const gone = about.filter((check) => lost.checks.has(check));
  if (gone.length === 0) return entry.exposure;
  const named = !lost.datasets.has('recommendations') && entry.witnesses?.some(({ status }) => status === 'active');
  if (named) return 'exposed';
  // A check without licences says nothing, but what devices run was read and speaks for itself.
  const isEvidenceThere = gone.every((check) => (needsOf.get(check) ?? []).every((dataset) => !lost.datasets.has(dataset)));
  if (isEvidenceThere && actual === entry.exposure) return actual;
  const others = results.filter(({ check }) => about.includes(check) && !lost.checks.has(check));
  // What one of two inventories shows is there, whatever happened to the other; that it shows nothing no longer says anything.
  if (entry.exposure === 'exposed' && actual === 'exposed' && others.length > 0) return actual;
  const found = others.some(({ findings = [] }) =>
    findings.some(({ facts }) =>
      String(facts?.retirements ?? entry.id)
        .split(' ')
        .includes(entry.id),
    ),
  );
  return found ? 'exposed' : 'unknown';
}

describe('the permissions of the plan', () => {
  let sandbox: Sandbox;
  let whole: RunRecord;
  beforeAll(async () => {
    sandbox = await trustedSandbox({ variant: 'messy', permissions: names });
    whole = await scanSandbox(sandbox);
  });
  afterAll(() => sandbox.close());

  it('suffice: nothing is refused', () => {
    expect(whole.datasets.filter((dataset) => !dataset.ok).map(({ id, detail }) => ({ id, detail }))).toEqual([]);
  });

  it.each(permissions)('without $name exactly the checks that need it cannot be judged, and say so', async ({ name, checks }) => {
    sandbox.grant(names.filter((each) => each !== name));
    const run = await scanSandbox(sandbox);
    const changed = run.results.filter((result, at) => result.verdict !== whole.results[at]?.verdict);
    const needy = checks.filter((check) => whole.results.find((result) => result.check === check)?.verdict !== 'notLicensed');
    expect(changed.map(({ check }) => check).sort()).toEqual([...needy].sort());
    for (const result of changed) {
      expect(result.verdict).toBe('error');
      expect(result.cause?.reason).toBe('permission');
      expect(`${result.cause?.detail} ${result.cause?.fix}`).toContain(name);
    }
    const lost = { checks: new Set<string>(needy), datasets: new Set(run.datasets.filter(({ ok }) => !ok).map(({ id }) => id)) };
    const actual = new Map(run.retirements.map(({ id, exposure }) => [id, exposure]));
    const known = whole.retirements.filter(({ origin }) => origin === 'catalogue');
    const said = (entry: RetirementRecord) => actual.get(entry.id) ?? 'missing';
    expect(known.map((entry) => `${entry.id} ${said(entry)}`)).toEqual(
      known.map((entry) => `${entry.id} ${expectedOf(entry, said(entry), lost, whole.results)}`),
    );
  });
});
