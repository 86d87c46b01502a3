import type { RunRecord } from '../../model/run-record.ts';
import { oscalControls, reviewedControls } from '../oscal-controls.ts';
import { inventoryOf, observationsOf, risksOf } from '../oscal-observations.ts';
import { markup, plainLine, prop, ref } from '../oscal-text.ts';
import type { Renderer } from '../renderer.ts';
import { uuidOf } from '../stable-ids.ts';
import { judgedOf } from '../view-judged.ts';

/** Assessment results of OSCAL 1.2 (NIST) for governance tools: controls, what was observed, and the risks that follow. */
export default {
  format: 'oscal',
  mediaType: 'application/json',
  extension: '.json',
  fileName: 'oscal-assessment-results.json',
  onRequest: true,
  render: (run) => `${JSON.stringify({ 'assessment-results': resultsOf(run) })}\n`,
} satisfies Renderer;

function resultsOf(run: RunRecord) {
  const { tenant, tool, startedAt, finishedAt } = run;
  const title = `Microsoft 365 hygiene of ${plainLine(tenant.name || tenant.domain || tenant.id)}`;
  const plan = uuidOf('plan', tool.name);
  return {
    uuid: uuidOf('results', tenant.id, startedAt),
    metadata: {
      title: markup(title),
      'last-modified': finishedAt,
      version: startedAt,
      'oscal-version': '1.2.1',
      parties: [{ uuid: uuidOf('tenant', tenant.id), type: 'organization', name: plainLine(tenant.name || tenant.id), props: [prop('tenant-id', tenant.id)] }],
    },
    'import-ap': { href: `#${plan}`, remarks: 'There is no plan of its own: the program reads and judges what its catalogue of checks says.' },
    results: [resultOf(run, title)],
    'back-matter': {
      resources: [
        {
          uuid: plan,
          title: 'What was assessed',
          description: `The catalogue of checks of ${tool.name} ${tool.version}; "tidytenant plan" prints what it reads.`,
        },
      ],
    },
  };
}

function resultOf(run: RunRecord, title: string) {
  const judged = judgedOf(run);
  const origin = originOf(run);
  const inventory = inventoryOf(run, judged);
  const observations = observationsOf(run, judged, origin);
  const risks = risksOf(run, judged, origin);
  const findings = oscalControls(run, judged, origin);
  const unread = run.datasets.filter(({ ok }) => !ok).length;
  return {
    uuid: uuidOf('result', run.tenant.id, run.startedAt),
    title: markup(title),
    description: markup(`${judged.length} checks over ${run.datasets.length} lists of the tenant, of which ${unread} could not be read.`),
    start: run.startedAt,
    end: run.finishedAt,
    props: [
      prop('advisories-as-of', run.advisoriesAsOf),
      ...(run.score.value === null ? [] : [prop('score', String(run.score.value))]),
      ...(run.score.coverage === null ? [] : [prop('coverage', String(run.score.coverage))]),
    ],
    'local-definitions': { ...inventory, 'assessment-assets': assetsOf(run) },
    'reviewed-controls': reviewedControls(run),
    ...(observations.length > 0 ? { observations } : {}),
    ...(risks.length > 0 ? { risks } : {}),
    ...(findings.length > 0 ? { findings } : {}),
  };
}

function originOf({ tool }: RunRecord) {
  return { actors: [{ type: 'tool', 'actor-uuid': uuidOf('tool', tool.name, tool.version) }] };
}

function assetsOf({ tool }: RunRecord) {
  const uuid = uuidOf('tool', tool.name, tool.version);
  const software = {
    uuid,
    type: 'software',
    title: markup(tool.name),
    description: 'Reads the tenant over Microsoft Graph and judges it.',
    props: [ref('version', tool.version)],
    status: { state: 'operational' },
  };
  const platform = {
    uuid: uuidOf('platform', tool.name, tool.version),
    title: markup(`${tool.name} ${tool.version}`),
    'uses-components': [{ 'component-uuid': uuid }],
  };
  return { components: [software], 'assessment-platforms': [platform] };
}
