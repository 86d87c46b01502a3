import check from '../../../checks/updates/office-deployment-channel-slow.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'o1',
  displayName: 'Microsoft 365 Apps',
  isAssigned: true,
  updateChannel: 'monthlyEnterprise',
  ...change,
});
const apps = (...changes: Record<string, unknown>[]) => ({ officeSuiteApps: changes.map((change) => app(change)) });

checkTable(check, [
  { it: 'passes with a monthly channel', evidence: apps({}), expect: { pass: 1 } },
  { it: 'passes with the preview of the current channel', evidence: apps({ updateChannel: 'firstReleaseCurrent' }), expect: { pass: 1 } },
  { it: 'fails with the half-yearly channel', evidence: apps({ updateChannel: 'deferred' }, { id: 'o2' }), expect: { fail: ['o1'] } },
  { it: 'fails with the preview of the half-yearly channel', evidence: apps({ updateChannel: 'firstReleaseDeferred' }), expect: { fail: ['o1'] } },
  { it: 'is unknown when an XML file sets the channel', evidence: apps({ updateChannel: 'none' }), expect: 'unknown' },
  { it: 'is unknown without a channel', evidence: apps({ updateChannel: null }), expect: 'unknown' },
  { it: 'is unknown when the assignment is not told', evidence: apps({ isAssigned: null }), expect: 'unknown' },
  { it: 'leaves out deployments that nobody gets', evidence: apps({ isAssigned: false, updateChannel: 'deferred' }), expect: 'notApplicable' },
  { it: 'does not apply without deployments', evidence: { officeSuiteApps: [] }, expect: 'notApplicable' },
]);
