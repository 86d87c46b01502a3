import { existsSync } from 'node:fs';
import { count, list } from '../lib/text.ts';
import type { EarlierRun } from '../model/history.ts';
import type { RunRecord } from '../model/run-record.ts';
import { type History, readRun } from '../store/store.ts';
import { InputError, UsageError } from './exit.ts';
import type { Flags } from './options.ts';

/** What a run may be called: a file, or the start of one in the history. */
export const runNames = 'a run.json, the start of a run in the history (2026-08-20, 2026-08-20T10:15), last or previous';

export function isFile(name: string): boolean {
  return name.endsWith('.json') || name.includes('/') || existsSync(name);
}

/** A run record as it was written. */
export async function runOfFile(name: string): Promise<EarlierRun> {
  return readRun(name);
}

/** The run of a tenant that starts so; `previous` is the one before `other`. */
export function runOfHistory(history: History, tenantId: string, name: string, other: EarlierRun | undefined): EarlierRun {
  const starts = history.runs(tenantId).map(({ startedAt }) => startedAt);
  const wanted = name === 'previous' ? starts.findLast((start) => start < (other?.startedAt ?? '')) : startOf(starts, name);
  const run = wanted === undefined ? undefined : history.runAt(tenantId, wanted);
  if (run) return run;
  throw new UsageError(`The history knows no run "${name}" of this tenant.`, 'See: tidytenant history');
}

/** `2026-08`, `2026-08-20`, `2026-08-20T10:15` or, as the list of runs prints it, `2026-08-20 10:15`. */
function startOf(starts: readonly string[], name: string): string | undefined {
  if (name === 'last') return starts.at(-1);
  if (!/^\d{4}-\d{2}(-\d{2}([T ]\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?Z?)?)?$/.test(name)) throw new UsageError(`"${name}" names no run.`, `Give ${runNames}.`);
  const beginning = name.replace(' ', 'T').replace(/Z$/, '');
  const found = starts.filter((start) => start.startsWith(beginning));
  if (found.length > 1) throw new UsageError(`${count(found.length, 'run')} started on "${name}".`, `Give the time of one: ${list(found, 5)}.`);
  return found[0];
}

/** The runs of one tenant by what they are called, for the comparison of a report. Files are read at once: a wrong name must not cost a scan. */
export async function namedComparison({ compareWith, previous }: Pick<Flags, 'compareWith' | 'previous'>): Promise<Comparison> {
  const name = compareWith ?? previous;
  if (name === undefined || name === 'previous') return () => ({});
  if (name === previous || isFile(name)) {
    const earlier = await runOfFile(name);
    return (run) => compared(earlier, run);
  }
  startOf([], name);
  return (run, history) => {
    if (!history) throw new UsageError('There is no history to look up a run in.', 'Name a run.json, or the history with --history.');
    return compared(runOfHistory(history, run.tenant.id, name, run), run);
  };
}

/** Gives nothing where none was named. */
export type Comparison = (run: RunRecord, history: History | undefined) => { previous?: EarlierRun };

function compared(previous: EarlierRun, run: RunRecord): { previous: EarlierRun } {
  requireOneTenant(previous, run);
  if ((previous.startedAt ?? '') > run.startedAt) throw new InputError(`The run of ${previous.startedAt} is newer than this one.`, 'Name an earlier one.');
  return { previous };
}

/** What one tenant does is no change of another one. */
export function requireOneTenant(one: EarlierRun, other: EarlierRun): void {
  const [a, b] = [one.tenant, other.tenant];
  if (!a || !b || a.id.toLowerCase() === b.id.toLowerCase()) return;
  const name = ({ name, domain, id }: NonNullable<EarlierRun['tenant']>) => `${name || domain || 'a tenant without a name'} (${id})`;
  throw new InputError(`The runs are of different tenants: ${name(a)} and ${name(b)}.`, 'Give two runs of one tenant.');
}
