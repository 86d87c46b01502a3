import { byText } from '../lib/text.ts';
import { type MonthData, type Parts, type Snapshot, Vulnerability, type WindowsFix, type WindowsUpdate } from '../model/snapshot.ts';
import { byLine } from './windows-products.ts';

/** One snapshot from its parts: the only place where parts meet. */
export function composeSnapshot(parts: Parts, retirements: Snapshot['retirements']): Snapshot {
  const { windows, lifecycle, apple, vulnerabilities, office, exchange, kev, bod2604, ssvc, epss } = parts;
  const fixes = fixesOf(vulnerabilities.months);
  return {
    asOf: oldest([windows.asOf, vulnerabilities.asOf, office.asOf, lifecycle.asOf, apple.asOf, kev.asOf, retirements.asOf]),
    windows: {
      asOf: windows.asOf,
      updates: [...windows.updates, ...serverHotpatches(fixes, windows.updates)].sort(byLine),
      lifecycleAsOf: lifecycle.asOf,
      versions: lifecycle.versions,
      fixesAsOf: vulnerabilities.asOf,
      fixes,
    },
    apple,
    office,
    vulnerabilities: {
      asOf: vulnerabilities.asOf,
      completeMonths: vulnerabilities.months.filter(({ complete }) => complete).map(({ month }) => month),
      entries: merged(vulnerabilities.months),
      products: vulnerabilities.months.flatMap(({ month, products }) => products.map((row) => ({ month, ...row }))),
    },
    ...{ exchange, kev, bod2604, ssvc, epss, retirements },
  };
}

function fixesOf(months: readonly MonthData[]): WindowsFix[] {
  const fixes = months.flatMap(({ month, fixes: rows }) => rows.map((row) => ({ month, ...row })));
  return fixes.sort((a, b) => byLine(a, b) || byText(a.month, b.month));
}

/** A vulnerability may stand in the documents of several months: the first publication and the worst that was said count. */
function merged(months: readonly MonthData[]): Vulnerability[] {
  const byId = new Map<string, Vulnerability>();
  for (const each of months.flatMap(({ vulnerabilities }) => vulnerabilities)) {
    const known = byId.get(each.id);
    byId.set(each.id, known ? worse(known, each) : each);
  }
  return [...byId.values()].sort((a, b) => byText(a.id, b.id));
}

function worse(a: Vulnerability, b: Vulnerability): Vulnerability {
  const order = Vulnerability.shape.severity.unwrap().options;
  const scores = [a.cvss, b.cvss].filter((score) => score !== null);
  return {
    id: a.id,
    published: a.published < b.published ? a.published : b.published,
    severity: order.find((severity) => a.severity === severity || b.severity === severity) ?? null,
    cvss: scores.length > 0 ? Math.max(...scores) : null,
    exploited: a.exploited || b.exploited,
  };
}

/**
 * The update history has no hotpatches of servers, MSRC has. A row counts only where two facts agree: the month of its
 * document, and the month whose cumulative update is the first above it (MSRC repeats rows in other months' documents).
 */
function serverHotpatches(fixes: readonly WindowsFix[], updates: readonly WindowsUpdate[]): WindowsUpdate[] {
  const monthly = updates.filter(({ server, kind }) => server && kind === 'monthly');
  return fixes
    .filter((fix) => fix.server && fix.hotpatch)
    .flatMap((fix) => {
      const [next] = monthly.filter(({ build, revision }) => build === fix.build && revision > fix.revision).sort((a, b) => a.revision - b.revision);
      if (next?.date.slice(0, 7) !== fix.month) return [];
      return [{ build: fix.build, revision: fix.revision, date: next.date, kb: fix.kb, kind: 'hotpatch' as const, server: true }];
    });
}

function oldest(dates: readonly string[]): string {
  return [...dates].sort(byText)[0] ?? '';
}
