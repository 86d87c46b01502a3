import { byText } from '../lib/text.ts';
import type { AdvisoryFiles } from '../model/advisories.ts';
import type { MonthData, Parts } from '../model/snapshot.ts';

/** Part by part the newer of what ships and what was renewed. */
export function newestParts(shipped: Parts, renewed: AdvisoryFiles): Parts {
  const pick = <T extends { asOf: string } | null>(ours: T, theirs: NonNullable<T> | undefined): T =>
    theirs && (ours === null || theirs.asOf >= ours.asOf) ? theirs : ours;
  return {
    windows: pick(shipped.windows, renewed.windows?.data),
    lifecycle: pick(shipped.lifecycle, renewed.lifecycle?.data),
    apple: pick(shipped.apple, renewed.apple?.data),
    vulnerabilities: newestMonths(shipped.vulnerabilities, renewed.vulnerabilities?.data),
    office: pick(shipped.office, renewed.office?.data),
    exchange: pick(shipped.exchange, renewed.exchange?.data),
    kev: pick(shipped.kev, renewed.kev?.data),
    bod2604: shipped.bod2604,
    ssvc: pick(shipped.ssvc, renewed.ssvc?.data),
    epss: pick(shipped.epss, renewed.epss?.data),
  };
}

/** Months are compared one by one: what ships may be the younger list, and hold less of a month that was renewed. */
function newestMonths(shipped: Parts['vulnerabilities'], renewed: Parts['vulnerabilities'] | undefined): Parts['vulnerabilities'] {
  if (!renewed) return shipped;
  const months = new Map(shipped.months.map((month) => [month.month, month]));
  for (const month of renewed.months) {
    const ours = months.get(month.month);
    if (!ours || !isNewer(ours, month)) months.set(month.month, month);
  }
  return {
    asOf: shipped.asOf > renewed.asOf ? shipped.asOf : renewed.asOf,
    months: [...months.values()].sort((a, b) => byText(a.month, b.month)),
  };
}

/** A whole document beats part of one; then the later revision wins. */
function isNewer(a: MonthData, b: MonthData): boolean {
  if (a.complete !== b.complete) return a.complete;
  return (a.revised ?? '') > (b.revised ?? '');
}
