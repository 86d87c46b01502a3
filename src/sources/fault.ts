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
  constructor(fault: Fault) {
    super(fault.detail);
    this.fault = fault;
  }
}
