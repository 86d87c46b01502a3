import { activeDevices, deviceFacts, deviceSubject } from '../../src/datasets/devices.ts';
import { bitlockerKeys } from '../../src/datasets/graph/bitlockerKeys.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { keyState, mayNeedKey } from '../../src/datasets/recovery-keys.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'recovery-keys-missing',
  title: 'A recovery key is stored for every encrypted computer',
  failTitle: 'Encrypted computers have no recovery key stored',
  why: 'After a failed update Windows may ask for the recovery key before it starts. Without the key the disk, and everything only stored there, is lost.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'BitLocker recovery',
      url: 'https://learn.microsoft.com/windows/security/operating-system-security/data-protection/bitlocker/recovery-overview',
    },
    { label: 'Encrypt Windows devices with Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/encrypt-devices' },
    { label: 'List recovery keys', url: 'https://learn.microsoft.com/graph/api/bitlocker-list-recoverykeys' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'None for users.',
    steps: [
      'Intune admin center > Endpoint security > Disk encryption: open the BitLocker policy of the computers named here and require that the recovery key is stored in Entra ID before encryption starts.',
      'Computers encrypted earlier: on each run BackupToAAD-BitLockerKeyProtector as an administrator, or choose Devices > the device > BitLocker key rotation.',
      'Computers that keep their keys in the local Active Directory: see that the key is there, and record them as an accepted risk with that reason.',
    ],
    command: `BackupToAAD-BitLockerKeyProtector -MountPoint C: -KeyProtectorId ((Get-BitLockerVolume -MountPoint C:).KeyProtector | Where-Object KeyProtectorType -eq RecoveryPassword).KeyProtectorId`,
    rollback: 'Delete the stored key in Entra admin center > Devices > the device > BitLocker keys; nothing else changes.',
  },
  needs: { bitlockerKeys, managedDevices },

  evaluate({ bitlockerKeys, managedDevices }, { now }) {
    const findings: Finding[] = [];
    let encrypted = 0;
    let unknown = 0;
    for (const device of activeDevices(managedDevices, now)) {
      if (!mayNeedKey(device)) continue;
      const state = keyState(device, bitlockerKeys.devices);
      if (state === 'noNeed') continue;
      encrypted += 1;
      if (state === 'unknown') unknown += 1;
      if (state === 'noKey')
        findings.push({
          subject: deviceSubject(device),
          message: 'The disk is encrypted, and Entra ID holds no recovery key of this computer.',
          facts: deviceFacts(device),
        });
    }
    if (encrypted === 0) return { verdict: 'notApplicable', because: 'No encrypted Windows computer of the company checked in within 30 days.' };
    if (findings.length > 0 && bitlockerKeys.unnamed === 0) return failIfAny(findings, encrypted);
    if (findings.length > 0 || unknown > 0)
      throw new UnknownEvidence(
        findings.length > 0
          ? `${count(bitlockerKeys.unnamed, 'recovery key does', 'recovery keys do')} not name a computer, so ${count(findings.length, 'computer')} may have one.`
          : `Intune does not tell the encryption, or the directory id, of ${count(unknown, 'Windows computer')}.`,
        'Look at these computers in Intune admin center > Devices > Monitor > Encryption report, and choose Sync on them.',
      );
    return failIfAny(findings, encrypted);
  },
});
