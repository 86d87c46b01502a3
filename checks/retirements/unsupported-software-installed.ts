import { detectedAppDevices } from '../../src/datasets/graph/detectedAppDevices.ts';
import { detectedApps } from '../../src/datasets/graph/detectedApps.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { judgeInventory } from '../../src/datasets/software-inventory.ts';
import { defineCheck } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'unsupported-software-installed',
  title: 'No program that ended years ago is left on managed devices',
  failTitle: 'Programs that ended years ago are left on managed devices',
  why: 'Silverlight, old Office versions and the like are leftovers that nobody patches. Each known hole in them stays open for good.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Discovered apps in Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/app-discovered-apps' },
    { label: 'Search product lifecycle', url: 'https://learn.microsoft.com/lifecycle/products/' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'An old database, macro or web page may still need the program. Ask its user before it goes.',
    steps: [
      'Intune admin center > Apps > Monitor > Discovered apps: open each program named here to see its devices and users.',
      'Ask what still needs it. Old Access databases run in Microsoft 365 Apps or with the current Access database engine.',
      'Remove it by an uninstall assignment, a remediation script, or by hand where it is one computer.',
    ],
    command: 'Get-MgDeviceManagementDetectedApp -All -Filter "contains(displayName,\'<program>\')" | Select-Object DisplayName,Version,DeviceCount',
    rollback: 'Install the program again from its own media; Microsoft no longer offers most of them.',
  },
  needs: { detectedApps, managedDevices },
  wants: { detectedAppDevices },

  evaluate(evidence, { now }) {
    const names = evidence.detectedAppDevices.ok ? evidence.detectedAppDevices.kept : undefined;
    return judgeInventory({ inventory: evidence.detectedApps, devices: evidence.managedDevices, names }, now, (program) => !program.retirement);
  },
});
