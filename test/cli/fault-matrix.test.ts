import { afterAll, describe, expect, it } from 'vitest';
import { type AnyDataset, parentsOf } from '../../src/kit/kit.ts';
import { requestOf } from '../../src/kit/request.ts';
import { requestTarget, sentAs } from '../../src/model/request.ts';
import { type CheckResult, RunRecord } from '../../src/model/run-record.ts';
import { planScan } from '../../src/plan/plan.ts';
import { retyped } from '../../src/sandbox/faults-answers.ts';
import { matcherOf } from '../../src/sandbox/faults-rules.ts';
import type { FaultRule } from '../../src/sandbox/sandbox.ts';
import { groupIds } from '../../src/sandbox/tenant/groups.ts';
import type { Limits } from '../../src/sources/graph/limits.ts';
import { baseDatasets, catalogue } from '../support/catalogue.ts';
import { goldenNow, jumpingPacer, scanSandbox, signIn, trustedSandbox } from '../support/scan-sandbox.ts';

/** The faults that every dataset is read under; `single` objects have no pages, and an empty list no value to spoil. */
const faults = {
  '403': {},
  '404': {},
  '429': {},
  '429 with Retry-After': { kind: '429', retryAfter: 0.01 },
  '503': {},
  hang: {},
  reset: {},
  cutBody: {},
  cutJson: {},
  invalidJson: {},
  html200: {},
  wrongShape: {},
  wrongType: {},
  missingPage: {},
  loop: {},
  otherOrigin: {},
} as const satisfies Record<string, Partial<FaultRule>>;
type Fault = keyof typeof faults;
const ofPages = new Set<Fault>(['missingPage', 'loop', 'otherOrigin']);

const { datasets } = planScan(catalogue, baseDatasets);
const eligibility = '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances';

// The messy tenant, with one group that may switch on a role: so every dataset is asked for at least once.
const sandbox = await trustedSandbox({
  variant: 'messy',
  users: 60,
  devices: 30,
  before: ({ path }) => (path === eligibility ? { status: 200, body: { value: [eligibleGroup] } } : undefined),
});
const eligibleGroup = {
  principalId: groupIds.pilot,
  roleDefinitionId: 'fdd7a751-b60b-444a-984c-02652fe8fa1c',
  directoryScopeId: '/',
  principal: { '@odata.type': '#microsoft.graph.group', displayName: 'Rings - Pilot' },
};
const session = await signIn(sandbox);
const scan = (limits: Partial<Limits> = {}) =>
  scanSandbox(sandbox, { session, pacer: jumpingPacer(), limits: { retries: 1, timeoutRetries: 0, backoff: 1, ...limits } });

/** What the calm run read: the keys each dataset was asked for, and a row of it. */
const asked = new Map<string, { keys: Set<string | undefined>; row?: unknown }>();
const calm = await scanSandbox(sandbox, {
  session,
  pacer: jumpingPacer(),
  sink: {
    write: async (line) => {
      if (!('rows' in line)) return;
      const found = asked.get(line.dataset) ?? { keys: new Set() };
      found.keys.add(line.key);
      found.row ??= line.rows[0];
      asked.set(line.dataset, found);
    },
    close: async () => {},
  },
});
afterAll(() => sandbox.close());

/** Addresses of a dataset's first pages, as they go over the wire. */
function targetsOf(dataset: AnyDataset): { path: string; search: string; body: string }[] {
  return [...(asked.get(dataset.id)?.keys ?? [])].map((key) => {
    const request = requestOf(dataset, goldenNow, key);
    const [path = '', query] = requestTarget(request).split('?');
    const sent = sentAs(request);
    return { path, search: query ? `?${query}` : '', body: sent.method === 'POST' ? sent.body : '' };
  });
}

/** A rule that is about this dataset's requests, whatever their page, and no other's that can be told from it. */
function ruleFor(dataset: AnyDataset, fault: Fault): FaultRule {
  const targets = targetsOf(dataset);
  const paths = [...new Set(targets.map(({ path }) => path.replace(/[.()]/g, '\\$&')))];
  const query = commonStart(targets.map(({ search }) => decodeURIComponent(search)));
  const [{ body = '' } = {}] = targets;
  return { match: `^(${paths.join('|')})$`, query, ...(body ? { body } : {}), kind: fault as FaultRule['kind'], ...faults[fault], ...fieldOf(dataset, fault) };
}

/** What the queries of all keys begin with. */
function commonStart([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}

/** The first property whose type the dataset's schema insists on. */
function fieldOf(dataset: AnyDataset, fault: Fault): { field?: string } {
  const row = asked.get(dataset.id)?.row as Record<string, unknown> | undefined;
  if (fault !== 'wrongType' || !row) return {};
  const field = Object.keys(row).find((name) => !dataset.row.safeParse(retyped(row, name)).success);
  return field === undefined ? {} : { field };
}

/** Why a cell of the matrix cannot be. */
function notApplicable(dataset: AnyDataset, fault: Fault): string | undefined {
  if (ofPages.has(fault) && dataset.single) return 'one object has no pages';
  if (ofPages.has(fault) && dataset.kql) return 'a hunting query has no pages';
  if (fault === 'wrongType' && asked.get(dataset.id)?.row === undefined) return 'no row in this tenant';
  if (fault === 'wrongType' && fieldOf(dataset, fault).field === undefined) return 'judges no single property';
  return undefined;
}

/** The datasets whose requests the rule hits, and those that rest on them. */
function affectedBy(rule: FaultRule): Set<string> {
  const matches = matcherOf(rule);
  const hit = (dataset: AnyDataset): boolean =>
    targetsOf(dataset).some(({ path, search, body }) => matches(path, search, body)) || parentsOf(dataset).some(hit);
  return new Set(datasets.filter(hit).map(({ id }) => id));
}

/** Everything in a run under a fault that the calm run does not bear out. */
function complaintsOf(run: RunRecord, affected: ReadonlySet<string>): string[] {
  return [...datasetComplaints(run, affected), ...run.results.flatMap((result, at) => resultComplaints(run, result, at, affected)), ...summaryComplaints(run)];
}

function datasetComplaints(run: RunRecord, affected: ReadonlySet<string>): string[] {
  return run.datasets.flatMap((dataset, at) => {
    const before = calm.datasets[at];
    if (!affected.has(dataset.id))
      return dataset.ok && before?.ok && dataset.items === before.items ? [] : [`${dataset.id} is not as before: ${JSON.stringify(dataset)}`];
    if (dataset.ok) return [`${dataset.id} counts as read`];
    return dataset.detail && dataset.fix ? [] : [`${dataset.id} does not say why, or what to do`];
  });
}

function resultComplaints(run: RunRecord, result: CheckResult, at: number, affected: ReadonlySet<string>): string[] {
  const before = calm.results[at] as CheckResult;
  const { needs = [], wants = [] } = run.checks[at] ?? {};
  if (needs.some((need) => affected.has(need))) {
    const { verdict, cause } = result;
    const says = (verdict === 'error' || verdict === 'notLicensed') && cause?.detail && cause.fix;
    return says ? [] : [`${result.check} rests on what was not read and says ${verdict} ${JSON.stringify(cause)}`];
  }
  const sharpened = wants.some((want) => affected.has(want));
  // The tenant's own name comes from one dataset that no verdict rests on; without it the id stands in.
  const unnamed = (text: string) =>
    affected.has('organization')
      ? [calm.tenant.name, calm.tenant.id].reduce((rest, name) => rest.replaceAll(`"name":${JSON.stringify(name)}`, '"name":""'), text)
      : text;
  const plain = (one: CheckResult) => unnamed(JSON.stringify(sharpened ? gist(one) : one));
  const same = plain(result) === plain(before);
  return same ? [] : [`${result.check} changed: ${JSON.stringify(result)} was ${JSON.stringify(before)}`];
}

/** What optional evidence must not change; words and facts it may. */
function gist({ check, verdict, examined, findings }: CheckResult): unknown {
  return { check, verdict, examined, subjects: findings?.map(({ subject }) => `${subject.type} ${subject.id}`).sort() };
}

/** A figure, a control, a retirement is as before or unknown. */
function summaryComplaints(run: RunRecord): string[] {
  const measures = run.measures.filter((each, at) => each.value !== null && each.value !== calm.measures[at]?.value);
  const unexplained = run.measures.filter((each) => each.value === null && !each.because);
  const controls = run.controls.filter((each, at) => each.verdict !== 'error' && each.verdict !== calm.controls[at]?.verdict);
  // By id: posts that the catalogue does not know are there only where the message center was read.
  const exposures = new Map(calm.retirements.map(({ id, exposure }) => [id, exposure]));
  const retirements = run.retirements.filter(({ id, exposure }) => exposure !== 'unknown' && exposure !== exposures.get(id));
  return [
    ...measures.map(({ id, value }) => `the figure ${id} became ${value}`),
    ...unexplained.map(({ id }) => `the figure ${id} is unknown without a reason`),
    ...controls.map(({ framework, id, verdict }) => `${framework} ${id} became ${verdict}`),
    ...retirements.map(({ id, exposure }) => `the retirement ${id} became ${exposure}`),
  ];
}

const cells = datasets.flatMap((dataset) =>
  (Object.keys(faults) as Fault[]).map((fault) => ({ dataset, fault, id: dataset.id, because: notApplicable(dataset, fault) })),
);
const possible = cells.filter(({ because }) => because === undefined);

describe('the calm run', () => {
  it('asks for every dataset, and reads it', () => {
    expect(calm.datasets.filter(({ ok, requests }) => !ok || requests === 0)).toEqual([]);
  });

  it('leaves no cell of the matrix out without a reason', () => {
    const reasons = Object.entries(Object.groupBy(cells, ({ because }) => because ?? 'run')).map(([because, group = []]) => `${group.length} ${because}`);
    console.log(`${datasets.length} datasets × ${Object.keys(faults).length} faults = ${cells.length} cells: ${reasons.join(', ')}`);
    expect(datasets.length).toBeGreaterThan(40);
    expect(possible.length).toBeGreaterThan(cells.length * 0.9);
  });
});

it('a rule hits one dataset and those that rest on it', () => {
  const restsOn = (dataset: AnyDataset, id: string): boolean => dataset.id === id || parentsOf(dataset).some((parent) => restsOn(parent, id));
  // Asks for the same list, and then for less of it: no rule about the first spares it.
  const narrows = (other: AnyDataset, dataset: AnyDataset): boolean =>
    targetsOf(other).some(({ path, search }) =>
      targetsOf(dataset).some((wide) => wide.path === path && search !== wide.search && search.startsWith(wide.search)),
    );
  for (const dataset of datasets) {
    const expected = datasets.filter((other) => restsOn(other, dataset.id) || narrows(other, dataset)).map(({ id }) => id);
    expect([...affectedBy(ruleFor(dataset, '403'))], dataset.id).toEqual(expected);
  }
});

describe('no fault invents a verdict', () => {
  it.each(possible)('$id × $fault', async ({ dataset, fault }) => {
    const rule = ruleFor(dataset, fault);
    const affected = affectedBy(rule);
    expect(affected).toContain(dataset.id);
    sandbox.disturb([rule]);
    const started = performance.now();
    const run = await scan(fault === 'hang' ? { request: 1500, hunting: 1500 } : {});
    expect(complaintsOf(RunRecord.parse(run), affected)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(8000);
  });
});

describe('a storm', () => {
  it.each([1, 2, 3])('is waited out: seed %i', async (seed) => {
    const kinds: Pick<FaultRule, 'kind' | 'retryAfter' | 'timesPerAddress'>[] = [
      { kind: '429', retryAfter: 0.01, timesPerAddress: 2 },
      { kind: '503', timesPerAddress: 2 },
      { kind: 'reset', timesPerAddress: 1 },
    ];
    sandbox.disturb(
      kinds.map((kind) => ({ match: '^/(v1\\.0|beta)/', probability: 0.2, ...kind })),
      seed,
    );
    const run = await scan({ retries: 5 });
    expect(run.requests.retried).toBeGreaterThan(10);
    expect(run.requests.throttled).toBeGreaterThan(3);
    expect(complaintsOf(run, new Set())).toEqual([]);
  });
});
