import check from '../../../checks/updates/office-channel-slow.ts';
import { checkTable } from '../../support/check-table.ts';

const channel = (updateChannel: unknown) => ({ installationOptions: [{ updateChannel }] });

checkTable(check, [
  { it: 'passes with the current channel', evidence: channel('current'), expect: { pass: 1 } },
  { it: 'passes with the monthly channel for companies', evidence: channel('monthlyEnterprise'), expect: { pass: 1 } },
  { it: 'fails with the half-yearly channel', evidence: channel('semiAnnual'), expect: { fail: ['0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001'] } },
  { it: 'is unknown with a channel nobody knows yet', evidence: channel('unknownFutureValue'), expect: 'unknown' },
  { it: 'is unknown without a channel', evidence: channel(null), expect: 'unknown' },
  { it: 'is unknown when the service sent nothing', evidence: { installationOptions: [] }, expect: 'unknown' },
]);
