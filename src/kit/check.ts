import type { Reason } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { ControlRef, Reference, Remediation } from '../model/run-record.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ServicePlan, Tenant } from '../model/tenant.ts';
import type { Severity } from '../model/verdict.ts';
import type { AnyOf, EvidenceFor, MaybeEvidenceFor, Needs, NonEmpty } from './dataset.ts';

/**
 * What a check may conclude. `notLicensed` and `error` are the runner's words, not the check's. A pass may say in one
 * plain sentence what it tolerated or left aside.
 */
export type Judgement =
  | { verdict: 'pass'; examined: number; because?: string }
  | { verdict: 'fail'; examined: number; findings: NonEmpty<Finding> }
  | { verdict: 'manual'; steps: NonEmpty<string> }
  | { verdict: 'notApplicable'; because: string };

export interface CheckContext {
  /** The time the evidence is judged at: when it was collected. The only clock a check may use. */
  readonly now: Date;
  readonly tenant: Tenant;
  readonly settings: Settings;
  /** The shipped advisory data: builds, lifecycle dates, retirements. */
  readonly snapshot: Snapshot;
}

/** One rule over evidence. One file in `checks/<area>/`; the file name is the id. */
export interface Check<N extends Needs = Needs, W extends Needs = Needs, L extends Needs = Needs> {
  /** `<thing>-<failing state>`, kebab-case, at most 40 characters; never renamed or reused. */
  id: string;
  /** True when the tenant passes; no full stop. */
  title: string;
  /** True when it fails; no full stop. */
  failTitle: string;
  /** What goes wrong if nobody acts, for a business owner, 1 to 3 sentences. */
  why: string;
  severity: Severity;
  controls: readonly ControlRef[];
  /** At least one Microsoft Learn page. */
  references: readonly Reference[];
  /** What the control itself needs; absent = every tenant. */
  servicePlans?: AnyOf<ServicePlan>;
  remediation: Omit<Remediation, 'steps'> & { steps: NonEmpty<string> };
  /** Datasets, as objects: `evaluate` gets exactly these, typed. */
  needs: N;
  /**
   * Datasets of features that a tenant may not have bought. Unread for want of a licence they mean that nothing is there
   * (no Conditional Access policies, no eligible roles), and the check decides by the rest; unread for any other reason
   * the runner says `error`. They arrive as `Collected`: read, or unread with the reason `license`.
   */
  needsIfLicensed?: L;
  /** Datasets that sharpen the answer and never change the verdict; they arrive as `Collected`, readable or not. */
  wants?: W;
  /** Pure and synchronous: no clock but `context.now`, no network, no randomness, no exceptions for control flow. */
  evaluate(evidence: EvidenceFor<N> & MaybeEvidenceFor<L> & MaybeEvidenceFor<W>, context: CheckContext): Judgement;
}

// biome-ignore lint/complexity/noBannedTypes: `{}` is "no such datasets", as in the design's contract
export function defineCheck<const N extends Needs, const W extends Needs = {}, const L extends Needs = {}>(check: Check<N, W, L>): Check<N, W, L> {
  return check;
}

// biome-ignore lint/suspicious/noExplicitAny: evidence types of different checks have no common ancestor
export type AnyCheck = Check<any, any, any>;

/** `fail` with the findings, or `pass` when there are none. `because` is the remark of the pass: what was tolerated. */
export function failIfAny(findings: readonly Finding[], examined: number, because?: string): Judgement {
  const [first, ...others] = findings;
  if (first) return { verdict: 'fail', examined, findings: [first, ...others] };
  return { verdict: 'pass', examined, ...(because ? { because } : {}) };
}

/**
 * The evidence itself holds no answer (the service sent null, or a value it had not published when this check was
 * written). The runner turns it into `error` with this cause: it is neither a pass nor a fail.
 */
export class UnknownEvidence extends Error {
  override name = 'UnknownEvidence';
  readonly fix: string | undefined;
  /** Why, where an optional dataset that could not be read would have had to decide. */
  readonly reason: Reason | undefined;
  constructor(detail: string, fix?: string, reason?: Reason) {
    super(detail);
    this.fix = fix;
    this.reason = reason;
  }
}
