import { newerUpdates, newerUpdatesRemark } from '../advisories/newer-updates.ts';
import { updateRevisions } from '../datasets/graph/updateRevisions.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { datedBy, type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'updates-not-in-data', label: 'Windows updates that are newer than the data of this program', unit: 'count' } as const;
const shown = 50;

const columns: MeasureTable['columns'] = [
  { id: 'kb', label: 'Update' },
  { id: 'product', label: 'Product' },
  { id: 'build', label: 'Build' },
  { id: 'released', label: 'Released' },
  { id: 'kind', label: 'Kind' },
];

/** What the tenant's own update catalog lists and no figure here counts. */
export function updatesNotInData(context: MeasureContext): Measure {
  const { evidence, snapshot, now } = context;
  const read = keptOf(evidence, updateRevisions);
  if (!read.ok) return unknownMeasure(head, read.because);
  if (!read.kept.some(({ revisions }) => revisions.length > 0)) return unknownMeasure(head, "Microsoft's catalog lists no update.");
  const newer = newerUpdates(snapshot, read.kept, now);
  const value = new Set(newer.filter(({ security }) => security !== false).map(({ kb, build }) => kb || build)).size;
  const remark = newerUpdatesRemark(snapshot, read.kept, now);
  const rows = newer.slice(0, shown).map(({ kb, product, build, date, hotpatch, security }) => {
    const kind = security === null ? 'not told' : security ? 'security' : 'not security';
    return [kb || null, product, build, date, hotpatch ? `${kind}, hotpatch` : kind];
  });
  return { ...head, value, ...(remark ? { because: remark } : {}), ...datedBy(context, 'updates'), ...(rows.length > 0 ? { table: { columns, rows } } : {}) };
}

/** The remark for figures that rest on the list of updates. */
export function catalogCaveat({ evidence, snapshot, now }: MeasureContext): string[] {
  const read = keptOf(evidence, updateRevisions);
  const remark = read.ok ? newerUpdatesRemark(snapshot, read.kept, now) : undefined;
  return remark ? [remark] : [];
}
