import { expect } from 'vitest';
import check from '../../../checks/updates/compliance-min-os-missing.ts';
import { device, phone, target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
const policy = (type: string, change: Record<string, unknown> = {}) => ({
  '@odata.type': `#microsoft.graph.${type}CompliancePolicy`,
  id: type,
  displayName: `Compliance ${type}`,
  assignments: [target.allUsers],
  osMinimumVersion: null,
  ...change,
});
const windows = (osMinimumVersion: string | null, change: Record<string, unknown> = {}) => policy('windows10', { osMinimumVersion, ...change });
const android = phone({ id: 'a1', operatingSystem: 'Android' });

checkTable(check, [
  {
    it: 'passes with a minimum for each system in use',
    evidence: { managedDevices: [device(), phone()], compliancePolicies: [windows('10.0.26100.8655'), policy('ios', { osMinimumVersion: '18.0' })] },
    expect: { pass: 2 },
  },
  {
    it: 'fails where a system has none',
    evidence: { managedDevices: [device(), phone()], compliancePolicies: [windows('10.0.26100.0'), policy('ios')] },
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { systems: 'iOS and iPadOS' } }] }),
  },
  { it: 'fails without policies', evidence: { managedDevices: [device()], compliancePolicies: [] }, expect: { fail: [tenant] } },
  {
    it: 'does not count a policy for nobody',
    evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.26100.0', { assignments: [] })] },
    expect: { fail: [tenant] },
  },
  { it: 'does not count an empty text', evidence: { managedDevices: [device()], compliancePolicies: [windows('')] }, expect: { fail: [tenant] } },
  {
    it: 'fails a Windows version that ended for every edition',
    evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.22621.0')] },
    expect: { fail: ['windows10'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ subject: { type: 'windows10CompliancePolicy' }, facts: { minimum: 'version 10.0.22621.0' } }] }),
  },
  {
    it: 'passes one that some editions still get updates for',
    evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.22631.0')] },
    expect: { pass: 1 },
  },
  { it: 'is unknown with a version it cannot read', evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.x')] }, expect: 'unknown' },
  {
    it: 'names an outdated policy beside a good one',
    evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.26100.0'), windows('10.0.22000.0', { id: 'old' })] },
    expect: { fail: ['old'] },
  },
  {
    it: 'takes a patch level of Android for a minimum',
    evidence: { managedDevices: [android], compliancePolicies: [policy('androidDeviceOwner', { minAndroidSecurityPatchLevel: '2025-08-20' })] },
    expect: { pass: 1 },
  },
  {
    it: 'fails one of more than a year ago',
    evidence: { managedDevices: [android], compliancePolicies: [policy('androidWorkProfile', { minAndroidSecurityPatchLevel: '2025-08-19' })] },
    expect: { fail: ['androidWorkProfile'] },
  },
  {
    it: 'does not ask for systems that nobody uses',
    evidence: { managedDevices: [device()], compliancePolicies: [windows('10.0.26200.0')] },
    expect: { pass: 1 },
  },
  {
    it: 'does not apply without devices in use',
    evidence: { managedDevices: [device({ lastSyncDateTime: '2026-01-01T00:00:00Z' })], compliancePolicies: [] },
    expect: 'notApplicable',
  },
  {
    it: 'is unknown with a patch level that is no date',
    evidence: { managedDevices: [android], compliancePolicies: [policy('androidDeviceOwner', { minAndroidSecurityPatchLevel: 'recent' })] },
    expect: 'unknown',
  },
]);
