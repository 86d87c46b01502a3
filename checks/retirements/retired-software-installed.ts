import { detectedAppDevices } from '../../src/datasets/graph/detectedAppDevices.ts';
import { detectedApps } from '../../src/datasets/graph/detectedApps.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { judgeInventory } from '../../src/datasets/software-inventory.ts';
import { defineCheck } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'retired-software-installed',
  title: 'No retired Microsoft program is installed on managed devices',
  failTitle: 'Retired Microsoft programs are installed on managed devices',
  why: 'A retired program gets no security fixes, and some stop working from one day to the next. Documents and mails from outside are opened in them.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Discovered apps in Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/app-discovered-apps' },
    { label: 'End of support for Office', url: 'https://learn.microsoft.com/microsoft-365-apps/end-of-support/plan-upgrade-older-versions-office' },
    { label: 'End of classic Teams', url: 'https://learn.microsoft.com/microsoftteams/teams-classic-client-end-of-availability' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Users lose the old program. Files, notes and add-ins that only it can open must be moved first.',
    steps: [
      'Intune admin center > Apps > Monitor > Discovered apps: open each program named here to see its devices and users.',
      'See that the successor is there: Microsoft 365 Apps or a serviced Office, new Teams, OneNote from Microsoft 365 Apps; in OneNote for Windows 10, sync first.',
      'Remove the old program: Microsoft 365 Apps removes older Office by Remove other versions; others by an uninstall assignment or a script.',
    ],
    command: 'Get-MgDeviceManagementDetectedApp -All -Filter "contains(displayName,\'<program>\')" | Select-Object DisplayName,Version,DeviceCount',
    rollback: 'Install the program again from its own media, where Microsoft still offers it.',
  },
  needs: { detectedApps, managedDevices },
  wants: { detectedAppDevices },

  evaluate(evidence, { now }) {
    const names = evidence.detectedAppDevices.ok ? evidence.detectedAppDevices.kept : undefined;
    return judgeInventory({ inventory: evidence.detectedApps, devices: evidence.managedDevices, names }, now, (program) => Boolean(program.retirement));
  },
});
