import { type Origin, origins } from '../advisories/origins.ts';
import { reduceExchangeBuilds, reduceOfficeBuilds, reduceWindowsBuilds } from '../advisories/reduce-builds.ts';
import { reduceKev } from '../advisories/reduce-cisa.ts';
import { reduceApple, reduceLifecycle } from '../advisories/reduce-lifecycle.ts';
import { acceptDate, acceptSize, FeedRefused } from '../advisories/refusal.ts';
import { addDays, isoDay, isoSecond } from '../lib/dates.ts';
import { type AdvisoryFile, type AdvisoryFiles, advisorySchemaVersion, type ReadDocument, type RenewedPart } from '../model/advisories.ts';
import type { Parts } from '../model/snapshot.ts';
import { exchangeBuilds, type FeedDocument, kevCatalog, lifecycleOf, officeBuilds, windowsBuilds } from '../sources/feeds/addresses.ts';
import type { FeedSource } from '../sources/feeds/feeds.ts';

export interface Update {
  source: FeedSource;
  files: AdvisoryFiles;
  /** What is there: the newer of shipped and renewed. Grows as parts are renewed. */
  parts: Parts;
  now: Date;
  /** Asks also what was asked a short while ago. */
  force: boolean;
  signal: AbortSignal;
  save(file: AdvisoryFile): Promise<void>;
}

export interface Outcome {
  part: RenewedPart;
  /** recent = asked a short while ago, not asked again. */
  state: 'renewed' | 'unchanged' | 'recent' | 'refused' | 'unreachable';
  detail: string;
  fix?: string;
}

/** Hours before a feed is asked again; the feeds change at most daily, the index of MSRC more often. */
const quietHours: Readonly<Record<RenewedPart, number>> = {
  windows: 20,
  lifecycle: 20,
  apple: 20,
  vulnerabilities: 10,
  office: 20,
  exchange: 20,
  kev: 20,
  ssvc: 20,
  epss: 20,
};

/** True where a document's host answered so lately that it is not asked again. */
export function isRecent(update: Update, part: RenewedPart, document: FeedDocument): boolean {
  const checked = update.files[part]?.documents[document.url]?.checkedAt;
  return !update.force && checked !== undefined && addDays(update.now, -quietHours[part] / 24) < new Date(checked) && new Date(checked) <= update.now;
}

export function recent(part: RenewedPart): Outcome {
  return { part, state: 'recent', detail: `asked within the last ${quietHours[part]} hours, not asked again` };
}

/** Saves a part, and lets later parts see it. */
export async function keep<P extends RenewedPart>(
  update: Update,
  part: P,
  data: NonNullable<Parts[P]>,
  documents: Record<string, ReadDocument>,
): Promise<void> {
  const { name, url, licence }: Origin = origins[part];
  const file = { schemaVersion: advisorySchemaVersion, part, origin: { name, url, licence }, documents, data } as AdvisoryFile;
  await update.save(file);
  update.files = { ...update.files, [part]: file };
  update.parts = { ...update.parts, [part]: data };
}

/** What is remembered of a document that was just asked for. */
export function checked(update: Update, validators: Omit<ReadDocument, 'checkedAt'> | undefined): ReadDocument {
  const { etag, lastModified, sha256 } = validators ?? {};
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}), ...(sha256 ? { sha256 } : {}), checkedAt: isoSecond(update.now) };
}

/** A part that comes from one document. */
interface ListPart<P extends RenewedPart> {
  part: P;
  document: FeedDocument;
  reduce(text: string): NonNullable<Parts[P]>;
  rows(data: NonNullable<Parts[P]>): number;
}

const listParts = [
  listPart({ part: 'windows', document: windowsBuilds, reduce: reduceWindowsBuilds, rows: ({ updates }) => updates.length }),
  listPart({ part: 'office', document: officeBuilds, reduce: reduceOfficeBuilds, rows: ({ builds }) => builds.length }),
  listPart({ part: 'exchange', document: exchangeBuilds, reduce: reduceExchangeBuilds, rows: ({ builds }) => builds.length }),
  listPart({ part: 'kev', document: kevCatalog, reduce: reduceKev, rows: ({ entries }) => entries.length }),
];

function listPart<P extends RenewedPart>(list: ListPart<P>): { part: P; run(update: Update): Promise<Outcome> } {
  return { part: list.part, run: (update) => updateList(update, list) };
}

async function updateList<P extends RenewedPart>(update: Update, { part, document, reduce, rows }: ListPart<P>): Promise<Outcome> {
  if (isRecent(update, part, document)) return recent(part);
  const file = update.files[part] as AdvisoryFile<P> | undefined;
  const known = file?.documents[document.url];
  const answer = await update.source.read(document, known, update.signal);
  if (!answer.changed && file) {
    await keep(update, part, file.data, { [document.url]: checked(update, known) });
    return { part, state: 'unchanged', detail: `data of ${file.data.asOf}` };
  }
  if (!answer.changed) throw new FeedRefused('it is said to be unchanged, and was never read');
  const data = reduce(answer.text);
  const before = update.parts[part];
  if (before) {
    acceptSize('rows', rows(data), rows(before));
    acceptDate(data.asOf, before.asOf);
  }
  await keep(update, part, data, { [document.url]: checked(update, answer.validators) });
  return { part, state: 'renewed', detail: `data of ${data.asOf}, ${rows(data)} rows` };
}

/** A part that several documents make up: where one of them changed, all are needed. */
interface JointPart<P extends 'lifecycle' | 'apple'> {
  part: P;
  documents: readonly FeedDocument[];
  /** Gets the documents in their order. */
  reduce(texts: readonly string[], asOf: string): NonNullable<Parts[P]>;
  rows(data: NonNullable<Parts[P]>): number;
}

const lifecycle: JointPart<'lifecycle'> = {
  part: 'lifecycle',
  documents: [lifecycleOf('windows'), lifecycleOf('windows-server')],
  reduce: ([windows = '', server = ''], asOf) => ({ asOf, versions: reduceLifecycle(windows, server) }),
  rows: ({ versions }) => versions.length,
};

const apple: JointPart<'apple'> = {
  part: 'apple',
  documents: [lifecycleOf('macos'), lifecycleOf('ios'), lifecycleOf('ipados')],
  reduce: (texts, asOf) => ({ asOf, cycles: reduceApple(applePlatforms.map((platform, at) => ({ platform, text: texts[at] ?? '' }))) }),
  rows: ({ cycles }) => cycles.length,
};
const applePlatforms = ['macOS', 'iOS', 'iPadOS'] as const;

async function updateJoint<P extends 'lifecycle' | 'apple'>(update: Update, { part, documents, reduce, rows }: JointPart<P>): Promise<Outcome> {
  const [first] = documents;
  if (first && isRecent(update, part, first)) return recent(part);
  const file = update.files[part] as AdvisoryFile<P> | undefined;
  const answers = [];
  for (const document of documents) answers.push(await update.source.read(document, file?.documents[document.url], update.signal));
  const asOf = isoDay(update.now);
  if (file && answers.every((answer) => !answer.changed)) {
    const seen = documents.map(({ url }) => [url, checked(update, file.documents[url])] as const);
    await keep(update, part, { ...file.data, asOf }, Object.fromEntries(seen));
    return { part, state: 'unchanged', detail: `the same on ${asOf}` };
  }
  const texts = [];
  const seen: Record<string, ReadDocument> = {};
  for (const [at, document] of documents.entries()) {
    const found = answers[at];
    const answer = found?.changed ? found : await update.source.read(document, undefined, update.signal);
    if (!answer.changed) throw new FeedRefused('it is said to be unchanged, and was never read');
    texts.push(answer.text);
    seen[document.url] = checked(update, answer.validators);
  }
  const data = reduce(texts, asOf);
  acceptSize('versions', rows(data), rows(update.parts[part] as NonNullable<Parts[P]>));
  await keep(update, part, data, seen);
  return { part, state: 'renewed', detail: `read on ${asOf}, ${rows(data)} versions` };
}

/** One step per part; each renews its part or throws. */
export const listSteps: readonly { part: RenewedPart; run(update: Update): Promise<Outcome> }[] = [
  ...listParts,
  { part: 'lifecycle', run: (update) => updateJoint(update, lifecycle) },
  { part: 'apple', run: (update) => updateJoint(update, apple) },
];
