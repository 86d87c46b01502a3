import { appleState, isApple } from '../../src/advisories/apple.ts';
import { freshDays } from '../../src/advisories/windows.ts';
import { activeDevices, deviceFacts, deviceSubject, isManagedElsewhere, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { isAndroid, isApplePhone, majorVersion, patchLevelAge } from '../../src/datasets/mobile-devices.ts';
import { type CheckContext, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, daysBetween } from '../../src/lib/dates.ts';
import { platformOf } from '../../src/lib/platforms.ts';
import { count } from '../../src/lib/text.ts';

/** What Intune supports since September 2025 (MC1133502); below it app protection no longer works. */
const leastApple = 17;
const oldestPatchDays = 90;

export default defineCheck({
  id: 'mobile-os-behind',
  title: 'Phones and tablets run an iOS or iPadOS that is served and updated, or an Android patched within 90 days',
  failTitle: 'Phones and tablets run an old or unpatched system',
  why: 'Old phones are opened by a picture or a web page, and they hold the same mail and files as a computer.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Systems that Intune supports', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/supported-devices-browsers' },
    { label: 'Manage system versions', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/manage-os-versions' },
    {
      label: 'Compliance settings for Android Enterprise',
      url: 'https://learn.microsoft.com/intune/intune-service/protect/compliance-policy-create-android-for-work',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users install an update, or get another device where the maker offers none any more.',
    steps: [
      'Ask the users named here to install what Settings > Software update offers; on supervised devices push it from Intune admin center > Devices > Apple updates, or by a declarative update policy.',
      'Devices whose maker offers nothing newer: replace them, and keep them away from company data until then.',
      'Intune admin center > Devices > Compliance: require a minimum version for iOS and iPadOS, and a minimum security patch level for Android, so that old devices lose access by themselves.',
    ],
    command: `Get-MgDeviceManagementManagedDevice -All | Where-Object OperatingSystem -in 'iOS','iPadOS','Android' | Select-Object DeviceName,OSVersion,AndroidSecurityPatchLevel,UserPrincipalName`,
    rollback: 'Take the minimum out of the compliance policy again; system updates of phones cannot be taken back.',
  },
  needs: { managedDevices },

  evaluate({ managedDevices }, { now, settings, snapshot }) {
    const findings: Finding[] = [];
    let devices = 0;
    let unknown = 0;
    let apple = 0;
    const judge = { snapshot, now, days: settings.routineDeadlineDays };
    for (const device of activeDevices(managedDevices, now)) {
      if (isManagedElsewhere(device) || !(isApplePhone(device) || isAndroid(device))) continue;
      devices += 1;
      if (isApplePhone(device)) apple += 1;
      const problem = isAndroid(device) ? androidProblem(device, now) : appleProblem(device, judge);
      if (problem === null) unknown += 1;
      else if (problem) findings.push({ subject: deviceSubject(device), message: problem, facts: factsOf(device) });
    }
    if (devices === 0) return { verdict: 'notApplicable', because: 'No phone or tablet checked in within 30 days.' };
    if (findings.length === 0 && unknown > 0)
      throw new UnknownEvidence(
        `Intune does not tell the version or the security patch level of ${count(unknown, 'phone or tablet', 'phones and tablets')}.`,
        'Look at Settings > About on the devices, and choose Sync on them in the Intune admin center.',
      );
    const age = daysBetween(snapshot.apple.asOf, now);
    if (findings.length === 0 && apple > 0 && age > freshDays) return { verdict: 'manual', steps: refreshSteps(snapshot.apple.asOf, apple) };
    return failIfAny(findings, devices);
  },
});

/** Empty where all is well, null where nobody can tell. */
function appleProblem({ osVersion, operatingSystem }: ManagedDevice, { snapshot, now, days }: Judge): string | null {
  const major = majorVersion(osVersion);
  if (major === null) return null;
  const runs = `The device runs ${operatingSystem} ${osVersion}`;
  if (major < leastApple) return `${runs}; Intune supports ${leastApple} and later.`;
  const platform = platformOf(operatingSystem);
  const state = isApple(platform) ? appleState(snapshot, platform, osVersion, now) : null;
  if (state?.state !== 'known') return null;
  const { service, lacks } = state;
  if (service.state === 'outOfService') return `${runs}; Apple has brought no update for it since ${service.since ?? 'before 2023'}.`;
  const late = lacks && addDays(new Date(`${lacks.date}T23:59:59Z`), days) < now;
  return late ? `${runs} and lacks ${lacks.version}, which came out on ${lacks.date}; ${days} days are allowed.` : '';
}

interface Judge {
  snapshot: CheckContext['snapshot'];
  now: Date;
  days: number;
}

function refreshSteps(asOf: string, devices: number): readonly [string, ...string[]] {
  return [
    `The list of Apple's versions is of ${asOf}: that ${count(devices, 'iPhone or iPad', 'iPhones and iPads')} had what was newest then does not prove that they are current.`,
    'Run tidytenant advisories update, or take a newer version, and scan again.',
  ];
}

function androidProblem(device: ManagedDevice, now: Date): string | null {
  const days = patchLevelAge(device, now);
  if (days === null) return null;
  return days > oldestPatchDays
    ? `The security patch level is of ${device.androidSecurityPatchLevel}, ${days} days ago; ${oldestPatchDays} are tolerated.`
    : '';
}

function factsOf(device: ManagedDevice): Record<string, string> {
  const { osVersion, androidSecurityPatchLevel: level } = device;
  return { osVersion: osVersion ?? '', ...(level ? { patchLevel: level } : {}), ...deviceFacts(device) };
}
