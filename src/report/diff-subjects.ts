import { byText } from '../lib/text.ts';
import type { Subject } from '../model/finding.ts';
import type { EarlierFinding, EarlierResult } from '../model/history.ts';
import type { Accepted } from '../model/run-record.ts';
import { acceptedIn, couldTell, type Side, type Sides } from './diff-side.ts';
import { differOnlyByTime } from './diff-time.ts';

/**
 * new, fixed = both runs could tell, and one of them found it. changed, open = both found it. unknownBefore, unknownAfter = one
 * of them found it and the other one could not tell: it is neither new nor fixed.
 */
export const subjectStates = ['new', 'changed', 'fixed', 'unknownBefore', 'unknownAfter', 'open'] as const;
export type SubjectState = (typeof subjectStates)[number];

export const changedParts = ['acceptance', 'severity', 'owner', 'name', 'type', 'count', 'message', 'facts'] as const;
export type ChangedPart = (typeof changedParts)[number];

export interface SubjectDiff {
  state: SubjectState;
  /** By its newer name. */
  subject: Subject;
  /** Of `changed`: what is other than before. Days that went by are no change. */
  what: readonly ChangedPart[];
  /** What was found of it; empty where it was not found. A check may find several things of one subject. */
  found: Sides<readonly EarlierFinding[]>;
  /** The acceptance that held on the day of the run. */
  accepted: Sides<Accepted | null>;
  /** It is open at least since then; null where it is not open now. */
  since: string | null;
}

type Found = ReadonlyMap<string, readonly EarlierFinding[]>;

/** Every subject that at least one of the runs found. */
export function subjectDiffs(check: string, before: Side, after: Side): SubjectDiff[] {
  const [was, is] = [before.results.get(check), after.results.get(check)];
  const [then, now] = [foundOf(was), foundOf(is)];
  const told = { before: couldTell(check, before, after), after: couldTell(check, after, before) };
  const known = { check, before, after };
  const ids = new Set([...then.keys(), ...now.keys()]);
  return [...ids].map((id) => subjectDiff({ id, found: { before: then.get(id) ?? [], after: now.get(id) ?? [] }, told, was, is }, known)).sort(byState);
}

function foundOf(result: EarlierResult | undefined): Found {
  return Map.groupBy(result?.findings ?? [], ({ subject }) => subject.id);
}

interface Pair {
  id: string;
  found: Sides<readonly EarlierFinding[]>;
  told: Sides<boolean>;
  was: EarlierResult | undefined;
  is: EarlierResult | undefined;
}

interface Known {
  check: string;
  before: Side;
  after: Side;
}

function subjectDiff(pair: Pair, known: Known): SubjectDiff {
  const { id, found, told, was, is } = pair;
  const accepted = {
    before: (found.before.length > 0 && was && acceptedIn(known.before, was, id)) || null,
    after: (found.after.length > 0 && is && acceptedIn(known.after, is, id)) || null,
  };
  const both = found.before.length > 0 && found.after.length > 0;
  const what = both ? changesOf(pair, accepted, known) : [];
  const state = both
    ? what.length > 0
      ? 'changed'
      : 'open'
    : found.after.length > 0
      ? told.before
        ? 'new'
        : 'unknownBefore'
      : told.after
        ? 'fixed'
        : 'unknownAfter';
  const [newest] = found.after.length > 0 ? named(found.after) : named(found.before);
  return { state, subject: newest as Subject, what, found, accepted, since: sinceOf(pair, known) };
}

/** Where findings name one subject differently, the choice must not depend on their order. */
function named(findings: readonly EarlierFinding[]): Subject[] {
  return findings.map(({ subject }) => subject).sort((a, b) => byText(a.type, b.type) || byText(a.name, b.name));
}

function sinceOf({ found }: Pair, { before, after }: Known): string | null {
  if (found.after.length === 0) return null;
  const start = ({ run }: Side) => run.startedAt ?? run.finishedAt;
  const told = [...found.after, ...found.before].flatMap(({ since }) => since ?? []);
  return [...told, start(found.before.length > 0 ? before : after)].sort(byText)[0] ?? null;
}

function changesOf({ found, was, is }: Pair, accepted: Sides<Accepted | null>, { check, before, after }: Known): ChangedPart[] {
  const [wasMeta, isMeta] = [before.checks.get(check), after.checks.get(check)];
  // The history keeps subjects by their newest names, and nothing else of this.
  if (!wasMeta || !isMeta) return [];
  const times = { before: Date.parse(before.run.finishedAt), after: Date.parse(after.run.finishedAt) };
  const texts = (of: (finding: EarlierFinding) => string) => ({ before: found.before.map(of), after: found.after.map(of) });
  const apart: Record<ChangedPart, boolean> = {
    acceptance: (accepted.before?.until ?? null) !== (accepted.after?.until ?? null),
    severity: wasMeta.severity !== isMeta.severity,
    owner: was?.owner !== is?.owner,
    name: !sameSet(texts(({ subject }) => subject.name)),
    type: !sameSet(texts(({ subject }) => subject.type)),
    count: found.before.length !== found.after.length,
    message: !differOnlyByTime(
      texts(({ message = '' }) => message),
      times,
    ),
    facts: !differOnlyByTime(texts(factLines), times),
  };
  return changedParts.filter((part) => apart[part]);
}

function sameSet({ before, after }: Sides<readonly string[]>): boolean {
  const [some, others] = [new Set(before), new Set(after)];
  return some.size === others.size && [...some].every((text) => others.has(text));
}

/** A number under a name with days in it is an age. */
function factLines({ facts = {} }: EarlierFinding): string {
  const entries = Object.entries(facts).sort(([a], [b]) => byText(a, b));
  return entries
    .map(([key, value]) =>
      /days|hours/i.test(key) && typeof value === 'number' ? `${key}=${value} ${/days/i.test(key) ? 'days' : 'hours'}` : `${key}=${JSON.stringify(value)}`,
    )
    .join('\n');
}

function byState(a: SubjectDiff, b: SubjectDiff): number {
  return (
    subjectStates.indexOf(a.state) - subjectStates.indexOf(b.state) ||
    byText(a.subject.type, b.subject.type) ||
    byText(a.subject.name, b.subject.name) ||
    byText(a.subject.id, b.subject.id)
  );
}
