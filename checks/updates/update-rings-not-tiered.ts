import { assignedUpdateRings, unitedReaches, withoutDoubt } from '../../src/datasets/catalog-rings.ts';
import {
  deviceFacts,
  deviceSubject,
  eligibleWindows,
  isManagedElsewhere,
  isWindowsServer,
  type ManagedDevice,
  type ManagedDevices,
} from '../../src/datasets/devices.ts';
import { catalogPolicyGroupMembers } from '../../src/datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../../src/datasets/graph/deviceConfigurations.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updateRingGroupMembers } from '../../src/datasets/graph/updateRingGroupMembers.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type Ring, ringBound, ringSubject } from '../../src/datasets/update-rings.ts';
import {
  assumptions,
  devicesForTiers,
  problemKey,
  reachedBy,
  ringFleets,
  sizeOf,
  type TierProblem,
  tierProblems,
  tiersUnder,
} from '../../src/datasets/update-tiers.ts';
import { type CheckContext, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'update-rings-not-tiered',
  title: 'Updates are tested on a few computers first',
  failTitle: 'Updates are not rolled out in clear stages',
  why: 'Now and then an update breaks something. If it reaches all computers at once, one bad morning stops the whole company; on a few computers it is an incident for one person.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Plan the stages of a rollout', url: 'https://learn.microsoft.com/windows/deployment/update/create-deployment-plan' },
    { label: 'Update rings in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-update-rings' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'The computers of the first ring get updates some days before all others, and their users should know whom to tell when something breaks.',
    steps: [
      'Choose 5 to 10 % of the computers, one of each kind and department, for a pilot group; from a hundred computers on choose a second, larger group as well.',
      'Intune admin center > Devices > Windows updates > Update rings: create a ring without deferral for the pilot group, and give the ring of all others a deferral of at least 2 days more.',
      'Exclude the pilot group from the other rings, so that every computer is in one ring only.',
      'Before the deferral of the broad ring ends, ask the pilot users, and pause the broad ring if something broke.',
    ],
    command: `Update-MgDeviceManagementDeviceConfiguration -DeviceConfigurationId <ring-id> -BodyParameter @{'@odata.type'='#microsoft.graph.windowsUpdateForBusinessConfiguration';qualityUpdatesDeferralPeriodInDays=5}`,
    rollback: 'Set the former deferral and assignments again; the facts of each finding hold the delays.',
  },
  needs: { deviceConfigurations, configurationPolicies, managedDevices, updateRingGroupMembers, catalogPolicyGroupMembers },

  evaluate({ deviceConfigurations, configurationPolicies, managedDevices, updateRingGroupMembers, catalogPolicyGroupMembers }, { now, tenant }) {
    const rings = withoutDoubt(assignedUpdateRings(deviceConfigurations.rings, configurationPolicies));
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'No update ring is assigned.' };
    requireBounds(rings);
    const fleets = ringFleets(computersIn(managedDevices, now), rings, unitedReaches(updateRingGroupMembers, catalogPolicyGroupMembers));
    const views = assumptions.map((assumption) => {
      const tiers = tiersUnder(assumption, fleets);
      const problems = tierProblems(tiers);
      return { reached: sizeOf(reachedBy(tiers)), problems, keys: new Set(problems.map(problemKey)) };
    });
    const [first] = views;
    const examined = Math.max(...views.map(({ reached }) => reached));
    const certain = (first?.problems ?? []).filter((problem) => views.every(({ keys }) => keys.has(problemKey(problem))));
    if (certain.length > 0)
      return failIfAny(
        certain.map((problem) => findingOf(problem, tenant)),
        examined,
      );
    if (views.some(({ problems }) => problems.length > 0))
      throw new UnknownEvidence(
        'Whether updates are tested first hangs on assignments that cannot be resolved, or on grace periods that no ring sets.',
        'Filters, rings for users and exclusions of users from rings for devices leave it open which computers they reach: assign rings to groups whose devices are registered in Entra ID, and set the grace period of each ring.',
      );
    if (examined < devicesForTiers)
      return {
        verdict: 'notApplicable',
        because: `Update rings reach ${count(examined, 'Windows computer')} in use; a test stage is asked for from ${devicesForTiers} on.`,
      };
    return { verdict: 'pass', examined };
  },
});

function* computersIn(devices: ManagedDevices, now: Date): Generator<ManagedDevice> {
  for (const device of eligibleWindows(devices, now)) if (!isWindowsServer(device) && !isManagedElsewhere(device)) yield device;
}

function requireBounds(rings: readonly Ring[]): void {
  const unknown = rings.flatMap((ring) => {
    const bound = ringBound(ring);
    return bound.kind === 'unknown' ? [bound.because] : [];
  });
  const [because] = unknown.sort(byText);
  if (because) throw new UnknownEvidence(`${because}.`, 'Open the ring in the Intune admin center and save deferral and deadline as explicit values.');
}

function findingOf(problem: TierProblem, tenant: CheckContext['tenant']): Finding {
  if (problem.kind === 'twoRings') {
    const names = problem.rings.map(({ displayName }) => displayName).sort(byText);
    return {
      subject: deviceSubject(problem.device),
      message: `The computer is in ${names.length} update rings, ${list(names)}, and it is open which one it obeys.`,
      facts: { rings: names.join(', '), ...deviceFacts(problem.device) },
    };
  }
  if (problem.kind === 'tooFew')
    return {
      subject: { type: 'organization', id: tenant.id, name: tenant.name },
      message: `${count(problem.devices, 'Windows computer')} get updates in ${count(problem.delays.length, 'stage')} (${list(problem.delays.map(daysText))}); ${problem.needed} different delays are asked for.`,
      facts: { devices: problem.devices, stages: problem.delays.length, stagesAskedFor: problem.needed },
    };
  const { tier } = problem;
  const devices = sizeOf(tier.fleets);
  const facts = { devices, delay: daysText(tier.delay) };
  const message =
    problem.kind === 'firstTooLarge'
      ? `The first ring to get updates holds ${devices} of ${problem.devices} computers, more than a fifth.`
      : `The ring of most computers (${daysText(tier.delay)}) waits less than 2 days longer than the first one, ${problem.first.ring.displayName} (${daysText(problem.first.delay)}).`;
  return { subject: ringSubject(tier.ring), message, facts };
}

function daysText(delay: number): string {
  return delay === Number.POSITIVE_INFINITY ? 'no deadline' : count(delay, 'day');
}
