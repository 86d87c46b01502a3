import check from '../../../checks/retirements/publisher-still-deployed.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'o1',
  displayName: 'Microsoft 365 Apps',
  isAssigned: true,
  updateChannel: 'monthlyEnterprise',
  productIds: ['o365ProPlusRetail'],
  excludedApps: { publisher: true },
  ...change,
});
const of = (...changes: Record<string, unknown>[]) => ({ officeSuiteApps: changes.map((change) => app(change)) });
const xml = (text: string) => ({ officeConfigurationXml: btoa(text), excludedApps: null, updateChannel: 'none', productIds: [] });
const suite = (inside: string) => `<Configuration><Add><Product ID="O365ProPlusRetail">${inside}</Product></Add></Configuration>`;

checkTable(check, [
  { it: 'passes where it is left out', evidence: of({}), expect: { pass: 1 } },
  { it: 'fails where it is not', evidence: of({ excludedApps: { publisher: false } }), expect: { fail: ['o1'] } },
  { it: 'passes with Visio alone', evidence: of({ productIds: ['visioProRetail'], excludedApps: { publisher: false } }), expect: { pass: 1 } },
  { it: 'is unknown without settings', evidence: of({ excludedApps: null }), expect: 'unknown' },
  { it: 'is unknown where the setting is null', evidence: of({ excludedApps: { publisher: null } }), expect: 'unknown' },
  { it: 'passes with an XML that leaves it out', evidence: of(xml(suite('<ExcludeApp ID="Publisher" />'))), expect: { pass: 1 } },
  { it: 'fails with an XML that does not', evidence: of(xml(suite('<ExcludeApp ID="Groove" />'))), expect: { fail: ['o1'] } },
  {
    it: 'passes with an XML for Visio alone',
    evidence: of(xml('<Configuration><Add><Product ID="VisioProRetail"/></Add></Configuration>')),
    expect: { pass: 1 },
  },
  { it: 'is unknown with an XML that cannot be read', evidence: of({ ...xml(''), officeConfigurationXml: '%%%' }), expect: 'unknown' },
  { it: 'does not apply where nothing is assigned', evidence: of({ isAssigned: false, excludedApps: { publisher: false } }), expect: 'notApplicable' },
  { it: 'does not apply without deployments', evidence: of(), expect: 'notApplicable' },
  { it: 'is unknown where the assignment is not told', evidence: of({ isAssigned: null }), expect: 'unknown' },
  { it: 'fails with an XML that leaves it out in a comment', evidence: of(xml(suite('<!-- <ExcludeApp ID="Publisher" /> -->'))), expect: { fail: ['o1'] } },
]);
