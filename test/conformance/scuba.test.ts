import { describe, expect, it } from 'vitest';
import { subscribedSkus } from '../../src/datasets/graph/subscribedSkus.ts';
import { judge } from '../../src/evaluate/judge.ts';
import type { CheckResult } from '../../src/model/run-record.ts';
import { checksByPolicy, hasCases, listedDeviations, loadCases, type ScubaCase } from '../support/scuba-cases.ts';
import { translate } from '../support/scuba-evidence.ts';

const cases = loadCases();
const listed = listedDeviations();
const agreeing = cases.length - listed.length;

it('no case is listed twice in docs/deviations.md', () => {
  expect(listed.filter((id, at) => listed.indexOf(id) !== at)).toEqual([]);
});

const title = hasCases ? `${cases.length} cases of ScubaGear: ${agreeing} agree, ${listed.length} differ on purpose` : 'cases of ScubaGear';
describe.skipIf(!hasCases)(`${title} (skipped where ../shared/conformance is not beside the checkout)`, () => {
  it.each(cases.map((each) => [each.id, each.expected, each] as const))('%s: %s', (id, _expected, each) => {
    const results = judgeCase(each);
    const said = JSON.stringify(results, null, 2);
    if (listed.includes(id)) expect(agrees(each, results), `agrees: take it out of docs/deviations.md\n${said}`).toBe(false);
    else expect(agrees(each, results), `expected ${each.expected}; if ours is right, tell why in docs/deviations.md\n${said}`).toBe(true);
  });

  it('every listed case is one of them', () => {
    expect(listed.filter((id) => !cases.some((each) => each.id === id))).toEqual([]);
  });

  it('no check lets a policy pass that is limited to high risk, as all of theirs are', () => {
    const limited = cases.filter(({ expected, input }) => expected === 'Pass' && 'conditional_access_policies' in input);
    expect(limited.length).toBeGreaterThan(0);
    for (const each of limited) expect(judgeCase(each, 'kept'), each.id).toEqual([expect.objectContaining({ verdict: 'fail' })]);
  });
});

function judgeCase(each: ScubaCase, leftovers: 'removed' | 'kept' = 'removed'): CheckResult[] {
  const { evidence, context } = translate(each, leftovers);
  return (checksByPolicy.get(each.policyId) ?? []).map(({ check }) => judge(check, evidence, context, subscribedSkus));
}

/** A control fails when one of its checks does. An error agrees with nothing. */
function agrees({ expected }: ScubaCase, results: readonly CheckResult[]): boolean {
  const verdicts = results.map(({ verdict }) => verdict);
  if (expected === 'Fail' || expected === 'Warning') return verdicts.includes('fail');
  const good = expected === 'Pass' ? ['pass', 'notApplicable'] : ['manual', 'notApplicable', 'notLicensed'];
  return verdicts.every((verdict) => good.includes(verdict));
}
