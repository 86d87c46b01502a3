import { expect } from 'vitest';
import check from '../../../checks/devices/device-cleanup-missing.ts';
import { device, phone } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
const rule = (type: string, days: number | null = 90, id = type) => ({
  id,
  displayName: `Rule ${type}`,
  deviceCleanupRulePlatformType: type,
  deviceInactivityBeforeRetirementInDays: days,
});
const android = phone({ id: 'a1', operatingSystem: 'Android' });

checkTable(check, [
  { it: 'passes with one rule for all', evidence: { managedDevices: [device(), phone(), android], cleanupRules: [rule('all')] }, expect: { pass: 3 } },
  {
    it: 'passes with a rule for each system in use',
    evidence: { managedDevices: [device(), phone()], cleanupRules: [rule('windows'), rule('ios')] },
    expect: { pass: 2 },
  },
  {
    it: 'fails without a rule',
    evidence: { managedDevices: [device(), phone()], cleanupRules: [] },
    expect: { fail: [tenant] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { platforms: 'Windows, iOS and iPadOS', rules: 0 } }] }),
  },
  { it: 'fails where one system has none', evidence: { managedDevices: [device(), phone()], cleanupRules: [rule('windows')] }, expect: { fail: [tenant] } },
  { it: 'takes any rule for Android', evidence: { managedDevices: [android], cleanupRules: [rule('androidPersonallyOwnedWorkProfile')] }, expect: { pass: 1 } },
  {
    it: 'knows computers with macOS',
    evidence: { managedDevices: [device({ operatingSystem: 'macOS' })], cleanupRules: [rule('windows')] },
    expect: { fail: [tenant] },
  },
  { it: 'passes with 30 days', evidence: { managedDevices: [device()], cleanupRules: [rule('all', 30)] }, expect: { pass: 1 } },
  { it: 'passes with 270 days', evidence: { managedDevices: [device()], cleanupRules: [rule('all', 270)] }, expect: { pass: 1 } },
  { it: 'fails with 29 days', evidence: { managedDevices: [device()], cleanupRules: [rule('all', 29)] }, expect: { fail: [tenant] } },
  { it: 'fails with 271 days', evidence: { managedDevices: [device()], cleanupRules: [rule('all', 271)] }, expect: { fail: [tenant] } },
  { it: 'is unknown where the days are not told', evidence: { managedDevices: [device()], cleanupRules: [rule('all', null)] }, expect: 'unknown' },
  { it: 'does not take a kind nobody knows yet', evidence: { managedDevices: [device()], cleanupRules: [rule('watchOS')] }, expect: { fail: [tenant] } },
  { it: 'does not apply without devices', evidence: { managedDevices: [], cleanupRules: [] }, expect: 'notApplicable' },
]);
