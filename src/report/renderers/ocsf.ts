import type { Finding } from '../../model/finding.ts';
import type { CheckMetadata, RunRecord } from '../../model/run-record.ts';
import type { Severity, Verdict } from '../../model/verdict.ts';
import { oneLine, shorten } from '../clean.ts';
import { english } from '../english.ts';
import type { Renderer } from '../renderer.ts';
import { uuidOf } from '../stable-ids.ts';
import { isAccepted, type Judged, judgedOf, titleOf } from '../view-judged.ts';

/** Compliance Finding events of OCSF 1.8.0 (class 2003) for data lakes and SIEMs: one JSON document per line and finding. */
export default {
  format: 'ocsf',
  mediaType: 'application/jsonl; charset=utf-8',
  extension: '.jsonl',
  fileName: 'findings.ocsf.jsonl',
  onRequest: true,
  render(run) {
    const frame = frameOf(run);
    const pieces: Uint8Array[] = [];
    for (const judged of judgedOf(run)) {
      for (const findings of batches(judged)) {
        pieces.push(Buffer.from(findings.map((finding) => `${JSON.stringify(eventOf(judged, run, frame, finding))}\n`).join('')));
      }
    }
    return Buffer.concat(pieces);
  },
} satisfies Renderer;

const classUid = 2003;
const severityIds: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  critical: [5, 'Critical'],
  high: [4, 'High'],
  medium: [3, 'Medium'],
  low: [2, 'Low'],
};

/** `Warning` is the standard's word for a check that gave no result because something to know was missing. */
const statuses: Readonly<Record<Verdict, readonly [id: number, caption: string]>> = {
  pass: [1, 'Pass'],
  fail: [3, 'Fail'],
  manual: [2, 'Warning'],
  error: [2, 'Warning'],
  notApplicable: [99, 'Not applicable'],
  notLicensed: [99, 'Not licensed'],
};

type Frame = ReturnType<typeof frameOf>;

/** What all events of a run share. */
function frameOf({ tool, tenant, startedAt }: RunRecord) {
  const name = oneLine(tenant.name);
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: 'Compliance Finding',
    time: Date.parse(startedAt),
    timezone_offset: 0,
    cloud: { provider: 'Microsoft 365', account: { uid: tenant.id, ...(name ? { name } : {}) } },
    metadata: {
      version: '1.8.0',
      product: { name: tool.name, vendor_name: tool.name, version: tool.version },
      profiles: ['cloud'],
      tenant_uid: tenant.id,
      log_name: 'tidytenant',
      original_time: startedAt,
      correlation_uid: uuidOf('run', tenant.id, startedAt),
    },
  };
}

/** A failed check gives an event per finding, any other check one event about the tenant. By the thousand: an event has two kilobytes. */
function* batches({ result, findings }: Judged): Generator<readonly (Finding | undefined)[]> {
  if (result.verdict !== 'fail') yield [undefined];
  else for (let at = 0; at < findings.length; at += 1_000) yield findings.slice(at, at + 1_000);
}

function eventOf(judged: Judged, run: RunRecord, frame: Frame, finding: Finding | undefined): object {
  const { tenant, startedAt } = run;
  const { meta, result } = judged;
  const uid = uuidOf('finding', tenant.id, meta.id, finding?.subject.id ?? '');
  const title = titleOf(judged);
  const [severityId, severity] = severityOf(judged);
  // In the history since an earlier day, the finding is not new.
  const known = result.since !== undefined && result.since.slice(0, 10) < startedAt.slice(0, 10);
  const activity = known ? 2 : 1;
  return {
    ...frame,
    activity_id: activity,
    activity_name: known ? 'Update' : 'Create',
    type_uid: classUid * 100 + activity,
    type_name: `Compliance Finding: ${known ? 'Update' : 'Create'}`,
    severity_id: severityId,
    severity,
    message: finding ? shorten(finding.message, 2_000) : `${title}: ${statuses[result.verdict][1].toLowerCase()}.`,
    metadata: { ...frame.metadata, uid: uuidOf('event', tenant.id, startedAt, uid) },
    ...lifecycleOf(judged, finding),
    finding_info: infoOf(judged, uid, frame.time),
    compliance: complianceOf(judged),
    ...(finding ? { remediation: remediationOf(meta) } : {}),
    resources: [finding ? resourceOf(finding) : { uid: tenant.id, name: oneLine(tenant.name) || tenant.id, type: 'organization' }],
    unmapped: { check: meta.id, verdict: result.verdict, area: meta.area, ...(result.owner === undefined ? {} : { owner: result.owner }) },
  };
}

/** What is in order is informational; how grave it is that something could not be judged, nobody knows. */
function severityOf({ meta, result: { verdict } }: Judged): readonly [id: number, caption: string] {
  if (verdict === 'fail') return severityIds[meta.severity];
  return verdict === 'error' || verdict === 'manual' ? [0, 'Unknown'] : [1, 'Informational'];
}

/** Where a person stands with it; said of findings only. */
function lifecycleOf(judged: Judged, finding: Finding | undefined) {
  if (!finding) return {};
  const { accepted } = judged.result;
  if (!accepted || !isAccepted(judged, finding.subject.id)) return { status_id: 1, status: 'New' };
  return { status_id: 3, status: 'Suppressed', comment: shorten(`${accepted.reason} Accepted by ${accepted.approvedBy} until ${accepted.until}.`, 1_000) };
}

function infoOf(judged: Judged, uid: string, now: number) {
  const { meta, result } = judged;
  const since = result.since === undefined ? Number.NaN : Date.parse(result.since);
  return {
    uid,
    title: titleOf(judged),
    desc: meta.why,
    types: [english.say(`words.area.${meta.area}`)],
    data_sources: meta.needs,
    analytic: { uid: meta.id, name: meta.title, type_id: 1, type: 'Rule' },
    ...(Number.isNaN(since) ? {} : { first_seen_time: since }),
    last_seen_time: now,
  };
}

function complianceOf({ meta, result }: Judged) {
  const { verdict, because, cause, steps = [], examined } = result;
  const [statusId, status] = statuses[verdict];
  const controls = meta.controls.map(({ framework, id }) => `${framework} ${id}`);
  const details = [because, cause?.detail, cause?.fix, ...(verdict === 'manual' ? steps : []), examined === undefined ? undefined : `${examined} examined.`];
  const said = details.map((each) => oneLine(each ?? '')).filter(Boolean);
  return {
    control: controls[0] ?? meta.id,
    ...(controls.length > 0 ? { requirements: controls } : {}),
    standards: controls.length > 0 ? [...new Set(meta.controls.map(({ framework }) => framework))] : ['tidytenant'],
    desc: meta.title,
    status_id: statusId,
    status,
    status_code: verdict,
    ...(said.length > 0 ? { status_details: said } : {}),
  };
}

function remediationOf({ remediation, references }: CheckMetadata) {
  const steps = remediation.steps.map((step, at) => `${at + 1}. ${step}`).join(' ');
  return { desc: steps, references: references.map(({ url }) => url) };
}

function resourceOf({ subject, facts }: Finding) {
  const name = shorten(subject.name, 1_000);
  return { uid: subject.id, ...(name ? { name } : {}), type: subject.type, ...(facts && Object.keys(facts).length > 0 ? { data: facts } : {}) };
}
