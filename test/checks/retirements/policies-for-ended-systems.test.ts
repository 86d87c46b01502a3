import { expect } from 'vitest';
import check from '../../../checks/retirements/policies-for-ended-systems.ts';
import { target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const policy = (kind: string, change: Record<string, unknown> = {}) => ({
  '@odata.type': `#microsoft.graph.${kind}`,
  id: kind,
  displayName: kind,
  assignments: [target.allDevices],
  ...change,
});
const evidence = (configurations: string[], compliance: string[] = []) => ({
  deviceConfigurations: configurations.map((kind) => policy(kind)),
  compliancePolicies: compliance.map((kind) => policy(kind)),
});
const ended = ['windowsPhone81GeneralConfiguration', 'windows81GeneralConfiguration', 'androidGeneralDeviceConfiguration', 'androidWiFiConfiguration'];
const endedCompliance = ['androidCompliancePolicy', 'windowsPhone81CompliancePolicy', 'windows81CompliancePolicy', 'windows10MobileCompliancePolicy'];

checkTable(check, [
  { it: 'passes without policies', evidence: evidence([]), expect: { pass: 0 } },
  {
    it: 'passes with policies of today',
    evidence: evidence(
      [
        'windows10GeneralConfiguration',
        'iosUpdateConfiguration',
        'androidWorkProfileGeneralDeviceConfiguration',
        'androidDeviceOwnerGeneralDeviceConfiguration',
      ],
      ['windows10CompliancePolicy', 'androidWorkProfileCompliancePolicy', 'androidDeviceOwnerCompliancePolicy', 'androidForWorkCompliancePolicy'],
    ),
    expect: { pass: 5 },
  },
  {
    it: 'passes with what is for Windows 8.1 and later',
    evidence: evidence(['windows81SCEPCertificateProfile', 'windows81TrustedRootCertificate', 'windows81WifiImportConfiguration']),
    expect: { pass: 1 },
  },
  { it: 'fails each kind that ended', evidence: evidence(ended, endedCompliance), expect: { fail: [...ended, ...endedCompliance] } },
  {
    it: 'fails one for nobody, and says so',
    evidence: { deviceConfigurations: [policy('windowsPhone81CustomConfiguration', { assignments: [] })], compliancePolicies: [] },
    expect: { fail: ['windowsPhone81CustomConfiguration'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'The policy is for Windows Phone, which ended in 2017, and is assigned to nobody.' }] }),
  },
]);
