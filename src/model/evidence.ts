import * as z from 'zod';

/** Why a dataset could not be read. */
export const Reason = z.enum(['permission', 'license', 'throttled', 'unavailable', 'shape', 'partial']);
export type Reason = z.infer<typeof Reason>;

export interface Unread {
  ok: false;
  reason: Reason;
  /** One sentence: what was asked and what came back. Never holds a token or a body of the service. */
  detail: string;
  /** What a person does about it. */
  fix?: string;
  /** Microsoft's request id, for a support case. */
  requestId?: string;
}

export interface Read<Kept> {
  ok: true;
  kept: Kept;
  items: number;
  pages: number;
  /** When the last page arrived, ISO 8601. */
  at: string;
}

/** What collection yields. An unreadable dataset is a value with a reason, never an empty list. */
export type Collected<Kept> = Read<Kept> | Unread;

/** By dataset id. A dataset that is not in the map was not asked for. */
export type EvidenceSet = ReadonlyMap<string, Collected<unknown>>;
