import { join } from 'node:path';
import { loadSnapshot } from '../advisories/snapshot.ts';
import { addDays } from '../lib/dates.ts';
import { observationsOf } from '../measure/observations.ts';
import { type History, openHistory } from '../store/store.ts';
import { deliver } from './commands.ts';
import { connectSandbox } from './connect.ts';
import { exitCodes, UsageError } from './exit.ts';
import { type JudgedRun, type Judging, judge } from './judge.ts';
import { type Choices, choose, type Flags } from './options.ts';
import { defaultFolder, prepareFolder } from './output.ts';
import { collectTenant } from './scan.ts';

/**
 * Scans the typical fictional tenant once a week, in the last five weeks daily, and writes the report of the last scan: the
 * figures that need a history are there. It ends when the shipped update data was two weeks old, so that nothing is out of date.
 */
export async function demo(flags: Flags & { weeks?: string }, signal: AbortSignal): Promise<number> {
  const weeks = weeksOf(flags.weeks ?? '16');
  const choices = await choose(flags);
  const snapshot = loadSnapshot();
  const end = addDays(new Date(`${snapshot.windows.asOf}T07:30:00Z`), 14);
  const folder = await prepareFolder(flags.out ?? defaultFolder('demo', new Date()));
  const history = openHistory(join(folder, 'tidytenant.sqlite'));
  const judging = { flags, choices, history };
  let last: JudgedRun | undefined;
  const days = daysAgo(weeks);
  for (const [nth, ago] of days.entries()) {
    if (signal.aborted) break;
    process.stderr.write(`Scan ${nth + 1} of ${days.length}\n`);
    last = await scanOnce({ choices, judging, now: addDays(end, -ago), weeksAgo: ago / 7, snapshot, signal });
    if (ago > 0) keep(last, history);
  }
  if (!last || signal.aborted) return exitCodes.stopped;
  // As a monthly report does: four weeks back, not since yesterday.
  const before = history.runAt(last.run.tenant.id, addDays(end, -28).toISOString());
  await deliver(last, folder, judging, { comparison: () => (before ? { previous: before } : {}) });
  return exitCodes.clean;
}

function weeksOf(text: string): number {
  const weeks = Number(text);
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > 30) throw new UsageError(`--weeks ${text} is no number of weeks.`, 'Give a whole number from 1 to 30.');
  return weeks;
}

/** The days of the scans, counted back from the last one. */
function daysAgo(weeks: number): number[] {
  const daily = Math.min(weeks, 5) * 7;
  const weekly = Array.from({ length: weeks - daily / 7 }, (_, nth) => (weeks - nth) * 7);
  return [...weekly, ...Array.from({ length: daily }, (_, nth) => daily - 1 - nth)];
}

interface Scan {
  choices: Choices;
  judging: Judging;
  now: Date;
  weeksAgo: number;
  snapshot: JudgedRun['snapshot'];
  signal: AbortSignal;
}

async function scanOnce({ choices, judging, now, weeksAgo, snapshot, signal }: Scan): Promise<JudgedRun> {
  const { session, close } = await connectSandbox(choices, { variant: 'typical', now, weeksAgo });
  try {
    const collected = await collectTenant({ session, checks: choices.entries, now, signal });
    return await judge({ ...collected, snapshot, startedAt: now.toISOString(), finishedAt: now.toISOString() }, judging);
  } finally {
    await close();
  }
}

function keep({ run, evidence, snapshot }: JudgedRun, history: History): void {
  history.record(run, observationsOf(evidence), snapshot);
}
