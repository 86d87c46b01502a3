import { randomBytes, randomUUID } from 'node:crypto';

export interface DeviceCodes {
  start(): { deviceCode: string; userCode: string };
  /** One poll of the client; nobody types the code, it approves itself after some polls. */
  poll(deviceCode: string): 'pending' | 'approved' | 'unknown';
}

export function makeDeviceCodes(pollsUntilApproved: number): DeviceCodes {
  const polls = new Map<string, number>();
  return {
    start: () => {
      const deviceCode = randomUUID();
      polls.set(deviceCode, 0);
      return { deviceCode, userCode: randomBytes(5).toString('hex').toUpperCase().slice(0, 9) };
    },
    poll: (deviceCode) => {
      const seen = polls.get(deviceCode);
      if (seen === undefined) return 'unknown';
      polls.set(deviceCode, seen + 1);
      if (seen + 1 <= pollsUntilApproved) return 'pending';
      polls.delete(deviceCode);
      return 'approved';
    },
  };
}
