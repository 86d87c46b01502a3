import { byText } from '../lib/text.ts';
import type { Score } from '../model/run-record.ts';
import { type Severity, severityWeights } from '../model/verdict.ts';
import type { Side, Sides } from './diff-side.ts';

/** A score and why it is another one. The lists hold check ids. */
export interface ScoreDiff extends Sides<Pick<Score, 'value' | 'coverage'>> {
  /** Over the questions that both runs answered with pass or fail: what is left of the difference when nothing else differs. */
  alike: Sides<number | null> & { checks: number };
  /** Failed before, pass now. */
  better: readonly string[];
  worse: readonly string[];
  /** Counted in one of the runs only. */
  joined: readonly string[];
  left: readonly string[];
  /** Counted in both, at another severity. */
  reweighed: readonly string[];
}

/** Null where one of the runs kept no score. */
export function scoreDiff(before: Side, after: Side): ScoreDiff | null {
  if (!before.run.score || !after.run.score) return null;
  const ids = [...new Set([...before.results.keys(), ...after.results.keys()])].sort(byText);
  const verdicts = ids.map((id) => ({ id, was: counted(before, id), is: counted(after, id) }));
  const both = verdicts.filter(({ was, is }) => was !== null && is !== null);
  const of = (some: typeof verdicts, wanted: (each: (typeof verdicts)[number]) => boolean) => some.filter(wanted).map(({ id }) => id);
  const weight = (side: Side, id: string) => severityWeights[severityOf(side, id) ?? severityOf(side === before ? after : before, id) ?? 'low'];
  const alike = (side: Side, passed: 'was' | 'is') => shareOf(both.map((each) => ({ weight: weight(side, each.id), passed: each[passed] === true })));
  const kept = ({ value, coverage }: Pick<Score, 'value' | 'coverage'>) => ({ value, coverage });
  return {
    before: kept(before.run.score),
    after: kept(after.run.score),
    alike: { before: alike(before, 'was'), after: alike(after, 'is'), checks: both.length },
    better: of(both, ({ was, is }) => was === false && is === true),
    worse: of(both, ({ was, is }) => was === true && is === false),
    joined: of(verdicts, ({ was, is }) => was === null && is !== null),
    left: of(verdicts, ({ was, is }) => was !== null && is === null),
    reweighed: of(both, ({ id }) => weight(before, id) !== weight(after, id)),
  };
}

/** True = pass, false = fail, null = the score does not count it. */
function counted(side: Side, id: string): boolean | null {
  const verdict = side.results.get(id)?.verdict;
  return verdict === 'pass' ? true : verdict === 'fail' ? false : null;
}

function severityOf(side: Side, id: string): Severity | undefined {
  return side.checks.get(id)?.severity;
}

/** As the score itself: the weighted share of passes, rounded down to a tenth. */
function shareOf(checks: readonly { weight: number; passed: boolean }[]): number | null {
  const weigh = (some: typeof checks) => some.reduce((sum, { weight }) => sum + weight, 0);
  const all = weigh(checks);
  return all === 0 ? null : Math.floor((1000 * weigh(checks.filter(({ passed }) => passed))) / all) / 10;
}
