import { type UpdateRingPolicy, updateRingPolicies } from '../../src/datasets/graph/updateRingPolicies.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

/** Two Patch Tuesdays later a newer update holds everything that an older one held. */
const replacedDays = 62;

export default defineCheck({
  id: 'update-service-rings-held',
  title: 'No ring of Windows Autopatch holds security updates back',
  failTitle: 'Rings of Windows Autopatch hold security updates back',
  why: 'A ring that was paused in a hurry, or one update that was stopped and forgotten, leaves its computers open to holes that are public.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Rings of quality updates', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-qualityupdatering' },
    { label: 'Approvals of updates', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-policyapproval' },
    { label: 'Windows Autopatch', url: 'https://learn.microsoft.com/windows/deployment/windows-autopatch/overview/windows-autopatch-overview' },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'low',
    impact: 'Computers of the ring are offered what was held back and restart for it.',
    steps: [
      'Ask who paused the ring or suspended the update, and whether the reason still holds.',
      'Intune admin center > Devices > Windows updates > Quality updates: open the policy, resume the ring, or approve the update again.',
      'A ring that waits longer than your deadline for updates allows: shorten its deferral.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/admin/windows/updates/policies/<policy-id>/rings/<ring-id>' -Body '{"@odata.type":"#microsoft.graph.windowsUpdates.qualityUpdateRing","isPaused":false}'`,
    rollback: 'The same call with isPaused true.',
  },
  needs: { updateRingPolicies },

  evaluate({ updateRingPolicies }, { now, settings }) {
    const rings = updateRingPolicies.flatMap((policy) => policy.rings.filter(reachesSomebody).map((ring) => ({ policy, ring })));
    const approvals = updateRingPolicies
      .filter(({ rings }) => rings.some(reachesSomebody))
      .flatMap((policy) => policy.approvals.map((approval) => ({ policy, approval })));
    if (rings.length === 0) return { verdict: 'notApplicable', because: 'The Windows update service holds no ring that is assigned to a group.' };
    const findings = [
      ...rings.flatMap(({ policy, ring }) => heldRing(policy, ring, settings.patchDeadlineDays)),
      ...approvals.filter(({ approval }) => standingOf(approval, now) === 'held').map(({ policy, approval }) => suspended(policy, approval)),
    ];
    if (findings.length > 0)
      return failIfAny(
        findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
        rings.length,
      );
    const untold = [
      ...rings.filter(({ ring }) => ring.isPaused == null || ring.deferralInDays == null).map(({ ring }) => ring.displayName || ring.id),
      ...approvals.filter(({ approval }) => standingOf(approval, now) === 'untold').map(({ policy }) => policy.displayName || policy.id),
    ].sort(byText);
    if (untold.length > 0)
      throw new UnknownEvidence(
        `Whether ${list(untold, 3)} holds updates back, the Windows update service does not tell.`,
        'Look at it in the Intune admin center.',
      );
    return failIfAny([], rings.length);
  },
});

type Policy = DeepReadonly<UpdateRingPolicy>;
type Ring = Policy['rings'][number];
type Approval = Policy['approvals'][number];

/** A ring whose assignment is not told may reach somebody. */
function reachesSomebody({ includedGroupAssignment }: Ring): boolean {
  return includedGroupAssignment?.assignments?.length !== 0;
}

function heldRing(policy: Policy, ring: Ring, deadline: number): Finding[] {
  const days = ring.deferralInDays;
  const reasons = [
    ...(ring.isPaused ? ['is paused'] : []),
    ...(days != null && days > deadline ? [`waits ${count(days, 'day')}, and the deadline is ${deadline}`] : []),
  ];
  if (reasons.length === 0) return [];
  return [
    {
      subject: { type: 'ring', id: ring.id, name: ring.displayName || ring.id },
      message: `The ring of ${policy.displayName || policy.id} ${list(reasons)}.`,
      facts: { paused: ring.isPaused ?? 'not told', deferralDays: ring.deferralInDays ?? 'not told' },
    },
  ];
}

/** Updates that fix no hole may wait, and so may those that a newer one has replaced. What an update is, its entry in the catalog tells. */
function standingOf({ status, catalogEntry }: Approval, now: Date): 'fine' | 'held' | 'untold' {
  if (status === 'approved') return 'fine';
  if (status !== 'suspended' || !catalogEntry) return 'untold';
  const { releaseDateTime, qualityUpdateClassification: kind } = catalogEntry;
  if (kind === 'nonSecurity' || (releaseDateTime && isoDay(releaseDateTime) < isoDay(addDays(now, -replacedDays)))) return 'fine';
  return kind === 'security' || kind === 'all' ? 'held' : 'untold';
}

function suspended(policy: Policy, { id, catalogEntryId, catalogEntry }: Approval): Finding {
  return {
    subject: { type: 'policyApproval', id, name: catalogEntry?.displayName || `Update ${catalogEntryId ?? id}` },
    message: `Somebody suspended this update in ${policy.displayName || policy.id}.`,
    facts: catalogEntry?.releaseDateTime ? { released: isoDay(catalogEntry.releaseDateTime) } : {},
  };
}
