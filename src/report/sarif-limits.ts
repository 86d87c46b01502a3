import type { Judged } from './view-judged.ts';

/** GitHub's code scanning refuses a run with more results (docs.github.com, "SARIF results exceed one or more limits"). */
const mostResults = 25_000;

/**
 * How many findings each failed check may bring, so that all fit: the largest number that does. A check with few findings keeps
 * all of them, so that one with many hides no other.
 */
export function fairShare(judged: readonly Judged[], limit = mostResults): number {
  const failed = judged.filter(({ result }) => result.verdict === 'fail').map(({ findings }) => findings.length);
  let left = limit - (judged.length - failed.length);
  let share = Number.POSITIVE_INFINITY;
  const sizes = failed.sort((a, b) => a - b);
  sizes.forEach((size, at) => {
    const equal = Math.floor(left / (sizes.length - at));
    if (size > equal) share = Math.min(share, equal);
    left -= Math.min(size, share);
  });
  return share;
}
