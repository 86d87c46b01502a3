import { byText } from '../lib/text.ts';
import type { MonthData, Vulnerability } from '../model/snapshot.ts';
import type { CvrfDocument, CvrfVulnerability } from './cvrf.ts';
import { FeedRefused } from './refusal.ts';
import { byLine, lineOfProduct, type ProductLine, productName } from './windows-products.ts';

type Fix = MonthData['fixes'][number];
type ProductRow = MonthData['products'][number];

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Other products whose fixes are kept, by the beginning of their names. */
const keptProducts = /^Microsoft (365 Apps|Office LTSC|Exchange Server|SharePoint)/;
const severities = ['critical', 'important', 'moderate', 'low'] as const;

/** `2026-May` as `2026-05`. Throws `FeedRefused` for anything else. */
export function monthOfDocument(id: string): string {
  const [, year, name = ''] = /^(\d{4})-([A-Z][a-z]{2})$/.exec(id) ?? [];
  const at = monthNames.indexOf(name);
  if (!year || at < 0) throw new FeedRefused(`"${id.slice(0, 40)}" names no month`);
  return `${year}-${String(at + 1).padStart(2, '0')}`;
}

/**
 * A month document reduced to what judgements read: the vulnerabilities of the products that are kept, and the updates
 * that fix them. `left` hears of rows that look wrong. `complete` is false for documents from which products were cut.
 */
export function reduceMonth(document: CvrfDocument, complete = true, left: (why: string, what: string) => void = () => {}): MonthData {
  const month = monthOfDocument(document.DocumentTracking.Identification.ID.Value);
  const names = new Map(document.ProductTree.FullProductName.map(({ ProductID, Value }) => [ProductID, Value]));
  const all = document.Vulnerability ?? [];
  const rows = all.flatMap((vulnerability) => fixRows(vulnerability, names));
  const vulnerabilities = all.flatMap((vulnerability) => reduceVulnerability(vulnerability, names)).sort((a, b) => byText(a.id, b.id));
  const exploited = new Set(vulnerabilities.filter((each) => each.exploited).map(({ id }) => id));
  return {
    month,
    revised: instantOf(document.DocumentTracking.CurrentReleaseDate),
    count: all.length,
    complete,
    fixes: windowsFixes(rows, exploited, (row) => left('fix whose build does not fit its product', `${month} ${row.product} ${row.build}`)),
    products: productFixes(rows),
    vulnerabilities,
  };
}

/** MSRC writes instants with and without a zone; both are UTC. */
export function instantOf(text: string): string {
  return `${text.slice(0, 19)}Z`;
}

interface FixRow {
  cve: string;
  product: string;
  line: ProductLine | null;
  kb: string | null;
  build: string;
  hotpatch: boolean;
  /** Rated critical for this product; ratings may differ between products. */
  critical: boolean;
}

/** One row per fix and kept product. Partial updates (monthly rollups, security only) belong to systems that are not kept. */
function fixRows({ CVE, Threats, Remediations }: CvrfVulnerability, names: ReadonlyMap<string, string>): FixRow[] {
  const ratings = (Threats ?? []).filter(({ Type, Description }) => Type === 3 && Description?.Value?.toLowerCase() === 'critical');
  const critical = (id: string) => ratings.some(({ ProductID }) => !ProductID?.length || ProductID.includes(id));
  return (Remediations ?? []).flatMap(({ Type, SubType, FixedBuild, Description, ProductID }) => {
    // The type is spelt in three ways: Security Hotpatch Update, SecurityHotpatchUpdate, Security HotPatch Update.
    const kind = SubType?.replaceAll(' ', '').toLowerCase();
    if (Type !== 2 || (kind !== 'securityupdate' && kind !== 'securityhotpatchupdate')) return [];
    const kb = /^(?:KB)?(\d+)$/.exec(Description?.Value?.trim() ?? '')?.[1];
    return (ProductID ?? []).flatMap((id) => {
      const product = names.get(id) ?? '';
      const line = lineOfProduct(product);
      if (!line && !keptProducts.test(product)) return [];
      const about = { product: productName(product), line, kb: kb ? `KB${kb}` : null, build: FixedBuild?.trim() ?? '' };
      return [{ cve: CVE, ...about, hotpatch: kind.includes('hotpatch'), critical: critical(id) }];
    });
  });
}

function windowsFixes(rows: readonly FixRow[], exploited: ReadonlySet<string>, wrong: (row: FixRow) => void): Fix[] {
  const groups = Map.groupBy(
    rows.flatMap((row) => placed(row, wrong)),
    ({ line, revision }) => `${line.server} ${line.build}.${revision}`,
  );
  const fixes = [...groups.values()].flatMap((group) => {
    const [first] = group.toSorted((a, b) => byText(a.kb ?? '', b.kb ?? ''));
    if (!first) return [];
    const ids = idsOf(group);
    const criticalIds = idsOf(group.filter(({ critical }) => critical));
    const head = { build: first.line.build, revision: first.revision, kb: first.kb ?? '', server: first.line.server, hotpatch: first.hotpatch };
    return [{ ...head, cves: ids.length, critical: criticalIds.length, exploited: ids.filter((id) => exploited.has(id)), ids, criticalIds }];
  });
  return fixes.sort(byLine);
}

/** MSRC sometimes lists the build of another version under a product; such a row says nothing reliable. */
function placed(row: FixRow, wrong: (row: FixRow) => void): (FixRow & { line: ProductLine; revision: number })[] {
  const { line } = row;
  if (!line) return [];
  const parts = /^10\.0\.(\d+)\.(\d+)$/.exec(row.build);
  if (parts && Number(parts[1]) === line.build) return [{ ...row, line, revision: Number(parts[2]) }];
  wrong(row);
  return [];
}

function productFixes(rows: readonly FixRow[]): ProductRow[] {
  const others = rows.filter((row) => !row.line).map((row) => ({ ...row, build: /^\d+(\.\d+){2,3}$/.test(row.build) ? row.build : null }));
  const groups = [...Map.groupBy(others, ({ product, kb, build }) => `${product} ${build ?? ''} ${kb ?? ''}`)].sort(([a], [b]) => byText(a, b));
  return groups.flatMap(([, group]) =>
    group
      .slice(0, 1)
      .map(({ product, kb, build }) => ({ product, kb, build, ids: idsOf(group), criticalIds: idsOf(group.filter(({ critical }) => critical)) })),
  );
}

function idsOf(rows: readonly { cve: string }[]): string[] {
  return [...new Set(rows.map(({ cve }) => cve))].sort(byText);
}

/** Kept where a kept product is affected, also before there is a fix. */
function reduceVulnerability(vulnerability: CvrfVulnerability, names: ReadonlyMap<string, string>): Vulnerability[] {
  const { CVE, ProductStatuses, Threats, CVSSScoreSets, Remediations, RevisionHistory } = vulnerability;
  const isKept = (id: string) => lineOfProduct(names.get(id) ?? '') !== null || keptProducts.test(names.get(id) ?? '');
  const affected = [...(ProductStatuses ?? []).filter(({ Type }) => Type === 3), ...(Remediations ?? [])].flatMap(({ ProductID }) => ProductID ?? []);
  if (!affected.some(isKept)) return [];
  // What names no product speaks of all.
  const about = ({ ProductID }: { ProductID?: string[] | null | undefined }) => !ProductID?.length || ProductID.some(isKept);
  const threats = (type: number) => (Threats ?? []).filter((each) => each.Type === type && about(each)).map(({ Description }) => Description?.Value ?? '');
  const [published] = (RevisionHistory ?? []).map(({ Date: date }) => date.slice(0, 10)).sort(byText);
  if (!published) throw new FeedRefused(`${CVE.slice(0, 40)} has no date of publication`);
  const scores = (CVSSScoreSets ?? []).filter(about).map(({ BaseScore }) => BaseScore);
  return [
    {
      id: CVE,
      published,
      severity: severities.find((severity) => threats(3).some((said) => said.toLowerCase() === severity)) ?? null,
      cvss: scores.length > 0 ? Math.max(...scores) : null,
      exploited: threats(1).some((said) => /(^|;)Exploited:Yes(;|$)/i.test(said)),
    },
  ];
}
