import { isAssigned } from '../datasets/assignments.ts';
import { type DriverUpdateProfile, driverUpdateProfiles } from '../datasets/graph/driverUpdateProfiles.ts';
import { featureUpdateProfiles } from '../datasets/graph/featureUpdateProfiles.ts';
import { managedDevices } from '../datasets/graph/managedDevices.ts';
import { qualityUpdatePolicies } from '../datasets/graph/qualityUpdatePolicies.ts';
import { qualityUpdateProfiles } from '../datasets/graph/qualityUpdateProfiles.ts';
import { updatePolicyGroupMembers } from '../datasets/graph/updatePolicyGroupMembers.ts';
import { managedComputers, policyReaches } from '../datasets/update-policies.ts';
import { isoDay } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type MeasureContext, percent, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'update-policies', label: 'Feature, quality, expedite and driver update policies that are assigned', unit: 'count' } as const;

const columns: MeasureTable['columns'] = [
  { id: 'kind', label: 'Kind' },
  { id: 'policy', label: 'Policy' },
  { id: 'does', label: 'Does' },
  { id: 'devices', label: 'Computers', unit: 'devices' },
  { id: 'perhaps', label: 'Perhaps as well', unit: 'devices' },
  { id: 'share', label: 'Share', unit: 'percent' },
];

/** A policy of any of the four kinds, in words. */
interface Policy {
  kind: string;
  id: string;
  name: string;
  does: string;
  assignments: Parameters<typeof isAssigned>[0]['assignments'];
}

const kinds = ['feature', 'quality', 'expedite', 'driver'];

/** What beside the rings decides which updates computers get: each policy with the computers it reaches. */
export function updatePolicies({ evidence, now }: MeasureContext): Measure {
  const all = policiesIn(evidence);
  if (typeof all === 'string') return unknownMeasure(head, all);
  const devices = keptOf(evidence, managedDevices);
  if (!devices.ok) return unknownMeasure(head, devices.because);
  const groups = keptOf(evidence, updatePolicyGroupMembers);
  if (!groups.ok) return unknownMeasure(head, groups.because);
  const policies = all
    .filter((policy) => isAssigned(policy))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || byText(a.name, b.name) || byText(a.id, b.id));
  const computers = [...managedComputers(devices.kept, now)];
  const reaches = policyReaches(policies, computers, groups.kept);
  const open = reaches.filter(({ perhaps }) => perhaps > 0).length;
  const rows = policies.map(({ kind, name, does }, at) => {
    const { devices: reached, perhaps } = reaches[at] ?? { devices: 0, perhaps: 0 };
    return [kind, name, does, reached, perhaps, computers.length > 0 ? percent(reached, computers.length) : null];
  });
  return {
    ...head,
    value: policies.length,
    ...(open > 0 ? { because: `The assignments of ${count(open, 'policy', 'policies')} could not be resolved for every computer.` } : {}),
    ...(rows.length > 0 ? { table: { columns, rows } } : {}),
  };
}

/** A sentence where one kind could not be read. */
function policiesIn(evidence: EvidenceSet): Policy[] | string {
  const feature = keptOf(evidence, featureUpdateProfiles);
  if (!feature.ok) return feature.because;
  const quality = keptOf(evidence, qualityUpdatePolicies);
  if (!quality.ok) return quality.because;
  const expedite = keptOf(evidence, qualityUpdateProfiles);
  if (!expedite.ok) return expedite.because;
  const driver = keptOf(evidence, driverUpdateProfiles);
  if (!driver.ok) return driver.because;
  return [
    ...feature.kept.map((each) => policy('feature', each, featureWords(each))),
    ...quality.kept.map((each) =>
      policy('quality', each, each.hotpatchEnabled == null ? 'not told' : `updates without a restart ${each.hotpatchEnabled ? 'on' : 'off'}`),
    ),
    ...expedite.kept.map((each) => policy('expedite', each, expediteWords(each.expeditedUpdateSettings?.daysUntilForcedReboot))),
    ...driver.kept.map((each) => policy('driver', each, driverWords(each))),
  ];
}

function policy(kind: string, { id, displayName, assignments }: { id: string; displayName: string; assignments: Policy['assignments'] }, does: string): Policy {
  return { kind, id, name: displayName, does, assignments };
}

function featureWords({ featureUpdateVersion, endOfSupportDate: end }: { featureUpdateVersion: string; endOfSupportDate?: string | null | undefined }): string {
  return end && !end.startsWith('0001-') ? `${featureUpdateVersion}, supported until ${isoDay(end)}` : featureUpdateVersion;
}

function expediteWords(days: number | null | undefined): string {
  return days == null ? 'past the rings' : `past the rings, restart forced ${afterDays(days)}`;
}

function driverWords({ approvalType, deploymentDeferralInDays: days }: DriverUpdateProfile): string {
  if (approvalType === 'manual') return 'approved by hand';
  return approvalType === 'automatic' && typeof days === 'number' ? `approved ${afterDays(days)}` : 'not told';
}

function afterDays(days: number): string {
  return days === 0 ? 'at once' : `after ${count(days, 'day')}`;
}
