import { isAssigned } from '../../src/datasets/assignments.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { driverUpdateProfiles } from '../../src/datasets/graph/driverUpdateProfiles.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { ringSettings } from '../../src/datasets/ring-settings.ts';
import { assignedRings, ringSubject } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-ring-unsafe-settings',
  title: 'Update rings install everything that matters and nothing experimental',
  failTitle: 'Update rings leave out updates or install test versions',
  why: 'Half an update plan leaves half the holes: what a ring leaves out, or lets users postpone, stays open. Test versions of Windows break things on computers that people need for work.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Settings of update rings', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-update-settings' },
    { label: 'Driver updates in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-driver-updates-overview' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Office and other Microsoft products, and drivers, get updates with Windows; users can no longer pause updates themselves.',
    steps: [
      'Intune admin center > Devices > Windows updates > Update rings: open each ring named here.',
      'Microsoft product updates: Allow. Windows drivers: Allow, unless a driver update policy delivers them.',
      'Automatic update behavior: install automatically. Option to pause Windows updates: Disable.',
      'Enable pre-release builds: Not configured, except in the first ring.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';microsoftUpdateServiceAllowed=$true;driversExcluded=$false;automaticUpdateMode='autoInstallAtMaintenanceTime';userPauseAccess='disabled'}`,
    rollback: 'Set the former values again; the facts of each finding hold them.',
  },
  needs: { deviceConfigurations, driverUpdateProfiles },

  evaluate({ deviceConfigurations, driverUpdateProfiles }) {
    const rings = assignedRings(deviceConfigurations.rings);
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };
    const hasDriverPolicy = driverUpdateProfiles.some((profile) => isAssigned(profile));
    const judged = rings.map((ring) => ({ ring, ...ringSettings(ring, rings, hasDriverPolicy) }));
    const findings = judged.flatMap(({ ring, faults, facts }): Finding[] =>
      faults.length === 0 ? [] : [{ subject: ringSubject(ring), message: `The ring ${list(faults)}.`, facts }],
    );
    const [untold] = judged.flatMap(({ ring, untold }) => untold.map((name) => `${name} of the update ring ${ring.displayName}`)).sort(byText);
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(`Intune does not tell, or tells in a way not known here, ${untold}.`, 'Open the ring in the Intune admin center and save it.');
    return failIfAny(findings, rings.length);
  },
});
