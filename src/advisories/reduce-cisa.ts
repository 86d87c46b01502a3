import * as z from 'zod';
import { byText } from '../lib/text.ts';
import type { DeadlineRow, Parts, SsvcPoint } from '../model/snapshot.ts';
import { readFeed } from './feed-json.ts';
import { FeedRefused } from './refusal.ts';

/** CISA's own schema: https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities_schema.json */
const Catalog = z.object({
  dateReleased: z.string().regex(/^\d{4}-\d{2}-\d{2}T/),
  count: z.int(),
  vulnerabilities: z.array(
    z.object({
      cveID: z.string().regex(/^CVE-\d{4}-\d{4,19}$/),
      vendorProject: z.string(),
      product: z.string(),
      dateAdded: z.iso.date(),
      dueDate: z.iso.date(),
      requiredAction: z.string(),
      knownRansomwareCampaignUse: z.string().nullish(),
    }),
  ),
});

/** The catalog of known exploited vulnerabilities, newest rows first as CISA lists them. */
export function reduceKev(text: string): Parts['kev'] {
  const { dateReleased, count, vulnerabilities } = readFeed(text, Catalog);
  if (vulnerabilities.length === 0 || vulnerabilities.length !== count) throw new FeedRefused(`it announces ${count} rows and has ${vulnerabilities.length}`);
  return {
    asOf: dateReleased.slice(0, 10),
    scope: vulnerabilities.every(({ vendorProject }) => vendorProject === 'Microsoft') ? 'microsoft' : 'all',
    entries: vulnerabilities.map((row) => ({
      id: row.cveID,
      vendor: row.vendorProject,
      product: row.product,
      added: row.dateAdded,
      due: row.dueDate,
      ransomware: row.knownRansomwareCampaignUse === 'Known',
      directive: (['BOD 26-04', 'BOD 22-01'] as const).find((directive) => row.requiredAction.includes(directive)) ?? null,
    })),
  };
}

const TableRow = z.object({
  inKev: z.enum(['yes', 'no']),
  publiclyExposed: z.enum(['yes', 'no']),
  automatable: z.enum(['yes', 'no']),
  technicalImpact: z.enum(['partial', 'total']),
  timeline: z.string(),
});

/** The decision table of BOD 26-04: one deadline for every answer to its four questions. */
export function reduceDeadlineTable(text: string): DeadlineRow[] {
  return readFeed(text, z.array(TableRow).length(16)).map((row) => {
    const days = /^(\d+) days( & forensic investigation)?$/.exec(row.timeline);
    if (!days && row.timeline !== 'fix on system upgrade') throw new FeedRefused(`the timeline "${row.timeline}" is not known here`);
    return {
      inKev: row.inKev === 'yes',
      publiclyExposed: row.publiclyExposed === 'yes',
      automatable: row.automatable === 'yes',
      technicalImpact: row.technicalImpact,
      days: days ? Number(days[1]) : null,
      forensics: days?.[2] !== undefined,
    };
  });
}

/** A CVE record, version 5: CISA adds its answers as an authorized data publisher (ADP). */
const CveRecord = z.object({
  cveMetadata: z.object({ cveId: z.string() }),
  containers: z.object({
    adp: z
      .array(
        z.object({
          providerMetadata: z.object({ shortName: z.string().nullish() }).nullish(),
          metrics: z.array(z.object({ other: z.object({ type: z.string(), content: z.unknown() }).nullish() })).nullish(),
        }),
      )
      .nullish(),
  }),
});
const Options = z.object({ options: z.array(z.record(z.string(), z.string())) });

/** CISA's answers on one vulnerability; both null while CISA has none. */
export function reduceCveRecord(text: string, id: string): SsvcPoint {
  const record = readFeed(text, CveRecord);
  if (record.cveMetadata.cveId !== id) throw new FeedRefused('it is the record of another vulnerability');
  const cisa = (record.containers.adp ?? []).filter(({ providerMetadata }) => providerMetadata?.shortName === 'CISA-ADP');
  const contents = cisa.flatMap(({ metrics }) => (metrics ?? []).flatMap(({ other }) => (other?.type === 'ssvc' ? [Options.safeParse(other.content)] : [])));
  const answers = Object.assign({}, ...contents.flatMap(({ data }) => data?.options ?? [])) as Record<string, string>;
  const automatable = answers.Automatable?.toLowerCase();
  const impact = answers['Technical Impact']?.toLowerCase();
  return {
    id,
    automatable: automatable === 'yes' ? true : automatable === 'no' ? false : null,
    technicalImpact: impact === 'total' || impact === 'partial' ? impact : null,
  };
}

/** FIRST answers numbers as text. */
const Scores = z.object({ data: z.array(z.object({ cve: z.string(), epss: z.coerce.number(), percentile: z.coerce.number(), date: z.iso.date() })) });

/** One page of scores, and the day they were computed. */
export function reduceEpss(text: string): { asOf: string | null; scores: NonNullable<Parts['epss']>['scores'] } {
  const { data } = readFeed(text, Scores);
  const asOf = data.map(({ date }) => date).sort(byText)[0] ?? null;
  return { asOf, scores: data.map(({ cve, epss, percentile }) => ({ id: cve, score: epss, percentile })) };
}
