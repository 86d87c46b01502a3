import type { Cut, GraphRequest } from '../../model/request.ts';
import { BegunAgain, SourceFault } from '../fault.ts';
import { filterOf, type Part, partsWithin, textParts, timeParts, within } from './parts.ts';
import { limitOf } from './services.ts';

/** One page of a list. */
export interface Answer {
  /** Empty once they were handed over: nobody holds a page while he waits for the next one. */
  rows: readonly unknown[];
  next: URL | undefined;
  /** `@odata.count`, where the service sent it. */
  count: number | undefined;
  /** Milliseconds from sending the request to having the answer; waiting for a turn is not in it. */
  took: number;
}

/** Asks for the first page of a request, or for the page behind a link. */
export type Get = (request: GraphRequest, link?: URL) => Promise<Answer>;
/** Takes a page; the chain it belongs to goes on when the promise is kept. Pages of several chains may come at once. */
export type OnPage = (rows: readonly unknown[]) => Promise<void>;

export interface ListReading {
  get: Get;
  request: GraphRequest;
  /** Chains to cut the list into at most. */
  chains: number;
  /** Ends all requests of this reading. */
  stop(): void;
  onPage: OnPage;
}

/** Reads all pages: as one chain, or, where the list is long and the service quick enough for it, as several at once. */
export async function readList({ get, request, chains, stop, onPage }: ListReading): Promise<void> {
  const first = await get(request);
  const job = request.cut && first.next ? await cutting(get, request, request.cut, first, chains) : undefined;
  if (job) {
    first.rows = [];
    await readParts({ ...job, stop }, onPage);
  } else await follow(get, request, first, onPage);
}

async function follow(get: Get, request: GraphRequest, first: Answer, onPage: OnPage): Promise<void> {
  const seen = new Set<string>();
  let page = first;
  for (;;) {
    await handOver(page, onPage);
    const { next } = page;
    if (!next) return;
    if (seen.has(next.href)) throw new SourceFault({ reason: 'partial', detail: `The pages of ${request.path} lead in a circle.`, fix: 'Scan again.' });
    seen.add(next.href);
    page = await get(request, next).catch((error: unknown) => {
      throw isGone(error) ? new BegunAgain(brokenOff(request, error), false) : error;
    });
  }
}

function handOver(page: Answer, onPage: OnPage): Promise<void> {
  const { rows } = page;
  page.rows = [];
  return onPage(rows);
}

/** The page behind a link is no longer there: a page token has expired, and only a chain begun anew gets the rest. */
function isGone(error: unknown): error is SourceFault {
  return error instanceof SourceFault && (error.status === 400 || error.status === 404 || error.status === 410);
}

function brokenOff(request: GraphRequest, { fault }: SourceFault): SourceFault {
  return new SourceFault({
    ...fault,
    reason: 'partial',
    detail: `The pages of ${request.path} broke off, also when begun anew. ${fault.detail}`,
    fix: 'Scan again.',
  });
}

/** A list about to be read in parts. */
interface Job {
  get: Get;
  request: GraphRequest;
  cut: Cut;
  /** Rows in all, as the service counted them before. */
  count: number | undefined;
  /** Rows that a part is meant to hold; one that holds more than twice as many is cut again. */
  target: number;
  parts: Part[];
  stop(): void;
}

/** Decides whether to cut, and where. Undefined = one chain is as good. Never fails: who cannot be asked is not cut. */
async function cutting(get: Get, request: GraphRequest, cut: Cut, first: Answer, most: number): Promise<Omit<Job, 'stop'> | undefined> {
  const chains = Math.min(most, chainsFor(request, first.took));
  if (chains < 2) return undefined;
  const survey = await surveyOf(get, request, cut, {}, first).catch(() => undefined);
  if (!survey) return undefined;
  // Twice as many parts as chains: the last ones to finish are then short ones.
  const count = Math.min(chains * 2, Math.floor(survey.pages / 3));
  if (count < 2) return undefined;
  const parts = [...survey.parts(count), ...(cut.nullable ? [{ isNull: true as const }] : [])];
  return parts.length < 2 ? undefined : { get, request, cut, count: survey.count, target: (survey.pages * first.rows.length) / count, parts };
}

/** How many chains it takes to use up what the service allows; more than that would only wait for their turn. */
function chainsFor(request: GraphRequest, took: number): number {
  const limit = limitOf(request);
  const perSecond = limit.units / limit.window / (limit.cost?.(request) ?? 1);
  return Math.ceil((took / 1000) * perSecond);
}

interface Survey {
  count: number | undefined;
  pages: number;
  parts(count: number): Part[];
}

/** How long a part is, and between which values it lies. */
async function surveyOf(get: Get, request: GraphRequest, cut: Cut, part: Part, first: Answer): Promise<Survey | undefined> {
  const rowsPerPage = Math.max(1, first.rows.length);
  if (cut.counted === 'never') {
    const span = cut.span && remaining(cut.span, cut.by, first.rows);
    return span && { count: undefined, pages: span.share, parts: (count) => timeParts(span, count) };
  }
  const asked = narrowed(request, cut, part);
  if (cut.order === 'time') {
    const count = first.count ?? (await get(counted(asked, cut, probe(cut)))).count;
    const { span } = cut;
    // Intune has been seen to count the page instead of the list.
    return count === undefined || !span || (first.next && count <= first.rows.length)
      ? undefined
      : { count, pages: count / rowsPerPage, parts: (parts) => timeParts(spanOf(part, span), parts) };
  }
  const ends = await Promise.all(['', ' desc'].map((order) => get(counted(asked, cut, [...probe(cut), ['$orderby', cut.by + order]]))));
  const endOf = (end: Answer | undefined, instead: string) => {
    const value = (end?.rows[0] as Record<string, unknown> | undefined)?.[cut.by];
    // Rows without a value come first or last: then nothing is known of that end.
    return value === null && cut.nullable ? instead : value;
  };
  const [lowest, highest] = [endOf(ends[0], ''), endOf(ends[1], '~')];
  const count = ends[0]?.count;
  if (typeof lowest !== 'string' || typeof highest !== 'string' || count === undefined) return undefined;
  return { count, pages: count / rowsPerPage, parts: (parts) => partsWithin(part, textParts(lowest, highest, parts)) };
}

/** Options that fetch no more than one value of the cut property. */
function probe(cut: Cut): (readonly [string, string])[] {
  return [
    ['$select', cut.by],
    ['$top', '1'],
  ];
}

/** A list without count that comes newest first: its first page tells how many there may be. */
function remaining(span: { from: number; to: number }, by: string, rows: readonly unknown[]): { from: number; to: number; share: number } | undefined {
  const times = rows.map((row) => Date.parse(String((row as Record<string, unknown> | null)?.[by]))).filter((time) => !Number.isNaN(time));
  const covered = span.to - Math.min(...times, span.to);
  return times.length === 0 ? undefined : { ...span, share: Math.min(10_000, (span.to - span.from) / Math.max(1000, covered)) };
}

/** A part of time with its open ends closed. */
function spanOf({ from, to }: Part, span: { from: number; to: number }): { from: number; to: number } {
  return {
    from: from === undefined ? span.from : Date.parse(from),
    to: to === undefined ? Math.max(span.to, from === undefined ? 0 : Date.parse(from) + 1000) : Date.parse(to),
  };
}

/** The request for a part of its list. */
function narrowed(request: GraphRequest, cut: Cut, part: Part): GraphRequest {
  const ends = filterOf(cut, part);
  if (!ends) return request;
  const before = request.query.find(([name]) => name === '$filter')?.[1];
  const filter = before ? `(${before}) and ${ends}` : ends;
  return { ...request, query: [...request.query.filter(([name]) => name !== '$filter'), ['$filter', filter]] };
}

/** The request with its count asked for, and with other options put in place of its own. */
function counted(request: GraphRequest, cut: Cut, options: readonly (readonly [string, string])[] = []): GraphRequest {
  if (cut.counted === 'never') return request;
  const replaced = new Set(['$count', ...options.map(([name]) => name)]);
  const query = [...request.query.filter(([name]) => !replaced.has(name)), ...options, ['$count', 'true'] as const];
  return { ...request, query, advanced: request.advanced || cut.counted === 'eventual' };
}

/** Reads all parts, and compares what they held with the count. Throws `BegunAgain` where parts were refused or not honoured. */
async function readParts(job: Job, onPage: OnPage): Promise<void> {
  const { get, request, cut } = job;
  let held = 0;
  const taker = (part: Part): OnPage => {
    const belongs = cut.order === 'time' ? within(part) : () => true;
    return async (rows) => {
      held += rows.length;
      if (!rows.every((row) => belongs((row as Record<string, unknown> | null)?.[cut.by]))) throw dishonest(request);
      await onPage(rows);
    };
  };
  await all(
    job.parts.map((part) => readPart(job, part, taker, 0)),
    job.stop,
  );
  if (job.count === undefined || job.count === held) return;
  // Accounts come and go while they are read: the number must lie between the one before and the one after.
  const { count } = await get(counted(request, cut, probe(cut)));
  if (count === undefined || held < Math.min(count, job.count) || held > Math.max(count, job.count)) throw dishonest(request);
}

/** Cutting deeper than this means that the values tell nothing about where rows lie. */
const deepest = 5;

async function readPart(job: Job, part: Part, taker: (part: Part) => OnPage, depth: number): Promise<void> {
  const { get, cut, target } = job;
  const request = counted(narrowed(job.request, cut, part), cut);
  const first = await get(request).catch((error: unknown) => {
    throw error instanceof SourceFault && error.status === 400 ? new BegunAgain(error, true) : error;
  });
  // Nor does a part that cannot be surveyed: it is read as it is, one page after the other.
  const heavy = first.next && depth < deepest && first.count !== undefined && first.count > target * 2 && !part.isNull;
  const survey = heavy ? await surveyOf(get, job.request, cut, part, first).catch(() => undefined) : undefined;
  const parts = survey ? partsWithin(part, survey.parts(Math.ceil((survey.count ?? 0) / target))) : [];
  if (parts.length > 1) {
    first.rows = [];
    await all(
      parts.map((each) => readPart(job, each, taker, depth + 1)),
      job.stop,
    );
  } else await follow(get, request, first, taker(part));
}

function dishonest(request: GraphRequest): BegunAgain {
  const detail = `The parts of ${request.path} did not add up to the whole.`;
  return new BegunAgain(new SourceFault({ reason: 'partial', detail, fix: 'Scan again.' }), true);
}

/** Throws the first failure, once all others have been stopped and have ended: nothing goes on in the background. */
async function all(reads: readonly Promise<void>[], stop: () => void): Promise<void> {
  const failures: unknown[] = [];
  const ended = reads.map((read) =>
    read.catch((error: unknown) => {
      failures.push(error);
      stop();
    }),
  );
  await Promise.all(ended);
  if (failures.length > 0) throw failures[0];
}
