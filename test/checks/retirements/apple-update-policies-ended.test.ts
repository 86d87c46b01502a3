import check from '../../../checks/retirements/apple-update-policies-ended.ts';
import { otherProfile, ring, target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const policy = (change: Record<string, unknown> = {}) => ({
  '@odata.type': '#microsoft.graph.iosUpdateConfiguration',
  id: 'i1',
  displayName: 'iPhone updates',
  assignments: [target.allDevices],
  ...change,
});
const mac = { '@odata.type': '#microsoft.graph.macOSSoftwareUpdateConfiguration', id: 'm1' };

checkTable(check, [
  { it: 'passes without such policies', evidence: { deviceConfigurations: [ring(), otherProfile] }, expect: { pass: 0 } },
  { it: 'passes without any policy', evidence: { deviceConfigurations: [] }, expect: { pass: 0 } },
  { it: 'fails a policy for iPhones and one for Macs', evidence: { deviceConfigurations: [policy(), policy(mac)] }, expect: { fail: ['i1', 'm1'] } },
  { it: 'passes a policy for nobody', evidence: { deviceConfigurations: [policy({ assignments: [] })] }, expect: { pass: 1 } },
  { it: 'passes a policy that only excludes', evidence: { deviceConfigurations: [policy({ assignments: [target.without('g1')] })] }, expect: { pass: 1 } },
  {
    it: 'fails a target of a kind nobody knows yet',
    evidence: { deviceConfigurations: [policy({ assignments: [target.strange] })] },
    expect: { fail: ['i1'] },
  },
]);
