import check from '../../../checks/retirements/application-guard-office-on.ts';
import { otherProfile, target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const classic = (value: unknown, change: Record<string, unknown> = {}) => ({
  '@odata.type': '#microsoft.graph.windows10EndpointProtectionConfiguration',
  id: 'e1',
  displayName: 'Endpoint protection',
  assignments: [target.allDevices],
  applicationGuardEnabledOptions: value,
  ...change,
});
const definition = 'device_vendor_msft_windowsdefenderapplicationguard_settings_allowwindowsdefenderapplicationguard';
const catalog = (option: string, change: Record<string, unknown> = {}) => ({
  id: 'c1',
  name: 'Isolation',
  assignments: [target.allDevices],
  settings: [{ settingInstance: { settingDefinitionId: definition, choiceSettingValue: { value: `${definition}_${option}` } } }],
  ...change,
});
const both = (deviceConfigurations: unknown[], configurationPolicies: unknown[] = []) => ({ deviceConfigurations, configurationPolicies });

checkTable(check, [
  { it: 'passes without policies', evidence: both([otherProfile]), expect: { pass: 0 } },
  { it: 'passes where it is off', evidence: both([classic('notConfigured')], [catalog('0')]), expect: { pass: 2 } },
  { it: 'passes where it is on for Edge alone', evidence: both([classic('enabledForEdge')], [catalog('1')]), expect: { pass: 2 } },
  { it: 'fails where it is on for Office', evidence: both([classic('enabledForOffice')], [catalog('2')]), expect: { fail: ['c1', 'e1'] } },
  { it: 'fails where it is on for both', evidence: both([classic('enabledForEdgeAndOffice')], [catalog('3')]), expect: { fail: ['c1', 'e1'] } },
  { it: 'passes a policy for nobody', evidence: both([classic('enabledForOffice', { assignments: [] })]), expect: { pass: 0 } },
  { it: 'is unknown without a value', evidence: both([classic(null)]), expect: 'unknown' },
  { it: 'is unknown with a value nobody knows', evidence: both([], [catalog('9')]), expect: 'unknown' },
  { it: 'fails in spite of one that is unknown', evidence: both([classic(null)], [catalog('2')]), expect: { fail: ['c1'] } },
]);
