import { assignedUpdateRings, withoutDoubt } from '../../src/datasets/catalog-rings.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type Ring, ringSubject } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

const longest = { quality: 7, feature: 14, grace: 3 };

export default defineCheck({
  id: 'update-deadline-missing',
  title: 'Every update ring installs updates by a set day',
  failTitle: 'Users can postpone updates for too long',
  why: 'Without a deadline the busiest person has the least patched computer.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Deadlines for updates', url: 'https://learn.microsoft.com/windows/deployment/update/wufb-compliancedeadlines' },
    { label: 'Settings of update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-update-settings' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'After the deadline and the grace period the computer restarts by itself, outside active hours where possible.',
    steps: [
      'Intune admin center > Devices > Windows updates > Update rings: open each ring named here > User experience settings.',
      'Choose Use deadline settings: Allow; 3 days for quality updates, 7 for feature updates, a grace period of 2 days.',
      'Tell users that they can choose the time of the restart until then.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';deadlineForQualityUpdatesInDays=3;deadlineForFeatureUpdatesInDays=7;deadlineGracePeriodInDays=2}`,
    rollback: 'Set the former values again; the facts of each finding hold them.',
  },
  needs: { deviceConfigurations, configurationPolicies },

  evaluate({ deviceConfigurations, configurationPolicies }) {
    const rings = withoutDoubt(assignedUpdateRings(deviceConfigurations.rings, configurationPolicies));
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };
    const findings = rings.flatMap(lateRing);
    const [untold] = rings
      .filter((ring) => [ring.deadlineForQualityUpdatesInDays, ring.deadlineForFeatureUpdatesInDays, ring.deadlineGracePeriodInDays].includes(undefined))
      .map((ring) => ring.displayName)
      .sort(byText);
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(
        `The update ring or settings catalog policy ${untold} does not tell both of its deadlines and its grace period, and another policy may set them.`,
        'Open it in the Intune admin center (Devices > Windows updates > Update rings, or Devices > Configuration), set all three to explicit values and save it.',
      );
    return failIfAny(findings, rings.length);
  },
});

function lateRing(ring: Ring): Finding[] {
  const { deadlineForQualityUpdatesInDays: quality, deadlineForFeatureUpdatesInDays: feature, deadlineGracePeriodInDays: grace } = ring;
  const reasons = [...deadlineReason('quality', quality, longest.quality), ...deadlineReason('feature', feature, longest.feature)];
  if (typeof grace === 'number' && grace > longest.grace) reasons.push(`a grace period of ${grace} days, more than ${longest.grace}`);
  if (reasons.length === 0) return [];
  return [
    {
      subject: ringSubject(ring),
      message: `The ring has ${list(reasons)}.`,
      facts: {
        qualityDeadlineDays: quality === undefined ? 'not told' : (quality ?? 'none'),
        featureDeadlineDays: feature === undefined ? 'not told' : (feature ?? 'none'),
        graceDays: grace === undefined ? 'not told' : (grace ?? 'not set'),
        restartOnlyAfterDeadline: ring.postponeRebootUntilAfterDeadline ?? 'not set',
      },
    },
  ];
}

/** Graph sends null where no deadline is set. */
function deadlineReason(kind: 'quality' | 'feature', days: number | null | undefined, most: number): string[] {
  if (days === null) return [`no deadline for ${kind} updates`];
  return days !== undefined && days > most ? [`a deadline of ${days} days for ${kind} updates, more than ${most}`] : [];
}
