import { cleanupRules } from '../../src/datasets/graph/cleanupRules.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, type KeptOf, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

/** What Intune accepts. */
const days = { least: 30, most: 270 };

/** What a device says of its system, and how the types of rules for it begin. */
const platforms: readonly (readonly [name: string, system: RegExp, type: RegExp])[] = [
  ['Windows', /^windows( ?server)?$/i, /^windows$/],
  ['iOS and iPadOS', /^(ios|ipados)$/i, /^ios$/],
  ['macOS', /^mac ?os/i, /^macOS$/],
  ['Android', /^android/i, /^android/],
];

export default defineCheck({
  id: 'device-cleanup-missing',
  title: 'Devices that nobody uses any more leave Intune by themselves',
  failTitle: 'Devices that nobody uses any more stay in Intune for ever',
  why: 'Long lists hide the device that matters, dead entries make every figure on patching worse than it is, and nobody notices a device that was lost.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Device clean-up rules', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/device-cleanup-rules' },
    { label: 'Remove devices', url: 'https://learn.microsoft.com/intune/intune-service/remote-actions/devices-wipe' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Silent devices disappear from the lists of Intune. One that comes back within the life of its certificate appears again.',
    steps: [
      'Intune admin center > Devices > Organize devices > Device clean-up rules: create a rule for all platforms.',
      'Choose 90 to 180 days, longer than the longest absence of your staff; look at the preview of the devices it would remove.',
    ],
    command: `Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/beta/deviceManagement/managedDeviceCleanupRules' -Body '{"displayName":"<name>","deviceCleanupRulePlatformType":"all","deviceInactivityBeforeRetirementInDays":180}'`,
    rollback: 'Delete the rule; devices that it removed come back when they check in, or are enrolled again.',
  },
  needs: { cleanupRules, managedDevices },

  evaluate({ cleanupRules, managedDevices }, { tenant }) {
    const systems = new Set([...managedDevices.values()].map(({ operatingSystem }) => operatingSystem ?? ''));
    const used = platforms.filter(([, system]) => [...systems].some((each) => system.test(each)));
    if (used.length === 0) return { verdict: 'notApplicable', because: 'Intune manages no device of a kind that clean-up rules are for.' };
    const working = cleanupRules.filter(isWithin);
    const missing = used.filter(([, , type]) => !working.some(({ deviceCleanupRulePlatformType: of }) => of === 'all' || type.test(of)));
    const odd = cleanupRules.filter((rule) => !isWithin(rule));
    if (missing.length === 0) return { verdict: 'pass', examined: used.length };
    const [untold] = odd.filter(({ deviceInactivityBeforeRetirementInDays: after }) => after == null).map(nameOf);
    if (untold)
      throw new UnknownEvidence(`Intune does not tell after how many days the clean-up rule ${untold} removes devices.`, 'Open the rule and save it.');
    const names = missing.map(([name]) => name);
    const finding: Finding = {
      subject: { type: 'organization', id: tenant.id, name: tenant.name },
      message: `No clean-up rule with ${days.least} to ${days.most} days removes silent devices with ${list(names)}${odd.length > 0 ? `; ${count(odd.length, 'rule has', 'rules have')} another number of days` : ''}.`,
      facts: { platforms: names.join(', '), rules: cleanupRules.length },
    };
    return failIfAny([finding], used.length);
  },
});

type Rule = DeepReadonly<KeptOf<typeof cleanupRules>>[number];

function isWithin({ deviceInactivityBeforeRetirementInDays: after }: Rule): boolean {
  return after != null && after >= days.least && after <= days.most;
}

function nameOf({ displayName, id }: Rule): string {
  return displayName || id;
}
