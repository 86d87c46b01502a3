import type { EarlierRun } from '../../src/model/history.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import type { RunDiff } from '../../src/report/diff.ts';

/** What the history gives: verdicts and subjects. */
export function remembered({ startedAt, finishedAt, tenant, score, results }: RunRecord): EarlierRun {
  const kept = results.map(({ check, verdict, findings }) => ({
    check,
    verdict,
    ...(findings ? { findings: findings.map(({ subject }) => ({ subject, since: '2026-03-01T00:00:00.000Z' })) } : {}),
  }));
  return { startedAt, finishedAt, tenant, score, results: kept };
}

const mirror = { new: 'fixed', fixed: 'new', unknownBefore: 'unknownAfter', unknownAfter: 'unknownBefore', changed: 'changed', open: 'open' } as const;
const mirrorOfRetirement = { exposed: 'cleared', cleared: 'exposed', seen: 'lost', lost: 'seen', dated: 'dated' } as const;

/** Everything that has a mirror image. `since` and the name shown follow the later run. */
export function essence({ counts, checks, score, measures, retirements, access }: RunDiff) {
  return {
    counts,
    checks: checks.map(({ check, verdict, notCompared, changes, subjects }) => ({
      check,
      verdict,
      notCompared: notCompared && { because: notCompared.because, side: notCompared.side },
      changes,
      subjects: subjects.map(({ state, subject, what, found, accepted: each }) => ({ id: subject.id, state, what, found, accepted: each })),
    })),
    score,
    measures,
    retirements,
    access,
  };
}

type Essence = ReturnType<typeof essence>;

function turned<Value extends { before: unknown; after: unknown }>(value: Value): Value {
  return { ...value, before: value.after, after: value.before };
}

export function mirrored({ counts, checks, score, measures, retirements, access }: Essence): Essence {
  const sides = { before: 'after', after: 'before', both: 'both' } as const;
  return {
    counts: { ...counts, new: counts.fixed, fixed: counts.new, unknownBefore: counts.unknownAfter, unknownAfter: counts.unknownBefore },
    checks: checks.map((each) => ({
      ...each,
      verdict: turned(each.verdict),
      notCompared: each.notCompared && { ...each.notCompared, side: sides[each.notCompared.side] },
      changes: each.changes.map(turned),
      subjects: each.subjects.map((one) => ({ ...one, state: mirror[one.state], found: turned(one.found), accepted: turned(one.accepted) })),
    })),
    score: score && turned({ ...score, alike: turned(score.alike), better: score.worse, worse: score.better, joined: score.left, left: score.joined }),
    measures: measures?.map(turned) ?? null,
    retirements: retirements?.map((each) => turned({ ...each, state: mirrorOfRetirement[each.state] })) ?? null,
    access: access && {
      reads: access.reads.map(turned),
      permissionsGained: access.permissionsLost,
      permissionsLost: access.permissionsGained,
      plansGained: access.plansLost,
      plansLost: access.plansGained,
    },
  };
}

/** The order follows the later run. */
export function sorted({ checks, measures, retirements, ...rest }: Essence) {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    ...rest,
    checks: checks.map((each) => ({ ...each, subjects: [...each.subjects].sort(byId) })).sort((a, b) => (a.check < b.check ? -1 : 1)),
    measures: [...(measures ?? [])].sort(byId),
    retirements: [...(retirements ?? [])].sort(byId),
  };
}
