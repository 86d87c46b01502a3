import { assignedUpdateRings, unitedReaches } from '../datasets/catalog-rings.ts';
import { catalogPolicyGroupMembers } from '../datasets/graph/catalogPolicyGroupMembers.ts';
import { configurationPolicies } from '../datasets/graph/configurationPolicies.ts';
import { deviceConfigurations } from '../datasets/graph/deviceConfigurations.ts';
import { updateRingGroupMembers } from '../datasets/graph/updateRingGroupMembers.ts';
import type { GroupReaches, Ring } from '../datasets/update-rings.ts';
import type { EvidenceSet } from '../model/evidence.ts';
import { keptOf } from './kept.ts';

/** The assigned update rings of both kinds and the groups they name; a sentence where one of these could not be read. */
export function updateRingsOf(evidence: EvidenceSet): { rings: Ring[]; groups: GroupReaches } | string {
  const classic = keptOf(evidence, deviceConfigurations);
  if (!classic.ok) return classic.because;
  const catalog = keptOf(evidence, configurationPolicies);
  if (!catalog.ok) return catalog.because;
  const members = keptOf(evidence, updateRingGroupMembers);
  if (!members.ok) return members.because;
  const catalogMembers = keptOf(evidence, catalogPolicyGroupMembers);
  if (!catalogMembers.ok) return catalogMembers.because;
  return { rings: assignedUpdateRings(classic.kept.rings, catalog.kept), groups: unitedReaches(members.kept, catalogMembers.kept) };
}
