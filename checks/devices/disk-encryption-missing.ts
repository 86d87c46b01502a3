import {
  activeDevices,
  deviceFacts,
  deviceSubject,
  isCloudPc,
  isManagedElsewhere,
  isWindows,
  isWindowsServer,
  type ManagedDevice,
} from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'disk-encryption-missing',
  title: 'The disk of every company computer is encrypted',
  failTitle: 'Company computers run without disk encryption',
  why: 'A laptop left in a train is then a data breach that you must report.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Encrypt devices with Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/encrypt-devices' },
    { label: 'Encryption report', url: 'https://learn.microsoft.com/intune/intune-service/protect/encryption-monitor' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Encryption runs in the background while people work; macOS asks for one sign-in.',
    steps: [
      'Intune admin center > Endpoint security > Disk encryption: create a BitLocker policy for Windows and a FileVault policy for macOS, with the recovery key stored in Entra ID or Intune.',
      'Assign them to all company computers, pilot group first.',
      'Devices > Monitor > Encryption report: look at why the devices named here are not encrypted (no TPM, policy missing, waiting for the user).',
    ],
    command:
      'Get-MgDeviceManagementManagedDevice -All | Where-Object { -not $_.IsEncrypted -and $_.ManagedDeviceOwnerType -eq "company" } | Select-Object DeviceName,OperatingSystem,UserPrincipalName',
    rollback: 'Remove the policy and decrypt the device: manage-bde -off C: on Windows, fdesetup disable on macOS.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now }) {
    const findings: Finding[] = [];
    let computers = 0;
    let unknown = 0;
    for (const device of activeDevices(managedDevices, now)) {
      if (!isComputer(device) || device.managedDeviceOwnerType === 'personal') continue;
      computers += 1;
      if (device.isEncrypted) continue;
      if (device.isEncrypted === false && device.managedDeviceOwnerType === 'company' && !isManagedElsewhere(device)) findings.push(unencrypted(device));
      else unknown += 1;
    }
    if (computers === 0) return { verdict: 'notApplicable', because: 'No company computer with Windows or macOS checked in within 30 days.' };
    if (findings.length === 0 && unknown > 0)
      throw new UnknownEvidence(
        `Intune does not tell the encryption or the owner of ${count(unknown, 'computer')}.`,
        'Set the owner of these devices in Intune admin center > Devices > device > Properties, and choose Sync. Devices that Defender or Configuration Manager manages report no encryption: look there.',
      );
    return failIfAny(findings, computers);
  },
});

function unencrypted(device: ManagedDevice): Finding {
  return {
    subject: deviceSubject(device),
    message: 'The disk of this company computer is not encrypted.',
    facts: { system: device.operatingSystem ?? '', ...deviceFacts(device) },
  };
}

function isComputer(device: ManagedDevice): boolean {
  return (isWindows(device) && !isWindowsServer(device) && !isCloudPc(device)) || /^mac ?os/i.test(device.operatingSystem ?? '');
}
