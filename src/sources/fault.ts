import type { Reason } from '../model/evidence.ts';

/** Why a read failed, in words for a person. Holds no token, no header and no body of the service. */
export interface Fault {
  reason: Reason;
  detail: string;
  fix?: string;
  requestId?: string;
}

export class SourceFault extends Error {
  override name = 'SourceFault';
  readonly fault: Fault;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  constructor(fault: Fault, status?: number) {
    super(fault.detail);
    this.fault = fault;
    this.status = status;
  }
}

/** What was read so far is worth nothing; read from the beginning, the list may come whole. */
export class BegunAgain extends Error {
  override name = 'BegunAgain';
  /** What to say when it goes on happening. */
  readonly last: SourceFault;
  /** The list must not be cut: the service does not honour the parts. */
  readonly uncut: boolean;
  constructor(last: SourceFault, uncut: boolean) {
    super(last.message);
    this.last = last;
    this.uncut = uncut;
  }
}
