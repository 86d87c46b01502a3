import type { Reducer } from '../kit/kit.ts';
import { type PackedSet, packedSet } from '../lib/packed.ts';
import { idKey } from './ids.ts';

/** Group id → ids of its members, both as `idKey` gives them. A group without members has no entry: the reducer sees rows only. */
export type Members = ReadonlyMap<string, ReadonlySet<string>>;

/** Reducer of the datasets that list the members of groups, one request per group. */
export function keepMembers(): Reducer<{ id: string }, Map<string, PackedSet>> {
  return {
    start: () => new Map(),
    add: (kept, row, group) => {
      if (group === undefined) throw new TypeError('members need the id of their group');
      const members = kept.get(idKey(group));
      if (members) members.add(idKey(row.id));
      else kept.set(idKey(group), packedSet().add(idKey(row.id)));
      return kept;
    },
  };
}
