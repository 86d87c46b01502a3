import { deviceFacts, deviceSubject, eligibleWindows, isWindowsServer, type ManagedDevice } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updatableAssets } from '../../src/datasets/graph/updatableAssets.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-service-errors',
  title: 'The Windows update service can serve every computer it knows',
  failTitle: 'The Windows update service cannot serve some computers',
  why: 'These computers look managed and stay unpatched: what you approve for them never reaches them.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Devices of the update service', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-updatableasset' },
    { label: 'Registration errors', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-azureaddeviceregistrationerror' },
    {
      label: 'Register devices with Windows Autopatch',
      url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/deploy/windows-autopatch-device-registration-overview',
    },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'medium',
    impact: 'A computer may have to leave and join Entra ID again, which signs its user out.',
    steps: [
      'invalidAzureADDeviceId, invalidAzureADJoin, missingTrustType: run dsregcmd /status on the computer; leave and join Entra ID again where it is not joined as it should be.',
      'invalidGlobalDeviceId: the computer was cloned from an image with an identity of its own; reset it.',
      'Not enrolled for quality updates: add the computer to the group that your Autopatch or quality update policies are assigned to.',
    ],
    command: `Invoke-MgGraphRequest -Uri 'https://graph.microsoft.com/beta/admin/windows/updates/updatableAssets/<entra-device-id>'`,
    rollback: 'Nothing to undo.',
  },
  needs: { updatableAssets, managedDevices },

  evaluate({ updatableAssets, managedDevices }, { now }) {
    if (updatableAssets.devices === 0) return { verdict: 'notApplicable', because: 'The Windows update service knows no device of this tenant.' };
    // Where no device at all is enrolled, quality updates come another way.
    const enrols = updatableAssets.enrolled > 0;
    const findings: Finding[] = [];
    let devices = 0;
    for (const device of eligibleWindows(managedDevices, now)) {
      if (isWindowsServer(device)) continue;
      devices += 1;
      const id = device.azureADDeviceId?.toLowerCase() ?? '';
      const errors = updatableAssets.errors.get(id) ?? [];
      const missing = enrols && updatableAssets.notEnrolled.has(id);
      if (errors.length > 0 || missing) findings.push(notServed(device, errors, missing));
    }
    if (devices === 0) return { verdict: 'notApplicable', because: 'No Windows computer checked in within 30 days.' };
    if (findings.length === 0 && updatableAssets.unclear > 0)
      throw new UnknownEvidence(
        `The Windows update service gives ${count(updatableAssets.unclear, 'device')} a state that is not known here.`,
        'Update tidytenant; until then look at the devices in the Intune admin center.',
      );
    const other = updatableAssets.errors.size;
    return failIfAny(findings, devices, other > 0 ? `${count(other, 'device')} with errors no longer checked in with Intune.` : undefined);
  },
});

function notServed(device: ManagedDevice, errors: readonly string[], missing: boolean): Finding {
  const reasons = [
    ...(errors.length > 0 ? [`reports ${list(errors)} for this computer`] : []),
    ...(missing ? ['does not have it among those that get quality updates, unlike others'] : []),
  ];
  return {
    subject: deviceSubject(device),
    message: `The Windows update service ${list(reasons)}.`,
    facts: { ...(errors.length > 0 ? { errors: errors.join(', ') } : {}), enrolled: !missing, ...deviceFacts(device) },
  };
}
