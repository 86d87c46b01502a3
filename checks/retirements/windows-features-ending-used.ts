import { activeWindowsCount } from '../../src/datasets/devices.ts';
import { type DeviceUses, endingFeatures, usesByDevice } from '../../src/datasets/ending-features.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { endingFeatureUses } from '../../src/datasets/graph/endingFeatureUses.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { computerReach } from '../../src/datasets/watched-devices.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'windows-features-ending-used',
  title: 'No computer uses VBScript, WMIC or PowerShell 2.0',
  failTitle: 'Computers use VBScript, WMIC or PowerShell 2.0',
  why: 'Windows loses these parts with its next versions. Logon scripts, installers and monitoring that need them then fail on every computer that is upgraded, and until then they serve attackers well.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Deprecated features of Windows', url: 'https://learn.microsoft.com/windows/whats-new/deprecated-features' },
    { label: 'Starting of programs in Defender', url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceprocessevents-table' },
    { label: 'Loading of libraries in Defender', url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceimageloadevents-table' },
  ],
  remediation: {
    effort: 'high',
    impact: 'None from looking. A script that is replaced may behave differently.',
    steps: [
      'Begin with the program that started it on most devices: a logon script, the software distribution, or an agent of another maker.',
      'Scripts of your own: replace VBScript by PowerShell, wmic by Get-CimInstance, and remove -Version 2 where PowerShell is started.',
      'Programs of others: update them, or ask their maker for a version that does without.',
      'When nothing is seen any more, remove the optional features VBScript, WMIC and Windows PowerShell 2.0.',
    ],
    command:
      "Start-MgSecurityHuntingQuery -Query \"DeviceProcessEvents | where FileName in~ ('wscript.exe', 'cscript.exe', 'wmic.exe') | summarize Devices=dcount(DeviceId) by FileName, InitiatingProcessFileName\"",
    rollback: 'Add the optional feature again, as long as the version of Windows still offers it.',
  },
  needs: { endingFeatureUses, deviceOnboarding },
  needsIfLicensed: { managedDevices },

  evaluate({ endingFeatureUses, deviceOnboarding, managedDevices }, { now }) {
    const devices = usesByDevice(endingFeatureUses);
    const { watched, unknown } = computerReach(deviceOnboarding, managedDevices.ok ? activeWindowsCount(managedDevices.kept, now) : 0);
    const examined = Math.max(watched, devices.length);
    if (devices.length > 0) return failIfAny(devices.map(useFinding), examined);
    if (unknown) throw new UnknownEvidence(unknown, 'Onboard the computers to Defender; what it does not watch may use these parts unseen.');
    if (examined === 0) return { verdict: 'notApplicable', because: 'Defender saw no Windows computer within 30 days.' };
    return failIfAny([], examined);
  },
});

function useFinding({ id, name, uses }: DeviceUses): Finding {
  const parts = uses.map(({ Feature, StartedBy }) => `${endingFeatures[Feature].name}${StartedBy ? ` (started by ${StartedBy})` : ''}`);
  return {
    subject: { type: 'device', id, name },
    message: `${list(parts)} ran within 30 days.`,
    facts: {
      uses: uses.reduce((sum, { Uses }) => sum + Uses, 0),
      lastUsed: uses.map(({ LastUsed }) => LastUsed).reduce((a, b) => (a > b ? a : b)),
      retirements: uses.map(({ Feature }) => endingFeatures[Feature].retirement).join(' '),
    },
  };
}
