import { assignedUpdateRings, unitedReaches } from '../../src/datasets/catalog-rings.ts';
import {
  deviceFacts,
  deviceSubject,
  eligibleWindows,
  isCoManaged,
  isManagedElsewhere,
  isWindowsServer,
  type ManagedDevice,
} from '../../src/datasets/devices.ts';
import { catalogPolicyGroupMembers } from '../../src/datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { ringReach } from '../../src/datasets/update-rings.ts';
import { defineCheck, type Finding, failIfAny, type Judgement, type Tenant, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-ring-missing',
  title: 'Every Windows computer is in an update ring',
  failTitle: 'Windows computers are in no update ring',
  why: 'Unless another tool patches them, updates come when Windows or the user decides, in no order and by no date that could be promised to anybody.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Update rings in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-update-rings' },
    { label: 'Deployment rings', url: 'https://learn.microsoft.com/windows/deployment/update/create-deployment-plan' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Computers in the ring restart for updates by its deadline.',
    steps: [
      'Intune admin center > Devices > Windows updates > Update rings: open the ring meant for everyone, or create one.',
      'Under Assignments add All devices or a group that holds the computers named here; keep a small pilot group in a ring of its own and exclude it here.',
      'Where another tool patches these computers (Configuration Manager, a third party), record that as an accepted risk with the name of the tool.',
    ],
    command: `Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/v1.0/deviceManagement/deviceConfigurations/<ring-id>/assign' -Body '{"assignments":[{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"<group-id>"}}]}'`,
    rollback:
      'Remove the assignment again; devices keep the last settings until another policy changes them. The assign call replaces all assignments of the ring, so note the present ones first.',
  },
  needs: { deviceConfigurations, configurationPolicies, managedDevices, updateRingGroupMembers, catalogPolicyGroupMembers },

  evaluate({ deviceConfigurations, configurationPolicies, managedDevices, updateRingGroupMembers, catalogPolicyGroupMembers }, { now, tenant }) {
    const rings = assignedUpdateRings(deviceConfigurations.rings, configurationPolicies);
    const hasRings = rings.length > 0;
    const reachOf = ringReach(rings, unitedReaches(updateRingGroupMembers, catalogPolicyGroupMembers));
    const missed: Finding[] = [];
    let devices = 0;
    let coManaged = 0;
    let coManagedInNone = 0;
    let unknown = 0;
    for (const device of eligibleWindows(managedDevices, now)) {
      if (isWindowsServer(device) || isManagedElsewhere(device)) continue;
      devices += 1;
      if (isCoManaged(device)) coManaged += 1;
      const reach = hasRings ? reachOf(device) : 'unknown';
      if (reach === 'unknown') unknown += 1;
      if (reach === 'inNoRing' && isCoManaged(device)) coManagedInNone += 1;
      else if (reach === 'inNoRing') missed.push(missedBy(device));
    }
    if (devices === 0) return { verdict: 'notApplicable', because: 'No Windows computer that Intune manages checked in within 30 days.' };
    if (!hasRings)
      return coManaged === devices ? askAboutWorkload(coManaged) : failIfAny([noRing(devices, deviceConfigurations.rings.length, tenant)], devices);
    if (missed.length === 0 && unknown > 0)
      throw new UnknownEvidence(
        `For ${count(unknown, 'Windows computer')} the assignments of the update rings could not be resolved.`,
        'Filters, rings for users and exclusions of users from rings for devices leave it open which computers they reach: assign rings to All devices or to groups whose devices are registered in Entra ID.',
      );
    return missed.length === 0 && coManagedInNone > 0 ? askAboutWorkload(coManagedInNone) : failIfAny(missed, devices);
  },
});

function noRing(devices: number, rings: number, { id, name }: Tenant): Finding {
  return {
    subject: { type: 'organization', id, name },
    message: `No update ring and no settings catalog policy with update settings is assigned to anybody, while ${count(devices, 'Windows computer')} checked in within 30 days.`,
    facts: { devices, rings },
  };
}

function missedBy(device: ManagedDevice): Finding {
  return {
    subject: deviceSubject(device),
    message: 'No assigned update ring or settings catalog policy brings updates to this computer.',
    facts: { ...(device.managementAgent ? { managementAgent: device.managementAgent } : {}), ...deviceFacts(device) },
  };
}

/** Who updates a co-managed computer is set in Configuration Manager, which Graph does not show. */
function askAboutWorkload(devices: number): Judgement {
  return {
    verdict: 'manual',
    steps: [
      `${count(devices, 'co-managed computer is', 'co-managed computers are')} in no update ring; Configuration Manager may update ${devices === 1 ? 'it' : 'them'}.`,
      'Configuration Manager console > Administration > Cloud Services > Cloud Attach > Properties > Workloads: look where Windows Update policies stands.',
      'On Configuration Manager: see there that updates are deployed with a deadline. On Intune: add these computers to an update ring.',
    ],
  };
}
