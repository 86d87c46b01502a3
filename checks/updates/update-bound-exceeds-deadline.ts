import { isAssigned } from '../../src/datasets/assignments.ts';
import { assignedUpdateRings, withoutDoubt } from '../../src/datasets/catalog-rings.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { qualityUpdateProfiles } from '../../src/datasets/graph/qualityUpdateProfiles.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type Ring, type RingBound, ringBound, ringSubject } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-bound-exceeds-deadline',
  title: 'Every update ring keeps the deadline for critical fixes',
  failTitle: 'An update ring cannot keep the deadline for critical fixes',
  why: 'If a ring tells its computers to wait longer than the deadline, the promise to patch in time is broken before anybody starts.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Settings of update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-update-settings' },
    { label: 'Deadlines for updates', url: 'https://learn.microsoft.com/windows/deployment/update/wufb-compliancedeadlines' },
    { label: 'Expedite updates', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-expedite-updates' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Computers of the slowest ring get updates and restarts earlier than before.',
    steps: [
      'Intune admin center > Devices > Windows updates > Update rings: open each ring named here.',
      'Choose deferral, deadline and grace period so that their sum stays within your deadline for critical fixes, for example 7 + 3 + 2 days for the last ring.',
      'Keep an expedite policy with a forced restart after at most 2 days ready for emergencies.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';qualityUpdatesDeferralPeriodInDays=7;deadlineForQualityUpdatesInDays=3;deadlineGracePeriodInDays=2}`,
    rollback: 'Set the former values again; the facts of each finding hold them.',
  },
  needs: { deviceConfigurations, configurationPolicies },
  wants: { qualityUpdateProfiles },

  evaluate({ deviceConfigurations, configurationPolicies, qualityUpdateProfiles }, { settings }) {
    const rings = withoutDoubt(assignedUpdateRings(deviceConfigurations.rings, configurationPolicies));
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };

    const limit = settings.patchDeadlineDays;
    const bounds = rings.map((ring) => ({ ring, bound: ringBound(ring) }));
    const expedite = qualityUpdateProfiles.ok ? { expeditePolicies: qualityUpdateProfiles.kept.filter((profile) => isAssigned(profile)).length } : {};
    const findings = bounds.flatMap(({ ring, bound }) => tooSlow(ring, bound, limit, expedite));
    const open = bounds.flatMap(({ ring, bound }) => unsettled(ring, bound, limit)).sort(byText);
    if (findings.length === 0 && open[0]) throw new UnknownEvidence(open[0], 'Set deferral, deadline and grace period of the ring to explicit values.');
    return failIfAny(findings, rings.length);
  },
});

function tooSlow(ring: Ring, bound: RingBound, limit: number, expedite: Record<string, number>): Finding[] {
  const subject = ringSubject(ring);
  if (bound.kind === 'unbounded')
    return [
      {
        subject,
        message: 'The ring has no deadline for quality updates, so no day can be promised by which they are installed.',
        facts: { deadlineDays: limit, ...expedite },
      },
    ];
  if (bound.kind === 'unknown' || bound.least <= limit) return [];
  const message = `The ring takes up to ${bound.most} days (${bound.arithmetic}), more than the ${limit} days within which critical fixes are due.`;
  return [{ subject, message, facts: { boundDays: bound.most, arithmetic: bound.arithmetic, deadlineDays: limit, ...expedite } }];
}

function unsettled(ring: Ring, bound: RingBound, limit: number): string[] {
  if (bound.kind === 'unknown') return [`${bound.because}.`];
  if (bound.kind === 'days' && bound.least <= limit && bound.most > limit)
    return [`The ring ${ring.displayName} leaves the grace period to Windows; with the longest one it would exceed ${limit} days.`];
  return [];
}
