import check from '../../../checks/updates/office-deployment-channel-slow.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'o1',
  displayName: 'Microsoft 365 Apps',
  isAssigned: true,
  updateChannel: 'monthlyEnterprise',
  ...change,
});
const xml = (channel: string) =>
  btoa(`<Configuration><Add OfficeClientEdition="64" Channel="${channel}"><Product ID="O365ProPlusRetail"/></Add></Configuration>`);
const apps = (...changes: Record<string, unknown>[]) => ({ officeSuiteApps: changes.map((change) => app(change)) });

checkTable(check, [
  { it: 'passes with a monthly channel', evidence: apps({}), expect: { pass: 1 } },
  { it: 'passes with the preview of the current channel', evidence: apps({ updateChannel: 'firstReleaseCurrent' }), expect: { pass: 1 } },
  { it: 'fails with the half-yearly channel', evidence: apps({ updateChannel: 'deferred' }, { id: 'o2' }), expect: { fail: ['o1'] } },
  { it: 'fails with the preview of the half-yearly channel', evidence: apps({ updateChannel: 'firstReleaseDeferred' }), expect: { fail: ['o1'] } },
  { it: 'is unknown when an XML file sets the channel and did not come', evidence: apps({ updateChannel: 'none' }), expect: 'unknown' },
  {
    it: 'passes with a monthly channel in the XML',
    evidence: apps({ updateChannel: 'none', officeConfigurationXml: xml('MonthlyEnterprise') }),
    expect: { pass: 1 },
  },
  {
    it: 'fails with the half-yearly channel in the XML',
    evidence: apps({ updateChannel: 'none', officeConfigurationXml: xml('SemiAnnual') }),
    expect: { fail: ['o1'] },
  },
  {
    it: 'fails with the old name of the half-yearly channel',
    evidence: apps({ updateChannel: 'none', officeConfigurationXml: xml('Broad') }),
    expect: { fail: ['o1'] },
  },
  {
    it: 'is unknown with a channel of the XML nobody knows yet',
    evidence: apps({ updateChannel: 'none', officeConfigurationXml: xml('Constructor') }),
    expect: 'unknown',
  },
  { it: 'is unknown when the XML cannot be read', evidence: apps({ updateChannel: 'none', officeConfigurationXml: '<plain>' }), expect: 'unknown' },
  { it: 'is unknown without a channel', evidence: apps({ updateChannel: null }), expect: 'unknown' },
  { it: 'is unknown when the assignment is not told', evidence: apps({ isAssigned: null }), expect: 'unknown' },
  { it: 'leaves out deployments that nobody gets', evidence: apps({ isAssigned: false, updateChannel: 'deferred' }), expect: 'notApplicable' },
  { it: 'does not apply without deployments', evidence: { officeSuiteApps: [] }, expect: 'notApplicable' },
]);
