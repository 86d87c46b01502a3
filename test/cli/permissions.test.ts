import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPlan } from '../../src/cli/list.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import { planScan } from '../../src/plan/plan.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { baseDatasets, catalogue } from '../support/catalogue.ts';
import { goldenNow, scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';

const { permissions } = listPlan(planScan(catalogue, baseDatasets), goldenNow);
const names = permissions.map(({ name }) => name);

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
  });
});
