import type { ControlResult, RunRecord } from '../model/run-record.ts';
import { type Origin, observationUuid, riskUuid } from './oscal-observations.ts';
import { markup, plainLine, prop, token } from './oscal-text.ts';
import { uuidOf } from './stable-ids.ts';
import type { Judged } from './view-judged.ts';

/** A control by framework and id, since two frameworks may use one id. */
function controlId({ framework, id }: ControlResult): string {
  return token(`${framework}_${id}`);
}

function isJudged({ verdict }: ControlResult): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

/** What was judged counts as reviewed. A control that could not be judged is excluded, not called unsatisfied. */
export function reviewedControls({ controls }: RunRecord) {
  const frameworks = [...new Set(controls.map(({ framework }) => framework))].sort();
  const selections = frameworks.map((framework) =>
    selection(
      framework,
      controls.filter((control) => control.framework === framework),
    ),
  );
  const remarks = 'Excluded are controls that no check could judge: not licensed, not applicable, to be looked at by hand, or not readable.';
  if (selections.length > 0) return { 'control-selections': selections, remarks };
  return { 'control-selections': [{ description: 'No check of this run belongs to a control of a framework.', 'include-all': {} }] };
}

function selection(framework: string, controls: readonly ControlResult[]) {
  const select = (wanted: boolean) => controls.filter((control) => isJudged(control) === wanted).map((control) => ({ 'control-id': controlId(control) }));
  const [included, excluded] = [select(true), select(false)];
  const about = { description: markup(framework), props: [prop('framework', framework)] };
  return {
    ...about,
    ...(included.length > 0 ? { 'include-controls': included } : { 'include-all': {} }),
    ...(excluded.length > 0 ? { 'exclude-controls': excluded } : {}),
  };
}

/** One finding per control that was judged, satisfied or not. */
export function oscalControls(run: RunRecord, judged: readonly Judged[], origin: Origin) {
  const failed = new Set(judged.filter(({ result }) => result.verdict === 'fail').map(({ meta }) => meta.id));
  const known = new Set(judged.map(({ meta }) => meta.id));
  return run.controls.filter(isJudged).map((control) => {
    const { framework, id, verdict } = control;
    const checks = control.checks.filter((check) => known.has(check));
    const risks = checks.filter((check) => failed.has(check));
    return {
      uuid: uuidOf('control', run.tenant.id, run.startedAt, framework, id),
      title: markup(`${framework} ${id}`),
      description: markup(verdict === 'pass' ? 'Every check of this control passed.' : 'At least one check of this control failed.'),
      props: [prop('framework', framework), prop('control', plainLine(id))],
      origins: [origin],
      target: {
        type: 'objective-id',
        'target-id': controlId(control),
        status: verdict === 'pass' ? { state: 'satisfied', reason: 'pass' } : { state: 'not-satisfied', reason: 'fail' },
      },
      ...(checks.length > 0 ? { 'related-observations': checks.map((check) => ({ 'observation-uuid': observationUuid(run, check) })) } : {}),
      ...(risks.length > 0 ? { 'related-risks': risks.map((check) => ({ 'risk-uuid': riskUuid(run, check) })) } : {}),
    };
  });
}
