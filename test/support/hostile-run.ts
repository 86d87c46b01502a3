import type { RunRecord } from '../../src/model/run-record.ts';
import { checkMeta, hostileNames, sampleRun } from './sample-run.ts';

/** More than names may hold: every kind of character that some format cannot write. */
export const hostileTexts: readonly string[] = [
  ...hostileNames,
  '\u0000null\u0000byte',
  '\ufffe\uffff not characters',
  '\u0085next line\u2028separator\u2029',
  ']]> <!-- --> &amp; &#0; &unknown;',
  '_x000D_ _x0041_',
  '{0} {1} {{x}} ](https://attacker.example) [a](1)',
  '../../etc/passwd',
  '..',
  '%00%2e%2e%2f',
  '\u200f\u202eevil\u202c',
  '```\n# heading\n- item',
  '😀 Büro 林',
  ' ',
];

/** A run in which everything that a tenant, a config or a person may write is hostile, in every verdict. */
export function hostileRun(): RunRecord {
  const [base] = [sampleRun()];
  const text = (at: number) => hostileTexts[at % hostileTexts.length] as string;
  const findings = hostileTexts.map((each, at) => ({
    subject: { type: text(at + 1).trim() || 'user', id: `${at} ${each}`, name: each },
    message: `${each} is in the way.`,
    facts: { [each || 'empty']: text(at + 2), count: at },
  }));
  const accepted = { reason: text(0), approvedBy: text(15), until: '2999-12-31' };
  const results: RunRecord['results'] = [
    { check: 'all-open', verdict: 'fail', examined: 3, findings, owner: text(5), since: text(3) },
    { check: 'part-accepted', verdict: 'fail', findings, accepted: { ...accepted, subjects: findings.slice(0, 5).map(({ subject }) => subject.id) } },
    { check: 'whole-accepted', verdict: 'fail', findings: findings.slice(0, 2), accepted },
    { check: 'by-hand', verdict: 'manual', steps: [...hostileTexts] },
    { check: 'not-judged', verdict: 'error', cause: { reason: 'shape', detail: hostileTexts.join(' '), fix: text(16) } },
    { check: 'not-here', verdict: 'notApplicable', because: hostileTexts.join(' ') },
    { check: 'in-order', verdict: 'pass', examined: 0, because: text(0) },
  ];
  return sampleRun({
    tenant: { ...base.tenant, name: hostileTexts.join(' '), domain: text(13) },
    checks: results.map(({ check }) => checkMeta({ id: check })),
    results,
    controls: hostileTexts.map((each, at) => ({
      framework: 'Own',
      id: `${at} ${each}`,
      verdict: at % 2 ? 'pass' : 'fail',
      checks: ['all-open', 'gone-check'],
    })),
    measures: hostileTexts.map((each, at) => ({ id: `m${at}`, label: each, value: null, unit: 'count', because: each, dataDate: '2026-08-19' })),
    retirements: hostileTexts.map((each, at) => ({
      ...{ id: `r${at}`, title: each, date: at % 2 ? '2027-02-31' : null, daysLeft: null, exposure: 'exposed', messageCenterIds: [each], because: each },
      subjects: [{ type: 'user', id: String(at), name: each }],
    })),
  });
}

/** A run of a tenant in which nothing could be asked. */
export function emptyRun(): RunRecord {
  return sampleRun({
    ...{
      checks: [],
      results: [],
      controls: [],
      measures: [],
      retirements: [],
      datasets: [],
      score: { value: null, coverage: null, because: 'Nothing was asked.' },
    },
    tenant: { id: 't', name: '', domain: '', servicePlans: null },
  });
}
