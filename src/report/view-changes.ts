import type { EarlierRun } from '../model/history.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { acceptedNote } from './view-findings.ts';
import { type Judged, titleOf, withVerdict } from './view-judged.ts';

export interface Change {
  id: string;
  title: string;
  lang: string;
  note: string;
}

export interface Changes {
  /** When the run before this one was made; null without one. */
  since: string | null;
  better: Change[];
  worse: Change[];
}

export interface Responsibility {
  id: string;
  title: string;
  lang: string;
  owner: string | null;
  accepted: string | null;
  expired: boolean;
}

/**
 * Two runs are compared by check id and subject id, and only where both came to `pass` or `fail`: a question that could not be answered in one of
 * them has neither improved nor worsened.
 */
export function changesView(judged: readonly Judged[], previous: EarlierRun | undefined, format: Format): Changes {
  if (!previous) return { since: null, better: [], worse: [] };
  const before = new Map(previous.results.map((result) => [result.check, result]));
  const compared = judged.flatMap((now) => {
    const then = before.get(now.meta.id);
    return then && isDecided(now.result) && isDecided(then) ? [compare(now, then)] : [];
  });
  return {
    since: format.day(previous.finishedAt),
    better: compared.filter(({ gone, added }) => gone > 0 && added === 0).map((each) => change(each, format)),
    worse: compared.filter(({ added }) => added > 0).map((each) => change(each, format)),
  };
}

type EarlierResult = EarlierRun['results'][number];

interface Compared {
  now: Judged;
  gone: number;
  added: number;
}

function isDecided({ verdict }: Pick<EarlierResult, 'verdict'>): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

function compare(now: Judged, then: EarlierResult): Compared {
  const ids = ({ findings = [] }: Pick<EarlierResult, 'findings'>) => new Set(findings.map(({ subject }) => subject.id));
  const missing = (from: ReadonlySet<string>, others: ReadonlySet<string>) => [...from].filter((id) => !others.has(id)).length;
  return { now, gone: missing(ids(then), ids(now)), added: missing(ids(now), ids(then)) };
}

function change({ now, gone, added }: Compared, format: Format): Change {
  const { say } = format;
  const parts = [
    added ? say('changes.new', { count: added }) : '',
    gone ? say('changes.solved', { count: gone }) : '',
    now.result.verdict === 'pass' ? say('changes.nowInOrder') : say('changes.open', { count: now.findings.length }),
  ];
  return { id: now.meta.id, title: titleOf(now), lang: now.lang, note: parts.filter(Boolean).join(', ') };
}

/** Failed checks that have an owner or an accepted risk. */
export function responsibilities(judged: readonly Judged[], format: Format): Responsibility[] {
  return withVerdict(judged, 'fail')
    .filter(({ result }) => result.owner || result.accepted)
    .map((each) => ({
      id: each.meta.id,
      title: each.meta.failTitle,
      lang: each.lang,
      owner: each.result.owner ? shorten(each.result.owner, 120) : null,
      accepted: acceptedNote(each, format),
      expired: each.acceptance === 'expired',
    }));
}
