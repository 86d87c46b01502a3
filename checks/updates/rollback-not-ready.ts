import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { assignedRings, type Ring, ringSubject } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

/** What Windows keeps by itself. */
const leastWindowDays = 10;

export default defineCheck({
  id: 'rollback-not-ready',
  title: 'A bad Windows update can be taken back from every update ring',
  failTitle: 'A bad Windows update cannot be taken back in time, or a roll-back was left on',
  why: 'When an update stops the tills, minutes count. A new Windows version can be taken back only for as long as its ring keeps the old one, and a roll-back that nobody ended keeps security fixes away.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Settings of update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-update-settings' },
    { label: 'Pause, resume and uninstall in update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-update-rings' },
    {
      label: 'BitLocker recovery keys',
      url: 'https://learn.microsoft.com/windows/security/operating-system-security/data-protection/bitlocker/recovery-overview',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'The files of the old Windows version stay on the disk some days longer. Ending a roll-back installs the update again and restarts the computer.',
    steps: [
      'Intune admin center > Devices > Windows updates > Update rings: open each ring named here > Update settings > Set feature update uninstall period: 10 days or more.',
      'Where a roll-back is on: ask who started it and whether the reason still holds; then open the ring and end it, so that updates arrive again.',
      'Practise once: pause a ring, uninstall the latest quality update on a test computer, resume. Write down who may do it.',
      'A computer that no longer starts needs its recovery key: see that the keys of all computers are stored in Entra ID, and that recovery media or Windows recovery is at hand.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';featureUpdatesRollbackWindowInDays=10}`,
    rollback: 'Set the former number of days again; the facts of each finding hold it.',
  },
  needs: { deviceConfigurations },

  evaluate({ deviceConfigurations }) {
    const rings = assignedRings(deviceConfigurations.rings);
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };
    const findings = rings.flatMap(notReady);
    const untold = rings
      .filter(isUntold)
      .map((ring) => ring.displayName)
      .sort(byText);
    if (findings.length === 0 && untold[0])
      throw new UnknownEvidence(
        `Intune does not tell how the update ring ${untold[0]} takes updates back.`,
        'Open the ring in the Intune admin center, look at the feature update uninstall period and at Uninstall, and save the ring.',
      );
    return failIfAny(findings, rings.length);
  },
});

function notReady(ring: Ring): Finding[] {
  const window = ring.featureUpdatesRollbackWindowInDays;
  const back = [...(ring.qualityUpdatesWillBeRolledBack ? ['quality'] : []), ...(ring.featureUpdatesWillBeRolledBack ? ['feature'] : [])];
  const reasons = [
    ...(typeof window === 'number' && window < leastWindowDays
      ? [`keeps the old Windows version for ${window} days only, so a new one can be taken back for less than ${leastWindowDays}`]
      : []),
    ...(back.length > 0 ? [`still takes back ${list(back.map((kind) => `${kind} updates`))}`] : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      subject: ringSubject(ring),
      message: `The ring ${list(reasons)}.`,
      facts: { windowDays: window ?? 'not set', ...(back.length > 0 ? { takesBack: back.join(', ') } : {}) },
    },
  ];
}

/** A window that no ring sets is known: Windows keeps 10 days. What the service leaves out altogether is not. */
function isUntold(ring: Ring): boolean {
  return ring.featureUpdatesRollbackWindowInDays === undefined || ring.qualityUpdatesWillBeRolledBack == null || ring.featureUpdatesWillBeRolledBack == null;
}
