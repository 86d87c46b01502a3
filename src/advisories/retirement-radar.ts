import type { Finding, Subject } from '../model/finding.ts';
import type { Retirement } from '../model/retirement.ts';
import type { CheckResult, RetirementRecord } from '../model/run-record.ts';
import { detectabilityOf, whereToLook } from './retirements/detection.ts';
import { datedRecord, type Post, unknownPosts } from './retirements/posts.ts';
import { byDate } from './retirements/status.ts';
import { eachOnce, type Recommendation, withWitness } from './retirements/witness.ts';

/**
 * What the evidence itself shows of a retirement, where the verdict of a check says too little: a version in use is
 * concerned by its end long before the check about versions fails.
 */
export interface Sighting {
  subjects: readonly Subject[];
  /** A sentence where some of the evidence holds no answer. */
  unknown?: string;
}

export interface RadarInput {
  results: readonly CheckResult[];
  /** Absent = the message center could not be read. */
  posts?: readonly Post[];
  /** Absent = Entra's recommendations could not be read. */
  recommendations?: readonly Recommendation[];
  /** By retirement; one without is decided by the verdicts of its checks. */
  sightings?: ReadonlyMap<string, Sighting>;
  now: Date;
}

/** Which retirements concern this tenant, earliest first, undated last. The tenant's own message center wins over the catalogue. */
export function judgeRetirements(entries: readonly Retirement[], input: RadarInput): RetirementRecord[] {
  const { results, posts = [], recommendations = [], sightings, now } = input;
  const byCheck = new Map(results.map((result) => [result.check, result]));
  const byId = new Map(posts.map((post) => [post.id, post]));
  const known = entries.map((entry) => {
    const record = { ...datedRecord(entry, byId, now), ...exposureOf(entry, byCheck, sightings?.get(entry.id)) };
    return withWitness(record, entry, recommendations);
  });
  return [...known, ...unknownPosts(entries, posts, now)].sort(byDate);
}

type Exposed = Pick<RetirementRecord, 'exposure' | 'because' | 'check'> & { subjects?: Subject[] };

function exposureOf(entry: Retirement, results: ReadonlyMap<string, CheckResult>, sighting: Sighting | undefined): Exposed {
  const needs = `: ${whereToLook(entry)}`;
  if (!entry.checks) return undecided(entry, needs);
  return worst(
    entry.checks.map((check): Exposed => {
      const result = results.get(check);
      if (!result) return { exposure: 'unknown', check, because: `The check ${check} was not part of this run` };
      return { ...(sighting ? seen(entry, result, sighting, needs) : judged(entry, result, needs)), check };
    }),
  );
}

/** Nothing that was read answers it: a person can, or a source that is not read yet. Never "not exposed". */
function undecided(entry: Retirement, needs: string): Exposed {
  const found = detectabilityOf(entry);
  if (found === 'manual') return { exposure: 'manual', because: `A person must look${needs}` };
  const why = typeof found === 'object' ? `Needs source ${found.needsSource}, which is not read yet` : 'No check decides this yet';
  return { exposure: 'unknown', because: `${why}. The answer lies in ${whereToLook(entry)}` };
}

const gravity: readonly RetirementRecord['exposure'][] = ['exposed', 'unknown', 'manual', 'notExposed'];

/** Of several checks one that finds it suffices; all must find nothing to be spared. */
function worst(answers: readonly Exposed[]): Exposed {
  const exposure = gravity.find((each) => answers.some((answer) => answer.exposure === each)) ?? 'unknown';
  const equal = answers.filter((answer) => answer.exposure === exposure);
  const subjects = equal.flatMap((answer) => answer.subjects ?? []);
  return { ...equal[0], exposure, ...(subjects.length > 0 ? { subjects: eachOnce(subjects) } : {}) };
}

function seen(entry: Retirement, result: CheckResult, { subjects, unknown }: Sighting, needs: string): Exposed {
  if (subjects.length > 0) return { exposure: 'exposed', subjects: [...subjects], ...(unknown ? { because: unknown } : {}) };
  if (unknown) return { exposure: 'unknown', because: unknown };
  return result.verdict === 'notApplicable' ? judged(entry, result, needs) : nothingFound(entry, needs);
}

function judged(entry: Retirement, result: CheckResult, needs: string): Exposed {
  switch (result.verdict) {
    case 'fail':
      return fromFindings(entry, result, needs);
    case 'pass':
      return nothingFound(entry, needs);
    case 'notApplicable':
      return notConcerned(entry, result, needs);
    case 'manual':
      return { exposure: 'manual', because: result.steps?.[0] ?? `A person must look${needs}` };
    default:
      return { exposure: 'unknown', because: unknownBecause(result) };
  }
}

function notConcerned(entry: Retirement, { because }: CheckResult, needs: string): Exposed {
  if (entry.detectability !== 'automatic' && !entry.settledWhenNotApplicable) return nothingFound(entry, needs);
  return { exposure: 'notExposed', ...(because ? { because } : {}) };
}

/**
 * A check that decides several retirements says in the fact `retirements` (ids, separated by spaces) which of them
 * a finding is about; a finding without that fact speaks for all.
 */
function fromFindings(entry: Retirement, result: CheckResult, needs: string): Exposed {
  const about = (result.findings ?? []).filter((finding) => isAbout(finding, entry.id));
  if (about.length === 0) return nothingFound(entry, needs);
  return { exposure: 'exposed', subjects: about.map(({ subject }) => subject) };
}

function isAbout(finding: Finding, id: string): boolean {
  const named = finding.facts?.retirements;
  return typeof named !== 'string' || named.split(' ').includes(id);
}

/** Where a query can only narrow the question down, finding nothing does not settle it. */
function nothingFound(entry: Retirement, needs: string): Exposed {
  if (entry.detectability === 'automatic') return { exposure: 'notExposed' };
  return { exposure: 'manual', because: `The check found nothing; what it cannot see remains${needs}` };
}

/** What a record says where its check could not judge. */
export function unknownBecause(result: CheckResult): string {
  const { cause } = result;
  const detail = cause?.detail ?? result.because ?? 'the check gave no answer';
  if (result.verdict === 'notLicensed') return `Not licensed: ${detail}`;
  return cause?.fix ? `${detail} ${cause.fix}` : detail;
}
