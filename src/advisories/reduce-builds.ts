import * as z from 'zod';
import { byText } from '../lib/text.ts';
import { ExchangeBuild, OfficeBuild, type Parts, type WindowsUpdate } from '../model/snapshot.ts';
import { readFeed } from './feed-json.ts';
import { FeedRefused } from './refusal.ts';
import { byLine } from './windows-products.ts';

/** Updates from before this day are not kept: every version serviced today has newer ones. */
const firstDay = '2024-01-01';

const kinds = { Standard: 'monthly', Preview: 'preview', 'Out-of-band': 'outOfBand', Hotpatch: 'hotpatch', 'Hotpatch-OOB': 'hotpatchOutOfBand' } as const;
/** A kind that is not known here makes the list unusable: leaving its rows out could make a device look current. */
const WindowsRow = z.object({
  build: z.string().regex(/^\d+\.\d+$/),
  os_type: z.enum(['client', 'server']),
  release_date: z.iso.date(),
  kb_article: z.string(),
  release_type: z.enum(['Standard', 'Preview', 'Out-of-band', 'Hotpatch', 'Hotpatch-OOB']),
});
const OfficeRow = z.object({ release_date: z.iso.date(), channel: z.string(), build: z.string(), version: z.string() });
const ExchangeRow = z.object({ product_name: z.string(), build: z.string(), release_date: z.iso.date() });

/** Dated rows before the filter of days: old rows may lack what newer ones have. */
const Dated = z.object({ data: z.array(z.looseObject({ release_date: z.iso.date() })) });

/** The list of Windows updates, client and server. */
export function reduceWindowsBuilds(text: string): Parts['windows'] {
  const updates = recent(text, WindowsRow).map((row): WindowsUpdate => {
    const [build = 0, revision = 0] = row.build.split('.').map(Number);
    return { build, revision, date: row.release_date, kb: row.kb_article, kind: kinds[row.release_type], server: row.os_type === 'server' };
  });
  return { asOf: newestDate(updates), updates: updates.sort((a, b) => byLine(a, b) || byText(a.date, b.date)) };
}

/** The builds of Microsoft 365 Apps, channel by channel. */
export function reduceOfficeBuilds(text: string): Parts['office'] {
  const builds = recent(text, OfficeRow).map((row) =>
    OfficeBuild.parse({ channel: row.channel, version: row.version, build: row.build, date: row.release_date }),
  );
  return { asOf: newestDate(builds), builds };
}

/** The builds of Exchange Server: MSRC names the build that fixes a flaw, not the day it came out. */
export function reduceExchangeBuilds(text: string): Parts['exchange'] {
  const builds = recent(text, ExchangeRow, '2023-01-01').map((row) =>
    ExchangeBuild.parse({ product: row.product_name, build: row.build, date: row.release_date }),
  );
  return { asOf: newestDate(builds), builds };
}

function recent<T>(text: string, schema: z.ZodType<T>, first = firstDay): T[] {
  const rows = readFeed(text, Dated).data.filter(({ release_date }) => release_date >= first);
  return readFeed(JSON.stringify(rows), z.array(schema));
}

function newestDate(rows: readonly { date: string }[]): string {
  const newest = rows
    .map(({ date }) => date)
    .sort(byText)
    .at(-1);
  if (!newest) throw new FeedRefused('it has no rows');
  return newest;
}
