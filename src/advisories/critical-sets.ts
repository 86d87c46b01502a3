import type { DeadlineRow, Snapshot, SsvcPoint } from '../model/snapshot.ts';

/** The deadline of BOD 26-04 for one vulnerability on one system. */
export interface BodTier {
  /** Null = with the next upgrade of the system. */
  days: number | null;
  forensics: boolean;
  /** Questions that nobody has answered; the strictest row that may be meant was taken. */
  assumed: ('automatable' | 'technicalImpact' | 'inKev')[];
}

/** The four sets stay apart: they differ a lot, and one number of them all would mean nothing. Null = not known. */
export interface CriticalSets {
  /** Microsoft rates it critical. For one update ask the `criticalIds` of its row. */
  microsoft: boolean | null;
  /** CVSS base score of at least 9.0. */
  cvss: boolean | null;
  kev: boolean | null;
  /** BOD 26-04 asks for a fix within 3 days. */
  threeDays: boolean;
  tier: BodTier;
}

/** Judges vulnerabilities by id, as of what CISA had listed at `now`. Build it once per judgement. */
export function criticalSets(snapshot: Snapshot, now: Date): (id: string, publiclyExposed: boolean) => CriticalSets {
  const today = now.toISOString().slice(0, 10);
  const entries = new Map(snapshot.vulnerabilities.entries.map((entry) => [entry.id, entry]));
  const listed = new Set(snapshot.kev.entries.filter(({ added }) => added <= today).map(({ id }) => id));
  const points = new Map(snapshot.ssvc?.points.map((point) => [point.id, point]));
  return (id, publiclyExposed) => {
    const entry = entries.get(id);
    // Microsoft's rows are complete in either scope; an entry of ours is Microsoft's.
    const kev = listed.has(id) || (entry || snapshot.kev.scope === 'all' ? false : null);
    const tier = bodTier(snapshot.bod2604.rows, kev, publiclyExposed, points.get(id));
    return {
      microsoft: entry ? entry.severity === 'critical' : null,
      cvss: entry && entry.cvss !== null ? entry.cvss >= 9 : null,
      kev,
      threeDays: tier.days !== null && tier.days <= 3,
      tier,
    };
  };
}

/** The strictest row that the known answers allow. */
export function bodTier(rows: readonly DeadlineRow[], inKev: boolean | null, publiclyExposed: boolean, point: Omit<SsvcPoint, 'id'> | undefined): BodTier {
  const { automatable = null, technicalImpact = null } = point ?? {};
  const fits = (row: DeadlineRow) =>
    row.publiclyExposed === publiclyExposed &&
    (inKev === null || row.inKev === inKev) &&
    (automatable === null || row.automatable === automatable) &&
    (technicalImpact === null || row.technicalImpact === technicalImpact);
  const [strictest] = rows.filter(fits).sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity) || Number(b.forensics) - Number(a.forensics));
  if (!strictest) throw new RangeError('the table of BOD 26-04 has no such row');
  const unknown = { inKev, automatable, technicalImpact };
  const assumed = (Object.keys(unknown) as BodTier['assumed']).filter((name) => unknown[name] === null);
  return { days: strictest.days, forensics: strictest.forensics, assumed };
}
