import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DatasetRecord, RunRecord } from '../model/run-record.ts';
import { severities } from '../model/verdict.ts';
import { paint, plain } from './console.ts';
import { UsageError } from './exit.ts';

/** The folder the documents go to, made and proven writable before anything is read, so that no scan is in vain. */
export async function prepareFolder(wanted: string, flag = '--out'): Promise<string> {
  const folder = resolve(wanted);
  const probe = join(folder, `.tidytenant-${process.pid}`);
  try {
    await makeFolder(folder);
    await writeFile(probe, '', { mode: 0o600 });
    await rm(probe);
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`, `Choose another folder with ${flag}.`);
  }
  return folder;
}

/** Step by step: Node's recursive mkdir never returns on file systems that refuse with ENOENT, such as /proc. */
async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) await makeFolder(parent);
  await mkdir(folder, { mode: 0o700 });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** `reports/<tenant>/<2026-11-22T101500Z>`: one folder per run, sorted by time. */
export function defaultFolder(tenant: string, now: Date): string {
  const safe = tenant.replace(/[^\w.-]/g, '_').replace(/^\.+/, '') || 'tenant';
  return join('reports', safe, now.toISOString().slice(0, 19).replaceAll(':', '').concat('Z'));
}

/** The outcome of a run in a few lines for a terminal. */
export function summarize(run: RunRecord): string {
  const counts = (verdict: string) => run.results.filter((result) => result.verdict === verdict).length;
  const score = run.score.value === null ? `no score: ${run.score.because ?? ''}` : `score ${run.score.value} of 100`;
  const coverage = run.score.coverage === null ? '' : `, ${Math.floor(run.score.coverage * 100)} % of the checks could be judged`;
  const lines = [
    `${paint.bold(plain(run.tenant.name || run.tenant.id))}${run.tenant.domain ? ` (${plain(run.tenant.domain)})` : ''}: ${score}${coverage}`,
    `  ${paint.good(`${counts('pass')} pass`)}, ${paint.high(`${counts('fail')} fail`)}, ${counts('manual')} to look at by hand, ${counts('notApplicable')} not applicable, ${counts('notLicensed')} not licensed, ${counts('error')} could not be judged`,
    ...severities.flatMap((severity) => failuresOf(run, severity)),
    ...unreadLines(run.datasets),
  ];
  return lines.join('\n');
}

function failuresOf(run: RunRecord, severity: (typeof severities)[number]): string[] {
  const checks = run.checks.filter((check) => check.severity === severity);
  return checks.flatMap((check) => {
    const result = run.results.find((each) => each.check === check.id);
    if (result?.verdict !== 'fail') return [];
    const accepted = result.accepted ? paint.dim(` (accepted until ${result.accepted.until})`) : '';
    return [`  ${paint[severity](severity.padEnd(8))} ${check.failTitle} ${paint.dim(`[${check.id}, ${result.findings?.length ?? 0}]`)}${accepted}`];
  });
}

/** What was not read, grouped by what would help: a missing permission closes many datasets at once. */
export function unreadLines(datasets: readonly Pick<DatasetRecord, 'id' | 'ok' | 'reason' | 'detail' | 'fix'>[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { id, ok, reason, detail = '', fix = '' } of datasets) {
    if (ok || reason === 'license') continue;
    const why = reason === 'permission' ? fix : `${detail} ${fix}`;
    groups.set(why, [...(groups.get(why) ?? []), id]);
  }
  if (groups.size === 0) return [];
  return ['  Not read:', ...[...groups].map(([why, ids]) => `    ${ids.join(', ')}: ${plain(why.trim())}`)];
}
