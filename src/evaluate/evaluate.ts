import type { AnyCheck, AnyDataset, CheckContext } from '../kit/kit.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { Accepted, CheckResult } from '../model/run-record.ts';
import type { Area } from '../model/verdict.ts';
import { type Besides, judge } from './judge.ts';

export { sharing } from './sharing.ts';

/** A risk accepted by the config, and who looks after what. */
export interface Annotations {
  accept: readonly { check: string; subject?: string | undefined; reason: string; approvedBy: string; until: string }[];
  owners: readonly { check?: string | undefined; area?: string | undefined; owner: string }[];
}

/** Judges every check by itself: one that breaks never hides another. `licences` = the dataset that tells the tenant's service plans. */
export function evaluateChecks(
  checks: readonly { check: AnyCheck; area: Area }[],
  evidence: EvidenceSet,
  context: CheckContext,
  licences: AnyDataset,
  annotations: Annotations,
  besides?: Besides,
): CheckResult[] {
  return checks.map(({ check, area }) => annotate(judge(check, evidence, context, licences, besides), area, context.now, annotations));
}

function annotate(result: CheckResult, area: Area, now: Date, { accept, owners }: Annotations): CheckResult {
  const owner = owners.find((each) => each.check === result.check) ?? owners.find((each) => each.check === undefined && each.area === area);
  const accepted = result.verdict === 'fail' ? acceptedOf(result, now, accept) : undefined;
  return { ...result, ...(accepted ? { accepted } : {}), ...(owner ? { owner: owner.owner } : {}) };
}

/** The acceptance in force: of the whole check, or of named subjects that it still finds. It is over when its last day has passed. */
function acceptedOf(result: CheckResult, now: Date, accept: Annotations['accept']): Accepted | undefined {
  const today = now.toISOString().slice(0, 10);
  const inForce = accept.filter((each) => each.check === result.check && each.until >= today);
  const whole = inForce.find((each) => each.subject === undefined);
  if (whole) return { reason: whole.reason, approvedBy: whole.approvedBy, until: whole.until };
  const matched = inForce.flatMap((each) =>
    (result.findings ?? [])
      .filter(({ subject }) => subject.id === each.subject || subject.name === each.subject)
      .map(({ subject }) => ({ id: subject.id, each })),
  );
  const [first] = matched;
  if (!first) return undefined;
  const until = matched.map(({ each }) => each.until).sort()[0] as string;
  return { reason: first.each.reason, approvedBy: first.each.approvedBy, until, subjects: [...new Set(matched.map(({ id }) => id))].sort() };
}
