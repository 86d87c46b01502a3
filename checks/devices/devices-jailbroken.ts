import { activeDevices, deviceFacts, deviceSubject, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'devices-jailbroken',
  title: 'No phone or tablet in use is jailbroken or rooted',
  failTitle: 'Phones or tablets in use are jailbroken or rooted',
  why: 'On such a device every app can read company mail, and no setting of yours can be relied on.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Compliance settings for iOS and iPadOS', url: 'https://learn.microsoft.com/intune/intune-service/protect/compliance-policy-create-ios' },
    {
      label: 'Compliance settings for Android Enterprise',
      url: 'https://learn.microsoft.com/intune/intune-service/protect/compliance-policy-create-android-for-work',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'The user loses company mail and apps on this device until it is reset and enrolled again.',
    steps: [
      'Talk to the user, then Intune admin center > Devices > All devices > device > Retire.',
      'Let the user reset the phone to the original system and enroll it again.',
      'Devices > Compliance: set Jailbroken devices (iOS) and Rooted devices (Android) to Block, and ask for compliant devices in Conditional Access.',
    ],
    command: 'Invoke-MgRetireDeviceManagementManagedDevice -ManagedDeviceId <device-id>',
    rollback: 'A retired device can be enrolled again.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now }) {
    const findings: Finding[] = [];
    let phones = 0;
    let unknown = 0;
    for (const device of activeDevices(managedDevices, now)) {
      if (!/^(ios|ipados|android)/i.test(device.operatingSystem ?? '')) continue;
      phones += 1;
      const flag = (device.jailBroken ?? '').toLowerCase();
      if (flag === 'true') findings.push(jailbroken(device));
      else if (flag !== 'false') unknown += 1;
    }
    if (phones === 0) return { verdict: 'notApplicable', because: 'No managed phone or tablet checked in within 30 days.' };
    if (findings.length > 0 || unknown === 0) return failIfAny(findings, phones);
    return {
      verdict: 'manual',
      steps: [
        `For ${count(unknown, 'phone or tablet', 'phones and tablets')} of ${phones} Intune does not know whether it is jailbroken or rooted; no other one is.`,
        'Let the users open Company Portal on these devices, so that they report their state.',
        'Intune admin center > Devices > Compliance: assign to them a policy that blocks jailbroken devices (iOS) and rooted devices (Android).',
        'Intune admin center > Devices > Monitor: look at the compliance of these devices again the day after.',
      ],
    };
  },
});

function jailbroken(device: ManagedDevice): Finding {
  return {
    subject: deviceSubject(device),
    message: 'Intune reports this device as jailbroken or rooted.',
    facts: { system: device.operatingSystem ?? '', owner: device.managedDeviceOwnerType ?? '', ...deviceFacts(device) },
  };
}
