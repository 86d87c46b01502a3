import { isAssigned } from '../../src/datasets/assignments.ts';
import { type DriverUpdateProfile, driverUpdateProfiles } from '../../src/datasets/graph/driverUpdateProfiles.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { updatePolicyGroupMembers } from '../../src/datasets/graph/updatePolicyGroupMembers.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { reachFacts } from '../../src/datasets/update-policies.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count, list } from '../../src/lib/text.ts';

/** As long as a first stage needs to show trouble. */
const leastDays = 2;

export default defineCheck({
  id: 'driver-updates-untested',
  title: 'New drivers reach a few computers first',
  failTitle: 'New drivers reach all computers at once',
  why: 'A bad driver stops a computer harder than any other update. One that is approved by itself for everybody on its first day was tested by nobody.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Driver updates in Intune', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-driver-updates-overview' },
    { label: 'Driver update policies', url: 'https://learn.microsoft.com/intune/intune-service/protect/windows-driver-updates-policy' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Most computers get new drivers some days later than the first ones.',
    steps: [
      'Intune admin center > Devices > Windows updates > Driver updates: keep one policy without a delay for a small pilot group.',
      'Give the policy of all others a delay of at least 2 days more, so that trouble shows in time to pause a driver.',
      'Policies with manual approval: look at the drivers that wait, approve or decline them, and put a date into the calendar.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceManagement/windowsDriverUpdateProfiles/<policy-id>' -Body '{"deploymentDeferralInDays":7}'`,
    rollback: 'Set the former delay again; the facts of each finding hold it.',
  },
  needs: { driverUpdateProfiles },
  wants: { managedDevices, updatePolicyGroupMembers },

  evaluate({ driverUpdateProfiles, managedDevices, updatePolicyGroupMembers }, { now }) {
    const computers = managedDevices.ok ? managedDevices.kept : undefined;
    const policies = driverUpdateProfiles.filter((policy) => isAssigned(policy));
    if (policies.length === 0) return { verdict: 'notApplicable', because: 'No driver update policy is assigned.' };
    const [untold] = policies
      .filter((policy) => !isTold(policy))
      .map(({ displayName }) => displayName)
      .sort(byText);
    if (untold)
      throw new UnknownEvidence(
        `Intune does not tell how the driver update policy ${untold} approves drivers, or after how many days.`,
        'Open the policy in the Intune admin center and save it.',
      );
    const automatic = policies.filter(isAutomatic);
    const days = automatic.map(({ deploymentDeferralInDays }) => deploymentDeferralInDays);
    const staged = Math.max(...days) - Math.min(...days) >= leastDays || Math.min(...days) >= leastDays;
    return failIfAny(
      staged ? [] : automatic.map((policy) => atOnce(policy, reachFacts(policy, computers, updatePolicyGroupMembers, now))),
      policies.length,
      waitingText(policies),
    );
  },
});

type Policy = DeepReadonly<DriverUpdateProfile>;

/** A policy that approves by itself, of which the delay is told. */
type Automatic = Policy & { readonly deploymentDeferralInDays: number };

function isAutomatic(policy: Policy): policy is Automatic {
  return policy.approvalType === 'automatic' && typeof policy.deploymentDeferralInDays === 'number';
}

function isTold(policy: Policy): boolean {
  return policy.approvalType === 'manual' || isAutomatic(policy);
}

function atOnce({ id, displayName, deploymentDeferralInDays: days }: Automatic, reach: Record<string, number>): Finding {
  return {
    subject: { type: 'windowsDriverUpdateProfile', id, name: displayName },
    message: `The policy approves every new driver by itself after ${count(days, 'day')}, and no policy gives it to other computers at least ${leastDays} days apart.`,
    facts: { approval: 'automatic', delayDays: days, ...reach },
  };
}

/** How long drivers have waited for a person is not told, so waiting is a remark. */
function waitingText(policies: readonly Policy[]): string | undefined {
  const waiting = policies.filter(({ approvalType, newUpdates }) => approvalType === 'manual' && newUpdates);
  if (waiting.length === 0) return undefined;
  return `New drivers wait for an approval by hand: ${list(waiting.map(({ displayName, newUpdates }) => `${newUpdates} in ${displayName}`).sort(byText), 3)}.`;
}
