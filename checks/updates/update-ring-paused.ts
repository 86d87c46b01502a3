import { assignedUpdateRings, setsTimingOrPauses } from '../../src/datasets/catalog-rings.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { isPaused, type Ring, ringSubject } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

/** As long as Intune lets a pause last. New versions, unlike security fixes, can wait for it. */
const toleratedDays = 35;

export default defineCheck({
  id: 'update-ring-paused',
  title: 'No update ring holds back security fixes, or new Windows versions for long',
  failTitle: 'An update ring is paused',
  why: 'A pause set in a hurry is easily forgotten. Until it ends no computer of the ring gets security fixes; a long pause of new Windows versions leaves computers on one whose updates end.',
  severity: 'high',
  controls: [],
  references: [{ label: 'Pause and resume update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-update-rings' }],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Computers of the ring install the updates that were held back and restart.',
    steps: [
      'Ask who paused the ring and whether the reason still holds.',
      'Intune admin center > Devices > Windows updates > Update rings: open the ring named here and choose Resume for quality or feature updates.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';qualityUpdatesPaused=$false;featureUpdatesPaused=$false}`,
    rollback: 'Choose Pause on the same page; it lasts up to 35 days.',
  },
  needs: { deviceConfigurations, configurationPolicies },

  evaluate({ deviceConfigurations, configurationPolicies }, { now }) {
    const rings = assignedUpdateRings(deviceConfigurations.rings, configurationPolicies, setsTimingOrPauses);
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };

    const paused = rings.map((ring) => pauseOf(ring, now));
    const findings = paused.flatMap(pausedTooLong);
    const untold = paused
      .filter((pause) => pause.isUntold)
      .map(({ ring }) => ring.displayName)
      .sort(byText);
    if (findings.length === 0 && untold[0])
      throw new UnknownEvidence(
        `Intune does not tell whether, or until when, the update ring ${untold[0]} is paused.`,
        'Intune admin center > Devices > Windows updates > Update rings: open the ring and look at Pause and Resume; resume what is paused.',
      );
    const tolerated = paused.flatMap(({ ring, feature }) => (feature.paused ? [`${ring.displayName} ${untilText(feature.until)}`] : [])).sort(byText);
    return failIfAny(findings, rings.length, tolerated.length > 0 ? `New Windows versions are held back for a while by ${list(tolerated, 3)}.` : undefined);
  },
});

interface RingPause {
  ring: Ring;
  quality: { paused: boolean; until: string | null };
  feature: { paused: boolean; until: string | null };
  /** Whether the pause of feature updates is longer than what is tolerated. */
  long: boolean;
  isUntold: boolean;
}

function pauseOf(ring: Ring, now: Date): RingPause {
  const quality = isPaused(ring.qualityUpdatesPaused, ring.qualityUpdatesPauseExpiryDateTime, now);
  const feature = isPaused(ring.featureUpdatesPaused, ring.featureUpdatesPauseExpiryDateTime, now);
  const isUntold = ring.qualityUpdatesPaused == null || ring.featureUpdatesPaused == null || (feature.paused && feature.until === null);
  const long = feature.paused && feature.until !== null && Date.parse(feature.until) > addDays(now, toleratedDays).getTime();
  return { ring, quality, feature, long, isUntold };
}

function pausedTooLong({ ring, quality, feature, long }: RingPause): Finding[] {
  if (!quality.paused && !long) return [];
  const kinds = [
    ...(quality.paused ? [`quality updates ${untilText(quality.until)}`] : []),
    ...(feature.paused ? [`feature updates ${untilText(feature.until)}`] : []),
  ];
  return [
    {
      subject: ringSubject(ring),
      message: `The ring holds back ${kinds.join(' and ')}.`,
      facts: { ...(quality.until ? { qualityUntil: isoDay(quality.until) } : {}), ...(feature.until ? { featureUntil: isoDay(feature.until) } : {}) },
    },
  ];
}

function untilText(until: string | null): string {
  return until ? `until ${isoDay(until)}` : 'without a known end';
}
