import type { AnyCheck, AnyDataset, CheckContext, Judgement, Needs } from '../kit/kit.ts';
import { UnknownEvidence } from '../kit/kit.ts';
import type { Collected, EvidenceSet, Unread } from '../model/evidence.ts';
import { Finding, isPlainFinding } from '../model/finding.ts';
import type { Cause, CheckResult } from '../model/run-record.ts';
import { type Sharing, sharing } from './sharing.ts';

/** Hears of a check that broke, for `--debug`: the record itself quotes nothing of an exception. */
export type OnException = (check: string, error: unknown) => void;

export interface Besides {
  onException?: OnException | undefined;
  /** Where checks are judged one after the other: what their findings have in common. */
  share?: Sharing;
}

/**
 * One verdict. Precedence: the control is not licensed; a needed dataset is unreadable (for want of a licence, or for
 * any other reason); the check throws; else what the check says.
 */
export function judge(check: AnyCheck, evidence: EvidenceSet, context: CheckContext, licences: AnyDataset, besides: Besides = {}): CheckResult {
  return unlicensed(check, evidence, context, licences) ?? unread(check, evidence) ?? evaluate(check, evidence, context, besides);
}

function unlicensed(check: AnyCheck, evidence: EvidenceSet, { tenant }: CheckContext, licences: AnyDataset): CheckResult | undefined {
  const plans: readonly string[] | undefined = check.servicePlans;
  if (!plans) return undefined;
  const { servicePlans: owned } = tenant;
  if (owned === null) {
    const read = evidence.get(licences.id);
    const cause: Cause =
      read && !read.ok ? causeOf(licences.id, read) : { reason: 'unavailable', dataset: licences.id, detail: 'The service plans of the tenant are not known.' };
    return { check: check.id, verdict: 'error', cause };
  }
  if (plans.some((plan) => owned.includes(plan))) return undefined;
  const cause: Cause = {
    reason: 'license',
    detail: `The tenant owns none of the service plans this needs: ${plans.join(', ')}.`,
    fix: `A subscription with ${plans.join(' or ')} would make it possible.`,
  };
  return { check: check.id, verdict: 'notLicensed', cause };
}

/** The first need that is unreadable; one that lacks a licence decides, because nothing else would help without it. */
function unread(check: AnyCheck, evidence: EvidenceSet): CheckResult | undefined {
  const unreadOf = (needs: Needs | undefined) =>
    Object.values(needs ?? {}).flatMap((dataset) => {
      const collected = collectedOf(dataset, evidence);
      return collected.ok ? [] : [{ dataset, collected }];
    });
  // Without a licence there is nothing to read in these: that is an answer, and the check's to judge.
  const bought = unreadOf(check.needsIfLicensed).filter(({ collected }) => collected.reason !== 'license');
  const missing = [...unreadOf(check.needs), ...bought];
  const worst = missing.find(({ collected }) => collected.reason === 'license') ?? missing[0];
  if (!worst) return undefined;
  const verdict = worst.collected.reason === 'license' ? 'notLicensed' : 'error';
  return { check: check.id, verdict, cause: causeOf(worst.dataset.id, worst.collected) };
}

function evaluate(check: AnyCheck, evidence: EvidenceSet, context: CheckContext, { onException = () => {}, share = sharing() }: Besides): CheckResult {
  const given: Record<string, unknown> = {};
  for (const [name, dataset] of Object.entries(check.needs as Needs)) given[name] = (collectedOf(dataset, evidence) as { kept: unknown }).kept;
  for (const [name, dataset] of Object.entries({ ...check.needsIfLicensed, ...check.wants } as Needs)) given[name] = collectedOf(dataset, evidence);
  try {
    return resultOf(check.id, check.evaluate(given as never, context), share);
  } catch (error) {
    if (!(error instanceof UnknownEvidence)) onException(check.id, error);
    return { check: check.id, verdict: 'error', cause: thrown(check, error) };
  }
}

const lookYourself = 'Look at the setting by hand, and update tidytenant: a newer version may know the value.';

function thrown(check: AnyCheck, error: unknown): Cause {
  if (error instanceof UnknownEvidence) return { reason: error.reason ?? 'shape', detail: error.message, fix: error.fix ?? lookYourself };
  // The message of an unexpected exception may quote tenant data; its class is enough to find it with --debug.
  const kind = error instanceof Error ? error.name : 'an exception';
  return { reason: 'check', detail: `The check ${check.id} stopped with ${kind}.`, fix: 'Run again with --debug and report it.' };
}

/** Checks the check: a fail names somebody, findings are well-formed, and their order does not depend on the evidence's. */
function resultOf(check: string, judgement: Judgement, share: Sharing): CheckResult {
  if (judgement.verdict !== 'fail') return { check, ...judgement } as CheckResult;
  for (const finding of judgement.findings) if (!isPlainFinding(finding)) Finding.parse(finding);
  const findings = judgement.findings.map(share.finding).sort(byFinding);
  if (findings.length === 0) throw new Error('a fail without findings');
  return { check, verdict: 'fail', examined: judgement.examined, findings };
}

function byFinding(a: Finding, b: Finding): number {
  return (
    compare(a.subject.type, b.subject.type) || compare(a.subject.name, b.subject.name) || compare(a.subject.id, b.subject.id) || compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function collectedOf(dataset: AnyDataset, evidence: EvidenceSet): Collected<unknown> {
  return evidence.get(dataset.id) ?? { ok: false, reason: 'partial', detail: `${dataset.id} was not collected.`, fix: 'Collect the evidence again.' };
}

function causeOf(dataset: string, { reason, detail, fix }: Unread): Cause {
  return { reason, dataset, detail, ...(fix ? { fix } : {}) };
}
