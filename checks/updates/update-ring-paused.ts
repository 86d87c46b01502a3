import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { assignedRings, isPaused, type Ring } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-ring-paused',
  title: 'No update ring is paused',
  failTitle: 'An update ring is paused',
  why: 'A pause set in a hurry is easily forgotten. Until it ends, no computer of the ring gets security fixes, or none gets a newer Windows version.',
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
  needs: { deviceConfigurations },

  evaluate({ deviceConfigurations }, { now }) {
    const rings = assignedRings(deviceConfigurations.rings);
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };

    const findings = rings.flatMap((ring) => pauses(ring, now));
    const untold = rings
      .filter((ring) => ring.qualityUpdatesPaused == null || ring.featureUpdatesPaused == null)
      .map((ring) => ring.displayName)
      .sort(byText);
    if (findings.length === 0 && untold[0]) throw new UnknownEvidence(`Intune does not tell whether the update ring ${untold[0]} is paused.`);
    return failIfAny(findings, rings.length);
  },
});

function pauses(ring: Ring, now: Date): Finding[] {
  const quality = isPaused(ring.qualityUpdatesPaused, ring.qualityUpdatesPauseExpiryDateTime, now);
  const feature = isPaused(ring.featureUpdatesPaused, ring.featureUpdatesPauseExpiryDateTime, now);
  if (!quality.paused && !feature.paused) return [];
  const kinds = [
    ...(quality.paused ? [`quality updates ${untilText(quality.until)}`] : []),
    ...(feature.paused ? [`feature updates ${untilText(feature.until)}`] : []),
  ];
  return [
    {
      subject: { type: 'windowsUpdateForBusinessConfiguration', id: ring.id, name: ring.displayName },
      message: `The ring holds back ${kinds.join(' and ')}.`,
      facts: { ...(quality.until ? { qualityUntil: isoDay(quality.until) } : {}), ...(feature.until ? { featureUntil: isoDay(feature.until) } : {}) },
    },
  ];
}

function untilText(until: string | null): string {
  return until ? `until ${isoDay(until)}` : 'without a known end';
}
