import type { Finding } from '../model/finding.ts';
import type { RunRecord } from '../model/run-record.ts';
import { english } from './english.ts';
import { markup, plainLine, prop, ref } from './oscal-text.ts';
import { uuidOf } from './stable-ids.ts';
import { isAccepted, type Judged, titleOf, withVerdict } from './view-judged.ts';

export interface Origin {
  actors: { type: string; 'actor-uuid': string }[];
}

/** The same thing has the same id in every run, whichever checks name it. */
export function subjectUuid({ tenant }: RunRecord, { type, id }: Finding['subject']): string {
  return uuidOf('subject', tenant.id, type, id);
}

export function observationUuid({ tenant, startedAt }: RunRecord, check: string): string {
  return uuidOf('observation', tenant.id, startedAt, check);
}

/** A risk outlives the run that found it. */
export function riskUuid({ tenant }: RunRecord, check: string): string {
  return uuidOf('risk', tenant.id, check);
}

/** Everything a finding names, once. */
export function inventoryOf(run: RunRecord, judged: readonly Judged[]) {
  const items = new Map<string, object>();
  for (const { subject } of judged.flatMap(({ findings }) => findings)) {
    const uuid = subjectUuid(run, subject);
    if (!items.has(uuid))
      items.set(uuid, { uuid, description: markup(subject.name || subject.id), props: [prop('type', subject.type), prop('id', subject.id)] });
  }
  return items.size > 0 ? { 'inventory-items': [...items.values()] } : {};
}

/** One observation per check, whatever its verdict; the subjects of a failed one stand in it with what was found. */
export function observationsOf(run: RunRecord, judged: readonly Judged[], origin: Origin) {
  return judged.map((each) => {
    const { meta, result, findings } = each;
    return {
      uuid: observationUuid(run, meta.id),
      title: markup(titleOf(each)),
      description: markup(describe(each)),
      props: [prop('check', meta.id), prop('area', english.say(`words.area.${meta.area}`)), prop('verdict', result.verdict), prop('severity', meta.severity)],
      ...linksOf(meta),
      methods: [result.verdict === 'manual' ? 'EXAMINE' : 'TEST'],
      types: [result.verdict === 'fail' ? 'discovery' : 'control-objective'],
      origins: [origin],
      ...(findings.length > 0 ? { subjects: findings.map((finding) => subjectOf(run, each, finding)) } : {}),
      collected: run.startedAt,
    };
  });
}

function linksOf({ references }: Judged['meta']) {
  return references.length > 0 ? { links: references.map(({ url, label }) => ({ href: url, rel: 'reference', text: markup(label) })) } : {};
}

function describe({ meta, result: { verdict, examined, because, cause, steps = [] }, findings }: Judged): string {
  const counted = examined === undefined ? '' : `, ${examined} examined`;
  const said = [because, cause?.detail, cause?.fix, ...(verdict === 'manual' ? steps : [])].filter(Boolean);
  return [`${english.say(`words.verdict.${verdict}`)}${verdict === 'fail' ? `: ${findings.length} found` : ''}${counted}.`, meta.why, ...said].join(' ');
}

function subjectOf(run: RunRecord, judged: Judged, { subject, message, facts = {} }: Finding) {
  const values = Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
  return {
    'subject-uuid': subjectUuid(run, subject),
    type: 'inventory-item',
    title: markup(subject.name || subject.id),
    ...(isAccepted(judged, subject.id) ? { props: [prop('accepted-until', judged.result.accepted?.until ?? '')] } : {}),
    remarks: markup(values.length > 0 ? `${message} (${values.join('; ')})` : message),
  };
}

/** A failed check is a risk: open, or deviated from with approval where all of it was accepted. */
export function risksOf(run: RunRecord, judged: readonly Judged[], origin: Origin) {
  return withVerdict(judged, 'fail').map((each) => {
    const { meta, acceptance } = each;
    return {
      uuid: riskUuid(run, meta.id),
      title: markup(meta.failTitle),
      description: markup(meta.why),
      statement: markup(meta.why),
      props: [prop('check', meta.id), ...acceptedProps(each)],
      status: acceptance === 'whole' ? 'deviation-approved' : 'open',
      origins: [origin],
      characterizations: [{ origin, facets: [{ name: 'severity', system: 'http://csrc.nist.gov/ns/oscal', value: meta.severity }] }],
      remediations: [remediationOf(run, each)],
      'related-observations': [{ 'observation-uuid': observationUuid(run, meta.id) }],
    };
  });
}

function acceptedProps({ acceptance, result: { accepted } }: Judged) {
  if (!accepted || acceptance === 'none' || acceptance === 'expired') return [];
  const said = [prop('accepted-by', accepted.approvedBy), prop('accepted-until', accepted.until), prop('accepted-reason', accepted.reason)];
  return acceptance === 'whole' ? [ref('accepted', accepted.until), ...said] : said;
}

function remediationOf({ tenant }: RunRecord, { meta }: Judged) {
  const { steps, command, impact, rollback, effort } = meta.remediation;
  return {
    uuid: uuidOf('remediation', tenant.id, meta.id),
    lifecycle: 'recommendation',
    title: markup(meta.title),
    description: steps.map((step, at) => `${at + 1}. ${markup(step)}`).join('\n'),
    props: [prop('effort', effort), ...(command ? [prop('command', plainLine(command))] : [])],
    remarks: `What users will notice: ${markup(impact)}\n\nHow to undo it: ${markup(rollback)}`,
  };
}
