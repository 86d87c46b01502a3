import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import type { AnyCheck, AnyDataset, CheckContext, Collected, Judgement } from '../../src/kit/kit.ts';
import { UnknownEvidence } from '../../src/kit/kit.ts';
import type { Unread } from '../../src/model/evidence.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { untold } from './untold.ts';

/** Rows per need or want; an `Unread` value stands for a dataset that could not be read. */
type Rows = Readonly<Record<string, readonly unknown[] | Readonly<Record<string, readonly unknown[]>> | Unread>>;
type Expected = 'pass' | 'manual' | 'notApplicable' | 'unknown' | { pass: number } | { fail: readonly string[] };

export interface Case {
  /** A sentence: "passes on the 90th day". */
  it: string;
  /**
   * Rows as Graph gives them, per need or want; they go through the dataset's schema and reducer. A dataset with
   * `each` takes an object: key → rows. A want that is left out is unread, a `needsIfLicensed` is unlicensed.
   */
  evidence: Rows;
  /** `fail`: the ids of all subjects named, in any order. `unknown`: the check says that the evidence holds no answer. */
  expect: Expected;
  context?: Partial<CheckContext>;
  /** Extra assertions on the judgement: wording, facts. */
  and?: (judgement: Judgement) => void;
}

export const tableContext: CheckContext = {
  now: new Date('2026-08-20T12:00:00Z'),
  tenant: { id: '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001', name: 'Contoso', domain: 'contoso.com', servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2', 'INTUNE_A'] },
  settings: defaultSettings,
  snapshot: loadSnapshot(),
};

/**
 * Runs a check's table, strictly: at least one pass and one fail, no two cases with one name or one evidence, rows
 * valid for the dataset, evidence frozen, the same answer twice and on reversed rows, every need read by some case, and
 * words in every language for what the check says.
 */
export function checkTable(check: AnyCheck, cases: readonly Case[]): void {
  describe(check.id, () => {
    const read = new Set<string>();
    it.each(cases.map((each) => [each.it, each] as const))('%s', (_name, row) => runCase(check, row, read));
    it('has a table that proves something', () => {
      const kinds = cases.map((row) => kindOf(row.expect));
      // What a person must look at anyway has neither.
      const byHand = kinds.every((kind) => kind === 'manual' || kind === 'notApplicable');
      if (!byHand) expect(kinds, 'at least one passing and one failing case').toEqual(expect.arrayContaining(['pass', 'fail']));
      expectUnique(
        cases.map((row) => row.it),
        'case names',
      );
      expectUnique(
        cases.map((row) => JSON.stringify([row.evidence, row.context ?? null])),
        'case evidence',
      );
    });
    it('says nothing that a translation has no words for', () => {
      expect([...new Set(cases.flatMap((row) => untold(check, answer(check, row, read))))]).toEqual([]);
    });
    it('reads every need', () => {
      for (const row of cases) judge(check, row, read);
      expect([...read].sort()).toEqual(expect.arrayContaining([...Object.keys(check.needs), ...Object.keys(optionalOf(check))]));
    });
  });
}

function runCase(check: AnyCheck, row: Case, read: Set<string>): void {
  const judgement = judge(check, row, read);
  expect(judge(check, row, read), 'judged twice').toEqual(judgement);
  expect(sorted(judge(check, { ...row, evidence: reversed(row.evidence) }, read)), 'rows reversed').toEqual(sorted(judgement));
  expectJudgement(judgement, row.expect);
  if (judgement !== 'unknown') row.and?.(judgement);
}

function judge(check: AnyCheck, row: Case, read: Set<string>): Judgement | 'unknown' {
  const said = answer(check, row, read);
  return said instanceof UnknownEvidence ? 'unknown' : said;
}

function answer(check: AnyCheck, row: Case, read: Set<string>): Judgement | UnknownEvidence {
  const evidence: Record<string, unknown> = {};
  for (const [name, dataset] of Object.entries(check.needs as Record<string, AnyDataset>)) {
    const given = row.evidence[name];
    if (!given || isUnread(given)) throw new Error(`case "${row.it}" must give rows for the need "${name}"`);
    evidence[name] = fold(dataset, given);
  }
  for (const [name, dataset] of Object.entries(optionalOf(check))) {
    evidence[name] = collected(dataset, row.evidence[name], name in (check.needsIfLicensed ?? {}) ? 'license' : 'permission');
  }
  const known = new Set([...Object.keys(check.needs), ...Object.keys(optionalOf(check))]);
  for (const name of Object.keys(row.evidence)) if (!known.has(name)) throw new Error(`case "${row.it}": "${name}" is neither need nor want`);
  try {
    return check.evaluate(watched(deepFreeze(evidence), read), { ...tableContext, ...row.context });
  } catch (error) {
    if (error instanceof UnknownEvidence) return error;
    throw error;
  }
}

/** Datasets that arrive as `Collected`. */
function optionalOf(check: AnyCheck): Record<string, AnyDataset> {
  return { ...check.needsIfLicensed, ...check.wants };
}

function collected(dataset: AnyDataset, given: Rows[string] | undefined, missing: Unread['reason']): Collected<unknown> {
  if (given === undefined) return { ok: false, reason: missing, detail: 'left out of the case' };
  if (isUnread(given)) return given;
  return { ok: true, kept: fold(dataset, given), items: 1, pages: 1, at: '2026-08-20T12:00:00Z' };
}

function fold(dataset: AnyDataset, given: Exclude<Rows[string], Unread>): unknown {
  let kept = dataset.keep.start();
  const chains: [string | undefined, readonly unknown[]][] = Array.isArray(given)
    ? [[undefined, given]]
    : Object.entries(given as Record<string, readonly unknown[]>);
  if (dataset.each && Array.isArray(given) && given.length > 0) throw new Error(`${dataset.id} has \`each\`: give key → rows`);
  for (const [key, rows] of chains) for (const row of rows) kept = dataset.keep.add(kept, dataset.row.parse(structuredClone(row)), key);
  return kept;
}

function reversed(evidence: Rows): Rows {
  const turn = (given: Rows[string]): Rows[string] => {
    if (Array.isArray(given)) return [...given].reverse();
    if (isUnread(given)) return given;
    return Object.fromEntries(
      Object.entries(given)
        .reverse()
        .map(([key, rows]) => [key, [...(rows as unknown[])].reverse()]),
    );
  };
  return Object.fromEntries(Object.entries(evidence).map(([name, given]) => [name, turn(given)]));
}

function isUnread(given: unknown): given is Unread {
  return typeof given === 'object' && given !== null && (given as Unread).ok === false && 'reason' in given;
}

function watched(evidence: Record<string, unknown>, read: Set<string>): never {
  return new Proxy(evidence, {
    get: (target, name) => {
      read.add(String(name));
      return target[String(name)];
    },
  }) as never;
}

function expectJudgement(judgement: Judgement | 'unknown', expected: Expected): void {
  const said = typeof judgement === 'string' ? judgement : judgement.verdict;
  const wanted = typeof expected === 'string' ? expected : kindOf(expected);
  expect(said, JSON.stringify(judgement)).toBe(wanted);
  if (typeof judgement === 'string' || typeof expected === 'string') return;
  if ('pass' in expected) expect(judgement).toMatchObject({ examined: expected.pass });
  if ('fail' in expected && judgement.verdict === 'fail')
    expect(judgement.findings.map((finding) => finding.subject.id).sort()).toEqual([...expected.fail].sort());
}

function kindOf(expected: Expected): string {
  if (typeof expected === 'string') return expected;
  return 'pass' in expected ? 'pass' : 'fail';
}

function sorted(judgement: Judgement | 'unknown'): unknown {
  if (judgement === 'unknown' || judgement.verdict !== 'fail') return judgement;
  return { ...judgement, findings: judgement.findings.map((finding) => JSON.stringify(finding)).sort() };
}

function expectUnique(values: readonly string[], what: string): void {
  expect(
    values.filter((value, at) => values.indexOf(value) !== at),
    `${what} given twice`,
  ).toEqual([]);
}

/** Freezes objects and arrays; Maps and Sets throw when changed. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    const refuse = () => {
      throw new TypeError('evidence is read-only');
    };
    Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse });
    for (const item of value.values()) deepFreeze(item);
  } else for (const item of Object.values(value)) deepFreeze(item);
  return Object.freeze(value);
}
