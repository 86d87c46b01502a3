import { shorten } from './clean.ts';
import type { RunDiff } from './diff.ts';
import type { SubjectState } from './diff-subjects.ts';
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

/** Which checks got better or worse: by what is new and what is fixed in the comparison of the two runs. Null = there was no earlier run. */
export function changesView(judged: readonly Judged[], diff: RunDiff | null, format: Format): Changes {
  if (!diff) return { since: null, better: [], worse: [] };
  const now = new Map(judged.map((each) => [each.meta.id, each]));
  const compared = diff.checks.flatMap(({ check, subjects }) => {
    const is = now.get(check);
    const count = (state: SubjectState) => subjects.filter((subject) => subject.state === state).length;
    return is ? [{ now: is, gone: count('fixed'), added: count('new') }] : [];
  });
  return {
    since: format.day(diff.before.finishedAt),
    better: compared.filter(({ gone, added }) => gone > 0 && added === 0).map((each) => change(each, format)),
    worse: compared.filter(({ added }) => added > 0).map((each) => change(each, format)),
  };
}

interface Compared {
  now: Judged;
  gone: number;
  added: number;
}

function change({ now, gone, added }: Compared, format: Format): Change {
  const { say } = format;
  const parts = [added ? say('changes.new', { count: added }) : '', gone ? say('changes.solved', { count: gone }) : '', stands(now, format)];
  return { id: now.meta.id, title: titleOf(now), lang: now.lang, note: parts.filter(Boolean).join(', ') };
}

function stands({ result: { verdict }, findings }: Judged, { say }: Format): string {
  if (verdict === 'notApplicable') return say('changes.nowNotThere');
  return verdict === 'pass' ? say('changes.nowInOrder') : say('changes.open', { count: findings.length });
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
