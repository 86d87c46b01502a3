import { parseWindowsVersion, windowsLines } from '../../src/advisories/windows.ts';
import { serviceOf } from '../../src/advisories/windows-service.ts';
import { assignedFor, type ComplianceSystem, type Minimum, minimumOf, systemsIn } from '../../src/datasets/compliance-minimum.ts';
import { activeDevices } from '../../src/datasets/devices.ts';
import { compliancePolicies } from '../../src/datasets/graph/compliancePolicies.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type CheckContext, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { daysBetween } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

const oldestPatchDays = 365;
const isDate = /^\d{4}-\d{2}-\d{2}$/;

export default defineCheck({
  id: 'compliance-min-os-missing',
  title: 'Compliance policies set the oldest version of every system in use',
  failTitle: 'Old systems count as compliant',
  why: 'Rules that let in compliant devices alone are worth little when a system without security updates counts as compliant.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Compliance settings for Windows', url: 'https://learn.microsoft.com/intune/intune-service/protect/compliance-policy-create-windows' },
    { label: 'Manage system versions', url: 'https://learn.microsoft.com/intune/intune-service/fundamentals/manage-os-versions' },
    { label: 'Compliance policies', url: 'https://learn.microsoft.com/intune/intune-service/protect/device-compliance-get-started' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Devices below the minimum lose access where Conditional Access asks for a compliant device, after the grace period of the policy.',
    steps: [
      'Intune admin center > Devices > Compliance: open the policy of each system named here, or create one.',
      'Windows, iOS, iPadOS and macOS: set the minimum version to one that still gets security updates. Android: set the minimum security patch level.',
      'Give a grace period of some days, tell the users, and raise the minimum with every version that ends.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceManagement/deviceCompliancePolicies/<policy-id>' -Body '{"@odata.type":"#microsoft.graph.windows10CompliancePolicy","osMinimumVersion":"<10.0.26100.0>"}'`,
    rollback: 'Set the former minimum again; the facts of each finding hold it.',
  },
  needs: { compliancePolicies, managedDevices },

  evaluate({ compliancePolicies, managedDevices }, context) {
    const active = [...activeDevices(managedDevices, context.now)].map(({ operatingSystem }) => operatingSystem);
    const systems = systemsIn(active);
    if (systems.length === 0) return { verdict: 'notApplicable', because: 'No device of a system that compliance policies are for checked in within 30 days.' };
    const assigned = systems.map((system) => ({ system, policies: assignedFor(system, compliancePolicies) }));
    const without = assigned.filter(({ policies }) => !policies.some((policy) => minimumOf(policy))).map(({ system }) => system);
    const findings = [
      ...(without.length > 0 ? [missing(without, context.tenant)] : []),
      ...assigned.flatMap(({ system, policies }) => policies.flatMap((policy) => outdated(system, policy, context))),
    ];
    const [unread] = assigned
      .flatMap(({ system, policies }) => policies.filter((policy) => !isReadable(system, policy)).map(({ displayName }) => displayName))
      .sort(byText);
    if (findings.length === 0 && unread)
      throw new UnknownEvidence(
        `The compliance policy ${unread} sets a minimum that is no version or date known here.`,
        'Open the policy in the Intune admin center and compare its minimum with the versions in service.',
      );
    return failIfAny(findings, systems.length);
  },
});

function missing(systems: readonly ComplianceSystem[], { id, name }: CheckContext['tenant']): Finding {
  return {
    subject: { type: 'organization', id, name },
    message: `No assigned compliance policy sets the oldest version of ${list(systems)}.`,
    facts: { systems: systems.join(', ') },
  };
}

/** Versions of Apple's systems are taken as they are: no list of them is at hand. */
function isReadable(system: ComplianceSystem, { osMinimumVersion: version, minAndroidSecurityPatchLevel: level }: Minimum): boolean {
  if (system === 'Windows') return !version || parseWindowsVersion(version) !== null;
  return system !== 'Android' || !level || isDate.test(level);
}

/** A policy that leaves the minimum to others is not wrong by itself. */
function outdated(system: ComplianceSystem, policy: Minimum, { now, snapshot }: CheckContext): Finding[] {
  const minimum = minimumOf(policy);
  const because = minimum && (system === 'Windows' ? endedWindows(policy, snapshot, now) : system === 'Android' ? oldPatchLevel(policy, now) : null);
  if (!because) return [];
  return [
    {
      subject: { type: policy['@odata.type'].replace('#microsoft.graph.', ''), id: policy.id, name: policy.displayName },
      message: `The policy calls everything from ${minimum} on compliant: ${because}.`,
      facts: { system, minimum },
    },
  ];
}

/** Whatever the edition: a version that only some editions still get updates for may be meant for these. */
function endedWindows({ osMinimumVersion }: Minimum, snapshot: CheckContext['snapshot'], now: Date): string | null {
  const version = parseWindowsVersion(osMinimumVersion);
  if (!version) return null;
  const service = serviceOf(snapshot, windowsLines(snapshot, now), version, false, null, now);
  return service.state === 'outOfService' ? `Windows ${service.name} gets no security updates any more` : null;
}

function oldPatchLevel({ minAndroidSecurityPatchLevel: level }: Minimum, now: Date): string | null {
  if (!level || !isDate.test(level)) return null;
  const days = daysBetween(level, now);
  return days > oldestPatchDays ? `that patch level is ${days} days old` : null;
}
