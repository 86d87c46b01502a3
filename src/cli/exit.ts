import { CommanderError } from 'commander';
import { EvidenceFileError } from '../collect/evidence-file.ts';
import { ConfigError } from '../config/config.ts';
import { DeliveryError } from '../deliver/deliver.ts';
import type { CheckResult, RunRecord } from '../model/run-record.ts';
import { type Severity, severities } from '../model/verdict.ts';
import { CheckLoadError } from '../plan/load-checks.ts';
import { UnknownCheckError } from '../plan/select.ts';
import { RenderError } from '../report/renderer.ts';
import { TranslationError } from '../report/translations.ts';
import { coverageFloor } from '../score/score.ts';
import { HistoryError, StoreError } from '../store/store.ts';
import { SignInError } from '../tenants/sign-in-error.ts';

/** Exit codes: 0 to 2 speak of results, 64 and above of everything else (sysexits.h). */
export const exitCodes = { clean: 0, failed: 1, tooLittle: 2, usage: 64, input: 65, unavailable: 69, refused: 77, stopped: 130 } as const;

/** The command line itself is wrong: an unknown word, a missing tenant, a folder that cannot be written. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly fix: string;
  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

/** A file that was given cannot be used. */
export class InputError extends UsageError {
  override name = 'InputError';
}

export interface Complaint {
  code: number;
  /** What happened. */
  what: string;
  /** What to do. */
  fix: string;
}

/** Any error in two lines and a code. */
export function complaintOf(error: unknown): Complaint {
  if (error instanceof CommanderError) return usageComplaint(error.message);
  if (error instanceof InputError) return { code: exitCodes.input, what: error.message, fix: error.fix };
  if (error instanceof UsageError) return { code: exitCodes.usage, what: error.message, fix: error.fix };
  if (error instanceof UnknownCheckError) {
    return {
      code: exitCodes.usage,
      what: error.message,
      fix: error.suggestion ? `Did you mean "${error.suggestion}"?` : 'See the ids with: tidytenant checks list',
    };
  }
  if (error instanceof RangeError) return { code: exitCodes.usage, what: error.message, fix: 'See: tidytenant --help' };
  if (error instanceof DeliveryError) return { code: exitCodes.usage, what: error.message, fix: error.hint };
  if (error instanceof RenderError) return { code: exitCodes.unavailable, what: error.message, fix: error.fix };
  if (error instanceof ConfigError) return { code: exitCodes.input, what: error.message, fix: 'Correct the file; docs/configuration.md lists every key.' };
  if (error instanceof TranslationError)
    return { code: exitCodes.input, what: error.message, fix: 'Correct the file or the folder; docs/translating.md shows what one looks like.' };
  if (error instanceof EvidenceFileError) return { code: exitCodes.input, what: error.message, fix: 'Collect the evidence again: tidytenant collect' };
  if (error instanceof CheckLoadError)
    return { code: exitCodes.input, what: error.message, fix: 'Correct or remove the file; docs/adding-a-check.md shows what a check looks like.' };
  if (error instanceof StoreError)
    return {
      code: exitCodes.input,
      what: error.message,
      fix: error.damaged ? 'Give a run.json that tidytenant wrote.' : fixOfWriting(error.message),
    };
  if (error instanceof HistoryError) return { code: exitCodes.input, what: error.message, fix: error.fix };
  if (error instanceof SignInError) return { code: error.unreachable ? exitCodes.unavailable : exitCodes.refused, what: error.message, fix: error.fix };
  return {
    code: 70,
    what: `Something went wrong inside tidytenant: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'Run again with --debug and report it.',
  };
}

function fixOfWriting(message: string): string {
  return /\((ENOSPC|EDQUOT)\)/.test(message) ? 'Free some space, then run again.' : 'Check the path and its permissions.';
}

/** Commander's "error: unknown option '--onyl'\n(Did you mean --only?)" as our two lines. */
function usageComplaint(message: string): Complaint {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  return {
    code: exitCodes.usage,
    what: `${what.charAt(0).toUpperCase()}${what.slice(1)}.`,
    fix: `${hint ? `${hint.replace(/[()]/g, '')} ` : ''}See: tidytenant --help`,
  };
}

/** The exit code of a finished run. A certain failure counts even where much could not be judged. */
export function exitCodeOf(run: RunRecord, failOn: Severity | 'none'): number {
  const read = run.datasets.filter((dataset) => dataset.ok).length;
  if (read === 0 && run.datasets.length > 0) {
    return run.datasets.every((dataset) => dataset.reason === 'permission' || dataset.reason === 'license') ? exitCodes.refused : exitCodes.unavailable;
  }
  if (run.results.some((result) => counts(result, run, failOn))) return exitCodes.failed;
  return run.score.coverage !== null && run.score.coverage < coverageFloor ? exitCodes.tooLittle : exitCodes.clean;
}

/** A fail at or above the severity, unless the whole of it is an accepted risk. */
function counts(result: CheckResult, run: RunRecord, failOn: Severity | 'none'): boolean {
  if (result.verdict !== 'fail' || failOn === 'none') return false;
  const severity = run.checks.find((check) => check.id === result.check)?.severity ?? 'low';
  if (severities.indexOf(severity) > severities.indexOf(failOn)) return false;
  const { accepted } = result;
  if (!accepted) return true;
  return accepted.subjects !== undefined && (result.findings ?? []).some(({ subject }) => !accepted.subjects?.includes(subject.id));
}
