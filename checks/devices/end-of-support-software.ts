import { activeWindowsCount } from '../../src/datasets/devices.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { endOfSupportSoftware } from '../../src/datasets/graph/endOfSupportSoftware.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { softwareName } from '../../src/datasets/software.ts';
import { type ProgramVersion, programVersions } from '../../src/datasets/support-ends.ts';
import { programReach } from '../../src/datasets/watched-devices.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'end-of-support-software',
  title: 'No computer runs a program whose support has ended',
  failTitle: 'Computers run programs whose support has ended',
  why: 'Nobody repairs the next hole in them. Attackers keep lists of such programs, and insurers and auditors ask for them first.',
  severity: 'medium',
  controls: [
    { framework: 'CIS Controls 8.1', id: '2.2' },
    { framework: 'Essential Eight', id: 'Patch applications' },
    { framework: 'Cyber Essentials', id: 'all' },
  ],
  references: [
    {
      label: 'End of support in Defender Vulnerability Management',
      url: 'https://learn.microsoft.com/defender-vulnerability-management/tvm-end-of-support-software',
    },
    { label: 'Inventory of software in Defender', url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwareinventory-table' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'A file, a macro or a machine may still need the old version. Ask its user before it goes.',
    steps: [
      'Defender portal > Endpoints > Vulnerability management > Inventories: open the program named here, and export the devices that have this version.',
      'Where only the version ended, deliver the newest one and remove the old one beside it.',
      'Where the program itself ended, choose its successor, move what it keeps, and uninstall it.',
      'What has to stay for a while: take the computer off the internet and out of mail, and write down until when.',
    ],
    command:
      "Start-MgSecurityHuntingQuery -Query \"DeviceTvmSoftwareInventory | where SoftwareName == '<program>' and SoftwareVersion == '<version>' | project DeviceName, EndOfSupportStatus, EndOfSupportDate\"",
    rollback: 'Install the earlier version again from its own media.',
  },
  needs: { endOfSupportSoftware, deviceOnboarding },
  needsIfLicensed: { managedDevices },

  evaluate({ endOfSupportSoftware, deviceOnboarding, managedDevices }, { now }) {
    const versions = programVersions(endOfSupportSoftware, now);
    const findings = versions.filter(({ state }) => state === 'ended').map(endedFinding);
    const { watched, unknown } = programReach(deviceOnboarding, managedDevices.ok ? activeWindowsCount(managedDevices.kept, now) : 0);
    const examined = Math.max(watched, ...versions.map(({ devices }) => devices), 0);
    if (findings.length > 0) return failIfAny(findings, examined);
    const untold = versions.filter(({ state }) => state === 'unknown').map(nameOf);
    if (untold.length > 0)
      throw new UnknownEvidence(
        `What Defender says of the support of ${list(untold, 3)} is not known here.`,
        'Update tidytenant; until then look at the program in the Defender portal.',
      );
    if (unknown) throw new UnknownEvidence(unknown, 'Onboard the computers to Defender; of what it does not watch it knows no program.');
    if (examined === 0) return { verdict: 'notApplicable', because: 'Defender saw no computer within 30 days.' };
    return failIfAny([], examined, endingSoon(versions));
  },
});

function nameOf(program: ProgramVersion): string {
  return `${softwareName(program)} ${program.version}`.trim();
}

function endedFinding(program: ProgramVersion): Finding {
  const since = program.ends ? `, whose support ended on ${program.ends}` : ', whose support has ended; Defender does not tell when';
  return {
    subject: { type: 'software', id: program.id, name: nameOf(program) },
    message: `${count(program.devices, 'device')} ${program.devices === 1 ? 'has' : 'have'} this version${since}.`,
    facts: { devices: program.devices, ...(program.version ? { version: program.version } : {}), ...(program.ends ? { ended: program.ends } : {}) },
  };
}

/** Versions in use that end within a year. */
function endingSoon(versions: readonly ProgramVersion[]): string | undefined {
  const ending = versions.filter(({ state }) => state === 'ending');
  const names = ending.map((program) => `${nameOf(program)} until ${program.ends ?? 'a day that is not told'}`);
  return ending.length > 0 ? `Supported for now: ${list(names, 3)}.` : undefined;
}
