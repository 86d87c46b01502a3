/** What the author of a check or a dataset imports. Small and stable. */

export type { Collected, EvidenceSet, Read, Unread } from '../model/evidence.ts';
export type { Finding, Subject } from '../model/finding.ts';
export type { Tenant } from '../model/tenant.ts';
export { type AnyCheck, type Check, type CheckContext, defineCheck, failIfAny, type Judgement, UnknownEvidence } from './check.ts';
export {
  type AnyDataset,
  type AnyOf,
  type Dataset,
  type DeepReadonly,
  defineDataset,
  type Each,
  type EvidenceFor,
  eachOf,
  eachOfAll,
  type KeptOf,
  keepOne,
  keepRows,
  type MaybeEvidenceFor,
  type Needs,
  type NonEmpty,
  parentsOf,
  type Reducer,
} from './dataset.ts';
