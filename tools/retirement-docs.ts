import { leftOut, retirementEntries, retirementsAsOf } from '../src/advisories/retirements/catalogue.ts';
import { detectabilityOf, detectabilityWords } from '../src/advisories/retirements/detection.ts';
import type { AnyDataset } from '../src/kit/kit.ts';
import { byText } from '../src/lib/text.ts';
import type { Retirement } from '../src/model/retirement.ts';
import type { CatalogueEntry } from '../src/plan/load-checks.ts';
import { datasetsOf } from '../src/plan/plan.ts';

/** `docs/retirements.md`: how each entry is found, and where its date comes from. No status and no days left: they change with the clock. */
export function retirementsPage(mark: string, checks: readonly CatalogueEntry[]): string {
  const byId = new Map(checks.map((each) => [each.check.id, each]));
  return [
    mark,
    '# Retirements',
    '',
    `${retirementEntries.length} things that Microsoft retires, enforces or changes by default, as of ${retirementsAsOf}. \`tidytenant advisories list\` says where each stands today, \`advisories show <id>\` what to do. [Adding one](adding-a-retirement.md).`,
    '',
    ...counts(),
    '',
    'Detectability: *automatic*: the checks decide it. *partial*: the checks find what they can see, a person looks at the rest. *manual*: a person looks. *needs source …*: the answer lies where the scan does not look yet. *no check yet*: it lies in what the scan can read, and no check asks for it. What is not decided is reported as unknown or as work for a person, never as "does not concern you".',
    '',
    'Permissions are those without which the checks cannot decide. Entries with a recommendation are also found by Entra itself, if `DirectoryRecommendations.Read.All` is granted.',
    '',
    '| retirement | product | date | detectability | decided by | permission | date from |',
    '|---|---|---|---|---|---|---|',
    ...retirementEntries.map((entry) => row(entry, byId)),
    '',
    '## Left out',
    '',
    ...leftOut.map(({ id, because }) => `- \`${id}\`: ${because}`),
    '',
  ].join('\n');
}

function counts(): string[] {
  const groups = Map.groupBy(retirementEntries, (entry) => {
    const found = detectabilityOf(entry);
    return typeof found === 'object' ? 'needs a source that is not read' : found === 'noCheckYet' ? 'no check yet' : found;
  });
  return [
    '| detectability | entries |',
    '|---|--:|',
    ...[...groups].sort(([a], [b]) => byText(a, b)).map(([name, entries]) => `| ${name} | ${entries.length} |`),
  ];
}

function row(entry: Retirement, byId: ReadonlyMap<string, CatalogueEntry>): string {
  const deciding = (entry.checks ?? []).flatMap((id) => byId.get(id) ?? []);
  const decidedBy = [
    ...deciding.map(({ check, area }) => `[${check.id}](checks/${area}/${check.id}.md)`),
    ...(entry.recommendations ?? []).map((type) => `recommendation \`${type}\``),
  ];
  const [source] = entry.sources.filter(({ read }) => read).concat(entry.sources);
  const read = source?.read ? '' : ' (not read again)';
  const date = `${entry.date ?? 'none set'}${entry.plan ? ' (by plan)' : ''}`;
  const cells = [
    `\`${entry.id}\`<br>${cell(entry.title)}`,
    cell(entry.product),
    date,
    detectabilityWords(entry),
    decidedBy.join('<br>') || '–',
    permissionsOf(deciding) || '–',
    source ? `[${sourceName(source.url)}](${source.url.replaceAll(')', '%29').replaceAll('|', '%7C')})${read}` : '–',
  ];
  return `| ${cells.join(' | ')} |`;
}

function permissionsOf(checks: readonly CatalogueEntry[]): string {
  const datasets: AnyDataset[] = checks.flatMap(({ check }) => datasetsOf(check.needs, check.needsIfLicensed));
  return [...new Set(datasets.flatMap(({ permissions }) => permissions))]
    .sort(byText)
    .map((name) => `\`${name}\``)
    .join('<br>');
}

/** `MC1227454`, or the host of the page. */
function sourceName(url: string): string {
  return /\/(MC\d+)$/.exec(url)?.[1] ?? new URL(url).hostname.replace(/^www\./, '');
}

function cell(text: string): string {
  return text.replace(/[|<>]/g, (sign) => ({ '|': '\\|', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
}
