import { type DeviceFact, deviceFacts } from '../advisories/device-changes.ts';
import { type UpdateFacts, updateFacts } from '../advisories/update-facts.ts';
import { dayInMs, isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { DeviceHistory, Instant } from '../model/history.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import type { MeasureContext } from './fleet.ts';
import { datedBy, unknownMeasure } from './fleet.ts';
import { dayOf } from './past.ts';

const head = { id: 'patch-ledger', label: 'Updates seen installed in the last 30 days', unit: 'count' } as const;
const periodDays = 30;
const shown = 12;

const columns: MeasureTable['columns'] = [
  { id: 'product', label: 'Product' },
  { id: 'version', label: 'Version' },
  { id: 'kb', label: 'Update' },
  { id: 'released', label: 'Released' },
  { id: 'devices', label: 'Devices', unit: 'devices' },
  { id: 'first', label: 'First seen with it' },
  { id: 'last', label: 'Last seen with it for the first time' },
  { id: 'cves', label: 'Vulnerabilities fixed on a device', unit: 'count' },
  { id: 'kev', label: 'Of these in the CISA catalog', unit: 'count' },
];

interface Installed {
  device: string;
  fact: DeviceFact & { kind: 'changed' };
  facts: UpdateFacts;
}

/** What the ledger holds of the last 30 days, in figures: one entry is one device that was seen with a newer version. */
export function patchLedger(context: MeasureContext): Measure {
  const past = context.past();
  if (typeof past === 'string' || !context.history) return unknownMeasure(head, typeof past === 'string' ? past : 'No history of scans is kept.');
  const from = Math.max(past.begin, context.now.getTime() - periodDays * dayInMs);
  if (past.end < from)
    return {
      ...unknownMeasure(head, `No scan has read the devices since ${dayOf(past.end)}.`),
      ...datedBy(context, 'updates', 'vulnerabilities', 'exploited'),
    };
  const all = installedSince(from, context.history, context);
  const devices = new Set(all.map(({ device }) => device)).size;
  const versions = [...Map.groupBy(all, ({ fact }) => JSON.stringify([fact.platform, fact.to])).values()].map(rowOf).sort(newestFirst);
  const named = new Set(all.flatMap(({ facts }) => facts.cves)).size;
  const fixed = Math.max(named, ...all.map(({ facts }) => fixedBy(facts)));
  const exploited = new Set(all.flatMap(({ facts }) => facts.critical.kev)).size;
  const open = all.some(({ facts }) => !reachesTo(facts) || facts.unnamed > 0);
  const limits = [
    `From ${dayOf(from)} to ${dayOf(past.end)}, on ${devices} of ${context.history.length} devices in the history.`,
    ...(open
      ? [`At least so many vulnerabilities: of some of these updates the data, which ends ${context.snapshot.windows.fixesAsOf}, does not know all by name.`]
      : []),
    ...(versions.length > shown ? [`The table shows the ${shown} newest of ${versions.length} versions; the ledger has all.`] : []),
  ];
  return {
    ...head,
    value: all.length,
    because: limits.join(' '),
    ...datedBy(context, 'updates', 'vulnerabilities', 'exploited'),
    series: [
      { label: 'devices', value: devices },
      // Where some are not named, none found is not none.
      ...(fixed > 0 || !open ? [{ label: open ? 'vulnerabilities fixed, at least' : 'vulnerabilities fixed', value: fixed }] : []),
      ...(exploited > 0 || !open ? [{ label: open ? 'in the CISA catalog, at least' : 'in the CISA catalog', value: exploited }] : []),
    ],
    ...(versions.length > 0 ? { table: { columns, rows: versions.slice(0, shown) } } : {}),
  };
}

/** A step back to an older version is no update. */
function installedSince(from: Instant, history: readonly DeviceHistory[], { snapshot }: MeasureContext): Installed[] {
  const tell = updateFacts(snapshot);
  const known = new Map<string, UpdateFacts>();
  const factsOf = (fact: Installed['fact']) => {
    const key = JSON.stringify([fact.platform, fact.from, fact.to]);
    const facts = known.get(key) ?? tell(fact);
    known.set(key, facts);
    return facts;
  };
  return history.flatMap(({ id, systems }) =>
    deviceFacts(systems)
      .filter((fact): fact is Installed['fact'] => fact.kind === 'changed' && Date.parse(fact.firstWith) >= from)
      .map((fact) => ({ device: id, fact, facts: factsOf(fact) }))
      .filter(({ facts }) => facts.change !== 'rollback'),
  );
}

type Row = MeasureTable['rows'][number];

function rowOf(installed: readonly Installed[]): Row {
  const days = installed.map(({ fact }) => fact.firstWith.slice(0, 10)).sort(byText);
  const [{ fact, facts }] = installed as readonly [Installed, ...Installed[]];
  const union = (of: (facts: UpdateFacts) => readonly string[]) => new Set(installed.flatMap((each) => of(each.facts))).size;
  const devices = new Set(installed.map(({ device }) => device)).size;
  const isKnown = installed.every((each) => reachesTo(each.facts));
  const exploited = union(({ critical }) => critical.kev);
  const areNamed = installed.every((each) => each.facts.unnamed === 0);
  return [
    ...[facts.product ?? fact.platform, fact.to, facts.kb, facts.released, devices, days[0] ?? null, days.at(-1) ?? null],
    // Where nobody knows what a version fixed, that is not nothing.
    ...[isKnown ? Math.max(...installed.map((each) => fixedBy(each.facts))) : null, isKnown && (areNamed || exploited > 0) ? exploited : null],
  ];
}

function fixedBy({ cves, unnamed }: UpdateFacts): number {
  return cves.length + unnamed;
}

/** Whether the data on vulnerabilities reaches to it: a preview fixes none of its own. */
function reachesTo({ released, asOf, months }: UpdateFacts): boolean {
  return released !== null && (released <= asOf.fixes || months.every((month) => month <= lastMonthOf(asOf.fixes)));
}

/** Data that ends on 6 July knows the fixes of June. */
function lastMonthOf(fixesAsOf: string): string {
  return isoDay(new Date(Date.parse(`${fixesAsOf.slice(0, 7)}-01T00:00:00Z`) - dayInMs)).slice(0, 7);
}

function newestFirst(a: Row, b: Row): number {
  return byText(String(b[3] ?? ''), String(a[3] ?? '')) || Number(b[4]) - Number(a[4]) || byText(String(a[1]), String(b[1]));
}
