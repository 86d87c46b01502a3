import { isAssigned } from '../../src/datasets/assignments.ts';
import { configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, failIfAny, type KeptOf } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

/** 1 = WSUS: https://learn.microsoft.com/windows/client-management/mdm/policy-csp-update#setpolicydrivenupdatesourceforqualityupdates */
const sources: ReadonlyMap<string, string> = new Map([
  ['setpolicydrivenupdatesourceforqualityupdates', 'quality updates'],
  ['setpolicydrivenupdatesourceforfeatureupdates', 'feature updates'],
  ['setpolicydrivenupdatesourcefordriverupdates', 'drivers'],
  ['setpolicydrivenupdatesourceforotherupdates', 'other updates'],
]);

export default defineCheck({
  id: 'wsus-still-configured',
  title: 'No settings catalog policy sends computers to WSUS',
  failTitle: 'Settings catalog policies send computers to WSUS',
  why: 'WSUS gets no new features, and a hole in it was used for break-ins in 2025. A computer that asks an old server gets its updates late or never.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Update policies (CSP)', url: 'https://learn.microsoft.com/windows/client-management/mdm/policy-csp-update' },
    { label: 'Windows updates and WSUS together', url: 'https://learn.microsoft.com/windows/deployment/update/wufb-wsus' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Computers fetch updates from Microsoft; Delivery Optimization keeps the traffic in the house.',
    steps: [
      'See that an update ring reaches the computers of the policies named here.',
      'Intune admin center > Devices > Configuration: open the policy, and set the update source to Windows Update; remove the address of the update service.',
      'Patch the WSUS server as long as anything uses it, and take it down afterwards.',
    ],
    command: "Invoke-MgGraphRequest -Method GET -Uri 'https://graph.microsoft.com/beta/deviceManagement/configurationPolicies/<policy-id>/settings'",
    rollback: 'Put the address and the source back in the policy.',
  },
  needs: { configurationPolicies },

  evaluate({ configurationPolicies: policies }) {
    const assigned = policies.filter((policy) => isAssigned(policy));
    const findings = assigned.flatMap((policy) => {
      const what = fromWsus(policy);
      if (what.length === 0) return [];
      return [
        { subject: { type: 'deviceManagementConfigurationPolicy', id: policy.id, name: policy.name }, message: `The policy has ${list(what)} come from WSUS.` },
      ];
    });
    return failIfAny(findings, assigned.length);
  },
});

function fromWsus({ updateSettings }: DeepReadonly<KeptOf<typeof configurationPolicies>>[number]): string[] {
  const named = [...sources].filter(([setting]) => String(updateSettings[setting] ?? '') === '1').map(([, what]) => what);
  if (named.length > 0) return named;
  // Without a source of its own the address alone sends everything there; a default value is no address.
  const says = [...sources.keys()].some((setting) => setting in updateSettings);
  return !says && /^https?:\/\//i.test(String(updateSettings.updateserviceurl ?? '')) ? ['updates'] : [];
}
