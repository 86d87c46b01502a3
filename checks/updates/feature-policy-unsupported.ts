import { isAssigned } from '../../src/datasets/assignments.ts';
import { featureUpdateProfiles } from '../../src/datasets/graph/featureUpdateProfiles.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updatePolicyGroupMembers } from '../../src/datasets/graph/updatePolicyGroupMembers.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { reachFacts } from '../../src/datasets/update-policies.ts';
import { type CheckContext, type DeepReadonly, defineCheck, type Finding, failIfAny, type KeptOf, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, isoDay } from '../../src/lib/dates.ts';
import { byText } from '../../src/lib/text.ts';

type Policy = DeepReadonly<KeptOf<typeof featureUpdateProfiles>>[number];

const noticeDays = 60;

export default defineCheck({
  id: 'feature-policy-unsupported',
  title: 'Feature update policies offer supported Windows versions',
  failTitle: 'A feature update policy leads computers to an unsupported Windows version',
  why: 'Computers obey the policy and stay where it puts them, even after that version stopped getting security updates.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Feature update policies in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-10-feature-updates' },
    { label: 'Windows 11 release information', url: 'https://learn.microsoft.com/windows/release-health/windows11-release-information' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Computers in the policy are offered the newer version and restart once, which can take up to an hour.',
    steps: [
      'Intune admin center > Devices > Windows updates > Feature updates: open the policy named here.',
      'Choose a version with at least a year of support left; roll it out gradually, pilot group first.',
      'Do not let the policy offer Windows 10 to devices that cannot run Windows 11: plan their replacement or Extended Security Updates.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceManagement/windowsFeatureUpdateProfiles/<policy-id>' -Body '{"featureUpdateVersion":"<Windows 11, version 25H2>","installLatestWindows10OnWindows11IneligibleDevice":false}'`,
    rollback: 'Set the former version in the policy; devices that were upgraded already can go back for 10 days.',
  },
  needs: { featureUpdateProfiles },
  wants: { managedDevices, updatePolicyGroupMembers },

  evaluate({ featureUpdateProfiles, managedDevices, updatePolicyGroupMembers }, { now, snapshot }) {
    const computers = managedDevices.ok ? managedDevices.kept : undefined;
    const policies = featureUpdateProfiles.filter((policy) => isAssigned(policy)).map((policy) => ({ ...policy, end: endOf(policy, snapshot) }));
    if (policies.length === 0) return { verdict: 'notApplicable', because: 'No feature update policy is assigned.' };

    const findings = policies.flatMap((policy) => unsupported(policy, now, reachFacts(policy, computers, updatePolicyGroupMembers, now)));
    const undated = policies
      .filter((policy) => !policy.end || policy.installLatestWindows10OnWindows11IneligibleDevice == null)
      .map((policy) => policy.displayName)
      .sort(byText);
    if (findings.length === 0 && undated[0])
      throw new UnknownEvidence(
        `Intune does not tell all settings of the feature update policy ${undated[0]}.`,
        'Open the policy in the Intune admin center and compare its version with the Windows release information.',
      );
    return failIfAny(findings, policies.length);
  },
});

interface Dated extends Policy {
  /** `YYYY-MM-DD`. */
  end: string | undefined;
}

/** Intune's date, which can be missing or year 1; else the last day that the advisory data knows for any edition. */
function endOf(policy: Policy, snapshot: CheckContext['snapshot']): string | undefined {
  const told = policy.endOfSupportDate;
  if (told && !told.startsWith('0001-')) return isoDay(told);
  const name = policy.featureUpdateVersion.replace(/^Windows (\d+), version /, '$1 ');
  const rows = snapshot.windows.versions.filter((row) => row.name === name && ['enterprise', 'pro', 'all'].includes(row.edition));
  return rows
    .map((row) => row.endOfService)
    .sort(byText)
    .at(-1);
}

function unsupported(policy: Dated, now: Date, reach: Record<string, number>): Finding[] {
  const reasons = [
    ...endReason(policy, now),
    ...(policy.installLatestWindows10OnWindows11IneligibleDevice ? ['it offers Windows 10 to devices that cannot run Windows 11'] : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      subject: { type: 'windowsFeatureUpdateProfile', id: policy.id, name: policy.displayName },
      message: `The policy aims at ${policy.featureUpdateVersion}: ${reasons.join(', and ')}.`,
      facts: { version: policy.featureUpdateVersion, ...(policy.end ? { endOfSupport: policy.end } : {}), ...reach },
    },
  ];
}

function endReason({ end }: Dated, now: Date): string[] {
  if (!end) return [];
  const today = isoDay(now);
  if (end < today) return [`its support ended on ${end}`];
  return end <= isoDay(addDays(now, noticeDays)) ? [`its support ends on ${end}`] : [];
}
