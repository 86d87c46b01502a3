import type { ControlResult, RunRecord } from '../model/run-record.ts';
import { type Verdict, verdicts } from '../model/verdict.ts';
import { oneLine } from './clean.ts';
import type { Format } from './format.ts';
import { foreign } from './view-findings.ts';
import { type Judged, titleOf } from './view-judged.ts';

/** Recognised baselines, control by control. A control that no check looks at is not in the run, so nothing is claimed about it. */
export interface Frameworks {
  verdicts: { key: Verdict; label: string }[];
  list: FrameworkView[];
}

export interface FrameworkView {
  /** Of its place in the page. */
  id: string;
  name: string;
  /** Controls that at least one check looks at. */
  total: number;
  totals: { key: Verdict; label: string; count: number }[];
  /** The same in words. */
  counts: string;
  /** Findings of this framework, as the address of the page spells it. */
  filter: string;
  rows: ControlRow[];
}

interface ControlRow {
  id: string;
  verdict: Verdict;
  label: string;
  checks: { id: string; lang: string | null; title: string; verdict: Verdict }[];
}

/** `MS.AAD.2.1v1` before `MS.AAD.10.1v1`. */
const natural = new Intl.Collator('en', { numeric: true });

export function frameworksView(run: RunRecord, judged: readonly Judged[], format: Format): Frameworks | null {
  const { say } = format;
  if (run.controls.length === 0) return null;
  const known = new Map(judged.map((each) => [each.meta.id, each]));
  const used = verdicts.filter((key) => run.controls.some(({ verdict }) => verdict === key));
  const list = [...Map.groupBy(run.controls, ({ framework }) => framework)]
    .sort(([a], [b]) => natural.compare(a, b))
    .map(([name, controls], at) => {
      const totals = used.map((key) => ({ key, label: say(`words.verdict.${key}`), count: controls.filter(({ verdict }) => verdict === key).length }));
      return {
        id: `framework-${at + 1}`,
        name: oneLine(name),
        total: controls.length,
        totals,
        counts: say('frameworks.looks', { count: controls.length, counts: countsOf(totals, say) }),
        filter: new URLSearchParams({ framework: oneLine(name) }).toString(),
        rows: controls.map((control) => controlRow(control, known, format)).sort((a, b) => natural.compare(a.id, b.id)),
      };
    });
  return { verdicts: used.map((key) => ({ key, label: say(`words.verdict.${key}`) })), list };
}

function countsOf(totals: FrameworkView['totals'], say: Format['say']): string {
  return totals.flatMap(({ key, count }) => (count > 0 ? `${count} ${say(`words.verdictCount.${key}`)}` : [])).join(', ');
}

function controlRow({ id, verdict, checks }: ControlResult, known: ReadonlyMap<string, Judged>, format: Format): ControlRow {
  return {
    id: oneLine(id),
    verdict,
    label: format.say(`words.verdict.${verdict}`),
    checks: checks.flatMap((check) => {
      const judged = known.get(check);
      if (!judged) return [];
      const settled = judged.result.verdict === 'pass' || judged.result.verdict === 'fail';
      return [{ id: check, lang: foreign(judged.lang, format), title: settled ? titleOf(judged) : `${titleOf(judged)}?`, verdict: judged.result.verdict }];
    }),
  };
}
