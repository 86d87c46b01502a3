import type { Snapshot } from '../model/snapshot.ts';

/** The advisory data that ships with this version. */
export function loadSnapshot(): Snapshot {
  return { asOf: '2026-07-06', windows: { asOf: '2026-08-11', updates: [], versions: [], fixes: [] }, office: { asOf: '2026-08-11', builds: [] }, retirements: { asOf: '2026-11-22', entries: [] } };
}
