import { isAdministrator, kindOfAndroid } from '../../src/datasets/android-devices.ts';
import { androidManagedDevices } from '../../src/datasets/graph/androidManagedDevices.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';

export default defineCheck({
  id: 'android-old-management-in-use',
  title: 'No Android device uses the ended management mode',
  failTitle: 'Android devices use the ended management mode',
  why: 'Microsoft ended support for device administrator management; such devices get no rules and no reliable wipe any more.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Android device administrator enrollment',
      url: 'https://learn.microsoft.com/intune/intune-service/enrollment/android-enroll-device-administrator',
    },
    { label: 'AOSP management for Teams devices', url: 'https://learn.microsoft.com/microsoftteams/rooms/android-migration-guide' },
  ],
  servicePlans: ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'],
  remediation: {
    effort: 'medium',
    impact: 'Phones are enrolled again; a work profile keeps personal data apart. Teams devices restart for new firmware.',
    steps: [
      'Phones: Intune admin center > Devices > Android > Enrollment: set up personally owned or corporate-owned work profiles, and ask the users to enroll again.',
      'Teams phones, panels and rooms: create an AOSP enrollment profile, then update the firmware in the Teams admin center.',
      'Retire the old entries, and block device administrator under Device platform restrictions.',
    ],
    rollback: 'None: the mode is out of support. A device that was retired by mistake enrolls again.',
  },
  needs: { androidManagedDevices },

  evaluate({ androidManagedDevices: devices }, { now }) {
    const inUse = [...devices.values()].filter((device) => isAdministrator(device, now));
    const findings = inUse.map((device) => {
      const name = device.deviceName || device.id;
      const model = [device.manufacturer, device.model].filter(Boolean).join(' ') || 'unknown model';
      const isTeams = kindOfAndroid(device) === 'teams';
      return {
        subject: { type: 'managedDevice', id: device.id, name },
        message: `${name} (${model}) is managed as Android device administrator${isTeams ? ' and is a Teams device' : ''}.`,
        facts: {
          model,
          ...(device.userPrincipalName ? { user: device.userPrincipalName } : {}),
          ...(device.lastSyncDateTime ? { lastSync: isoDay(device.lastSyncDateTime) } : {}),
          retirements: isTeams ? 'intune-android-device-admin teams-android-aosp' : 'intune-android-device-admin',
        },
      };
    });
    return failIfAny(findings, devices.size);
  },
});
