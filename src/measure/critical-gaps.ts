import { type CveCount, type MissingCves, missingCves } from '../advisories/missing-cves.ts';
import type { KnownLevel } from '../advisories/patch-level.ts';
import type { SetName } from '../advisories/security-updates.ts';
import { count } from '../lib/text.ts';
import type { Measure } from '../model/measure.ts';
import { type DataPart, datedBy, devicesAt, type MeasureContext, oldDataCaveat, unknownMeasure } from './fleet.ts';

/** The sets of critical vulnerabilities, each with a figure of its own. That of CISA's catalog is `open-exploited-exposure`. */
const gapSets = {
  microsoft: { id: 'critical-gaps-microsoft', label: 'Devices that lack fixes rated critical by Microsoft', parts: ['vulnerabilities'] },
  cvss: { id: 'critical-gaps-cvss', label: 'Devices that lack fixes for CVSS 9.0 and more', parts: ['vulnerabilities'] },
  threeDays: {
    id: 'critical-gaps-bod',
    label: 'Devices that lack fixes with 3 days under CISA BOD 26-04',
    parts: ['vulnerabilities', 'exploited'],
  },
} as const satisfies Partial<Record<SetName, { id: string; label: string; parts: readonly DataPart[] }>>;
export type GapSet = keyof typeof gapSets;

const groups: readonly { label: string; has: (missing: number) => boolean }[] = [
  { label: 'none missing', has: (n) => n === 0 },
  { label: '1 to 5 missing', has: (n) => n >= 1 && n <= 5 },
  { label: '6 to 20 missing', has: (n) => n >= 6 && n <= 20 },
  { label: 'more than 20 missing', has: (n) => n > 20 },
];

/** Windows devices in use that lack at least one fix of a set of critical vulnerabilities; by their number in the series. */
export function criticalGaps(set: GapSet, context: MeasureContext): Measure {
  const { fleet, snapshot, now } = context;
  const { parts, ...names } = gapSets[set];
  const head = { ...names, unit: 'devices' } as const;
  if (typeof fleet === 'string') return unknownMeasure(head, fleet);
  const known = devicesAt(fleet.active, (level) => level.state === 'known');
  if (known === 0)
    return unknownMeasure(head, fleet.active.size > 0 ? 'The patch level of every Windows device is unknown.' : 'No Windows device checked in within 30 days.');
  const missingAt = missingCves(snapshot, now);
  const found = new Map<KnownLevel, CveCount>();
  for (const level of fleet.active.keys()) if (level.state === 'known') found.set(level, missingOf(missingAt(level), set));
  const at = (isMeant: (missing: CveCount) => boolean) => devicesAt(fleet.active, (level) => level.state === 'known' && isMeant(found.get(level) as CveCount));
  const open = at((missing) => missing.count > 0);
  const perhaps = at((missing) => missing.count === 0 && missing.atLeast);
  const limits = [
    `The data on vulnerabilities ends ${snapshot.windows.fixesAsOf}.`,
    ...(perhaps > 0 ? [`${count(perhaps, 'more device')} may lack some: the updates they miss are not known CVE by CVE.`] : []),
    ...(devicesAt(fleet.active) > known ? [`${count(devicesAt(fleet.active) - known, 'device')} of unknown patch level left out.`] : []),
    ...oldDataCaveat(context),
  ];
  return {
    ...head,
    value: open,
    numerator: open,
    denominator: known,
    because: limits.join(' '),
    ...datedBy(context, ...parts),
    range: { least: open, most: open + perhaps },
    series: groups.map(({ label, has }) => ({ label, value: at((missing) => has(missing.count)) })),
  };
}

function missingOf({ sets }: MissingCves, set: GapSet): CveCount {
  return sets[set];
}
