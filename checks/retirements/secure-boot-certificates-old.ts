import { activeWindowsCount } from '../../src/datasets/devices.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { type SecureBootState, secureBootStates } from '../../src/datasets/graph/secureBootStates.ts';
import { computerReach } from '../../src/datasets/watched-devices.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'secure-boot-certificates-old',
  title: 'Every computer starts with the Secure Boot certificates of 2023',
  failTitle: 'Computers still start with the Secure Boot certificates of 2011',
  why: 'The certificates of 2011 expire in 2026. A computer that keeps them still starts, but gets no further protection for the moment before Windows runs, where malware cannot be seen.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Secure Boot status report', url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/monitor/secure-boot-status-report' },
    {
      label: 'Assess Secure Boot status with Defender',
      url: 'https://techcommunity.microsoft.com/blog/microsoftdefenderatpblog/assess-secure-boot-status-with-microsoft-defender/4510356',
    },
    {
      label: 'Assessments of settings in Defender',
      url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsecureconfigurationassessment-table',
    },
  ],
  remediation: {
    effort: 'high',
    impact: 'Computers restart once or twice; some need a firmware update of their maker first, and a few ask for the BitLocker recovery key.',
    steps: [
      'Bring the firmware of the models named here up to date, and see that the BitLocker recovery keys are at hand.',
      'Begin with a few computers of each model: Intune admin center > Devices > Configuration > settings catalog > Secure Boot, switch the certificate update on.',
      'Give it to the others, and watch Intune admin center > Reports > Windows Autopatch > Windows quality updates > Secure Boot status.',
    ],
    command: "Get-ItemPropertyValue 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\Servicing' UEFICA2023Status",
    rollback: 'None: new certificates stay in the firmware, and they do no harm there.',
  },
  needs: { secureBootStates, deviceOnboarding },
  needsIfLicensed: { managedDevices },

  evaluate({ secureBootStates, deviceOnboarding, managedDevices }, { now }) {
    const devicesIn = (...states: readonly string[]) =>
      secureBootStates.filter(({ State }) => states.includes(State)).reduce((sum, { Devices }) => sum + Devices, 0);
    const assessed = devicesIn('exposed', 'updated', 'notApplicable');
    const all = secureBootStates.reduce((sum, { Devices }) => sum + Devices, 0);
    const exposed = secureBootStates.filter(({ State }) => State === 'exposed');
    if (exposed.length > 0)
      return failIfAny(
        exposed.map(exposedFinding).sort((a, b) => byText(a.subject.id, b.subject.id)),
        all,
      );
    if (all > assessed) throw new UnknownEvidence(`Defender does not tell which Secure Boot certificates ${count(all - assessed, 'computer')} has.`, lookUp);
    const { watched, unknown } = computerReach(deviceOnboarding, managedDevices.ok ? activeWindowsCount(managedDevices.kept, now) : 0);
    if (unknown) throw new UnknownEvidence(unknown, lookUp);
    if (assessed < watched)
      throw new UnknownEvidence(`Of the ${count(watched, 'Windows computer')} that Defender watches it has assessed ${assessed} for Secure Boot.`, lookUp);
    if (assessed === 0) return { verdict: 'notApplicable', because: 'Defender saw no Windows computer within 30 days.' };
    const without = devicesIn('notApplicable');
    return failIfAny(
      [],
      assessed,
      without > 0 ? `${count(without, 'computer')} without Secure Boot ${without === 1 ? 'is' : 'are'} not concerned.` : undefined,
    );
  },
});

const lookUp = 'Intune admin center > Reports > Windows Autopatch > Windows quality updates > Secure Boot status shows the computers that Autopatch serves.';

/** The devices beyond those that an answer can hold come as one row. */
function exposedFinding({ DeviceId: id, DeviceName: name, Devices: devices }: DeepReadonly<SecureBootState>): Finding {
  if (!id)
    return {
      subject: { type: 'device', id: 'others', name: 'more computers' },
      message: `${count(devices, 'more computer')} ${devices === 1 ? 'lacks' : 'lack'} the certificates of 2023; the Defender portal names them.`,
      facts: { devices },
    };
  return { subject: { type: 'device', id, name: name || id }, message: 'This computer lacks the Secure Boot certificates of 2023.' };
}
