import type { RunRecord } from '../../model/run-record.ts';
import { areas } from '../../model/verdict.ts';
import { oneLine } from '../clean.ts';
import { english } from '../english.ts';
import type { Renderer } from '../renderer.ts';
import { isAccepted, type Judged, judgedOf } from '../view-judged.ts';

/** The run as test results for pipelines: a suite per area, a case per check. */
export default {
  format: 'junit',
  mediaType: 'application/xml; charset=utf-8',
  extension: '.xml',
  fileName: 'junit.xml',
  onRequest: true,
  render: (run) => `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: run.tool.name, ...totals(judgedOf(run)) }, suites(run))}\n`,
} satisfies Renderer;

/** Lines that one case lists: pipelines show them in a page. */
const listed = 1_000;

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

/** A risk that was accepted as a whole breaks no pipeline, as it sets no exit code either. */
function outcomeOf({ result: { verdict }, acceptance }: Judged): Outcome {
  if (verdict === 'pass') return 'passed';
  if (verdict === 'error') return 'error';
  return verdict === 'fail' && acceptance !== 'whole' ? 'failure' : 'skipped';
}

function totals(judged: readonly Judged[]): Record<string, string> {
  const outcomes = judged.map(outcomeOf);
  const count = (wanted: Outcome) => String(outcomes.filter((outcome) => outcome === wanted).length);
  return { tests: String(judged.length), failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function suites(run: RunRecord): string[] {
  const judged = judgedOf(run);
  return areas.flatMap((area) => {
    const inside = judged.filter(({ meta }) => meta.area === area);
    return inside.length > 0 ? [suite(run, english.say(`words.area.${area}`), inside)] : [];
  });
}

function suite({ tenant, startedAt, tool }: RunRecord, name: string, judged: readonly Judged[]): string {
  const about = { tenant: tenant.id, tenantName: tenant.name, domain: tenant.domain, tool: `${tool.name} ${tool.version}` };
  const properties = Object.entries(about).map(([key, value]) => element('property', { name: key, value }));
  const attributes = { name, hostname: tenant.domain || tenant.id, timestamp: startedAt.slice(0, 19), time: '0', ...totals(judged) };
  return element('testsuite', attributes, [element('properties', {}, properties), ...judged.map(testcase)]);
}

function testcase(judged: Judged): string {
  const { meta } = judged;
  const attributes = { name: `${meta.id}: ${meta.title}`, classname: `${meta.area}.${meta.id}`, time: '0' };
  const outcome = outcomeOf(judged);
  if (outcome === 'passed') return element('testcase', attributes);
  if (outcome === 'skipped') return element('testcase', attributes, [element('skipped', { message: skippedBecause(judged) })]);
  const { message, type, lines } = outcome === 'failure' ? failureOf(judged) : errorOf(judged);
  return element('testcase', attributes, [element(outcome, { message, type }, [lines.map(escaped).join('\n')])]);
}

function failureOf(judged: Judged): { message: string; type: string; lines: string[] } {
  const { meta, findings } = judged;
  const open = findings.filter(({ subject }) => !isAccepted(judged, subject.id));
  const subjects = open.slice(0, listed).map(({ subject, message }) => `${subject.type} ${subject.id} ${subject.name}: ${message}`);
  const left = open.length - subjects.length;
  const accepted = findings.length - open.length;
  const more = [...(left > 0 ? [`… and ${left} more, all in findings.csv.`] : []), ...(accepted > 0 ? [`${accepted} accepted.`] : [])];
  return {
    message: `${meta.failTitle} (${open.length})`,
    type: meta.severity,
    lines: [...subjects, ...more, '', meta.why, ...meta.remediation.steps.map((step, at) => `${at + 1}. ${step}`)],
  };
}

function errorOf({ result: { cause } }: Judged): { message: string; type: string; lines: string[] } {
  const detail = cause?.detail ?? 'It could not be judged.';
  return { message: detail, type: cause?.reason ?? 'error', lines: [detail, ...(cause?.fix ? [cause.fix] : [])] };
}

function skippedBecause({ result: { verdict, because, cause, steps = [], accepted } }: Judged): string {
  if (verdict === 'fail') return `Accepted until ${accepted?.until ?? ''} by ${accepted?.approvedBy ?? ''}: ${accepted?.reason ?? ''}`;
  if (verdict === 'manual') return `To be looked at by hand: ${steps.join(' ')}`;
  return because ?? cause?.detail ?? (verdict === 'notLicensed' ? 'Not licensed.' : 'Does not apply.');
}

function element(name: string, attributes: Readonly<Record<string, string>>, children: readonly string[] = []): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(' ');
  return children.length === 0 ? `<${start}/>` : `<${start}>${children.join('\n')}</${name}>`;
}

/** `oneLine` leaves nothing that XML 1.0 cannot hold. */
function escaped(text: string): string {
  return oneLine(text).replace(/[<>&"']/g, (sign) => entities[sign] ?? '');
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };
