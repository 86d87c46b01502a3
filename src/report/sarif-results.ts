import type { Finding } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { shorten } from './clean.ts';
import { levels } from './sarif-rules.ts';
import { digestOf } from './stable-ids.ts';
import { isAccepted, type Judged } from './view-judged.ts';

const kinds: Readonly<Record<Verdict, 'pass' | 'fail' | 'review' | 'notApplicable' | 'open'>> = {
  pass: 'pass',
  fail: 'fail',
  manual: 'review',
  notApplicable: 'notApplicable',
  notLicensed: 'notApplicable',
  error: 'open',
};

/** One result per finding of a failed check, the first `share` of them; one result for every other check. */
export function resultsOf(judged: Judged, ruleIndex: number, share: number): object[] {
  if (judged.result.verdict === 'fail') return judged.findings.slice(0, share).map((finding) => failed(judged, finding, ruleIndex));
  return [other(judged, ruleIndex)];
}

function failed(judged: Judged, { subject, message, facts }: Finding, ruleIndex: number) {
  const { meta, result } = judged;
  const { id: ruleId, area, severity } = meta;
  return {
    ruleId,
    ruleIndex,
    kind: 'fail',
    level: levels[severity],
    message: plainMessage([message]),
    locations: [locationOf(subject)],
    ...fingerprints(ruleId, subject.id),
    suppressions: isAccepted(judged, subject.id) ? suppressions(judged) : [],
    properties: {
      verdict: 'fail',
      area,
      subject: { type: subject.type, id: subject.id, name: shorten(subject.name, 500) },
      ...(facts ? { facts } : {}),
      ...(result.owner === undefined ? {} : { owner: result.owner }),
      ...(result.since === undefined ? {} : { since: result.since }),
    },
  };
}

function other({ meta, result }: Judged, ruleIndex: number) {
  const { verdict, examined, because, steps = [], cause } = result;
  return {
    ruleId: meta.id,
    ruleIndex,
    kind: kinds[verdict],
    level: 'none',
    message: plainMessage([`${meta.title}: ${otherWords[verdict]}.`, because, cause?.detail, cause?.fix, ...steps]),
    locations: [locationOf({ type: 'check', id: meta.id, name: meta.id })],
    ...fingerprints(meta.id, ''),
    suppressions: [],
    properties: { verdict, area: meta.area, ...(examined === undefined ? {} : { examined }) },
  };
}

const otherWords: Readonly<Record<Verdict, string>> = {
  pass: 'in order',
  fail: 'to fix',
  manual: 'to be looked at by hand',
  notApplicable: 'does not apply',
  notLicensed: 'not licensed',
  error: 'could not be judged',
};

/**
 * A tenant has no files. The logical location is the truth; the path below it is made of type and id, because code scanning takes no
 * result without one.
 */
function locationOf({ type, id, name }: Finding['subject']) {
  const path = `${segment(type)}/${segment(id)}`;
  return {
    physicalLocation: { artifactLocation: { uri: path }, region: { startLine: 1 } },
    logicalLocations: [{ name: shorten(name, 500) || id, fullyQualifiedName: `${type}/${id}`, kind: 'resource' }],
  };
}

/** One segment of a relative address. Dots alone would climb, also when they are encoded. */
function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/^\.+$/, '_$&');
}

/** The same check and subject have the same prints in every run. Code scanning reads the first only. */
function fingerprints(check: string, subject: string) {
  const digest = digestOf(check, subject);
  return { partialFingerprints: { primaryLocationLineHash: `${digest.slice(0, 16)}:1`, 'checkAndSubject/v1': digest } };
}

function suppressions({ result: { accepted } }: Judged) {
  if (!accepted) return [];
  const { reason, approvedBy, until } = accepted;
  return [{ kind: 'external', status: 'accepted', justification: shorten(`${reason} Accepted by ${approvedBy} until ${until}.`, 1_000) }];
}

/**
 * Sentences as a plain message (3.11): a brace begins a placeholder and is written twice, and `](` would make a link of what a
 * name holds.
 */
export function plainMessage(sentences: readonly (string | undefined)[]): { text: string } {
  const text = shorten(sentences.filter(Boolean).join(' '), 1_000);
  return { text: text.replace(/[{}]/g, '$&$&').replace(/\](?=\()/g, '] ') || 'No message.' };
}
