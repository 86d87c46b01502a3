import { expect } from 'vitest';
import check from '../../../checks/updates/update-service-rings-held.ts';
import { ringPolicy, serviceApproval, serviceRing } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const policy = (ring: Record<string, unknown> = {}, ...approvals: unknown[]) => ({ updateRingPolicies: [ringPolicy([serviceRing(ring)], approvals)] });
const entry = (change: Record<string, unknown>) => ({
  catalogEntry: { displayName: '2026-08 security update', releaseDateTime: '2026-08-11T17:00:00Z', qualityUpdateClassification: 'security', ...change },
});
const suspended = (change: Record<string, unknown> = {}) => serviceApproval({ status: 'suspended', ...change });
const nobody = { includedGroupAssignment: { assignments: [] } };

checkTable(check, [
  { it: 'passes a ring that runs', evidence: policy({}, serviceApproval()), expect: { pass: 1 } },
  {
    it: 'fails a ring that is paused',
    evidence: policy({ isPaused: true }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ subject: { name: 'Broad' }, message: 'The ring of Security is paused.', facts: { paused: true, deferralDays: 5 } }],
      }),
  },
  { it: 'passes a ring that waits just as long as the deadline', evidence: policy({ deferralInDays: 14 }), expect: { pass: 1 } },
  {
    it: 'fails one that waits a day longer',
    evidence: policy({ deferralInDays: 15, displayName: null }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ subject: { name: 'r1' }, message: 'The ring of Security waits 15 days, and the deadline is 14.' }] }),
  },
  { it: 'leaves out a ring for nobody', evidence: policy({ isPaused: true, ...nobody }), expect: 'notApplicable' },
  {
    it: 'takes a ring whose assignment is not told for one of somebody',
    evidence: policy({ isPaused: true, includedGroupAssignment: null }),
    expect: { fail: ['r1'] },
  },
  {
    it: 'fails an update that somebody suspended',
    evidence: policy({}, suspended()),
    expect: { fail: ['a1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ subject: { type: 'policyApproval', name: '2026-08 security update' }, facts: { released: '2026-08-11' } }],
      }),
  },
  { it: 'fails one with fixes of all kinds', evidence: policy({}, suspended(entry({ qualityUpdateClassification: 'all' }))), expect: { fail: ['a1'] } },
  {
    it: 'calls a nameless one by its number',
    evidence: policy({}, suspended(entry({ displayName: null }))),
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { name: 'Update c1' } }] }),
  },
  { it: 'does not know a suspended update of which nothing is told', evidence: policy({}, suspended({ catalogEntry: null })), expect: 'unknown' },
  {
    it: 'does not know one whose kind is new',
    evidence: policy({}, suspended(entry({ qualityUpdateClassification: 'unknownFutureValue' }))),
    expect: 'unknown',
  },
  { it: 'does not know one without a kind', evidence: policy({}, suspended(entry({ qualityUpdateClassification: null }))), expect: 'unknown' },
  { it: 'passes over one that fixes no hole', evidence: policy({}, suspended(entry({ qualityUpdateClassification: 'nonSecurity' }))), expect: { pass: 1 } },
  { it: 'fails one of 62 days ago', evidence: policy({}, suspended(entry({ releaseDateTime: '2026-06-19T17:00:00Z' }))), expect: { fail: ['a1'] } },
  {
    it: 'passes over one that newer updates have replaced',
    evidence: policy({}, suspended(entry({ releaseDateTime: '2026-06-18T17:00:00Z' }))),
    expect: { pass: 1 },
  },
  {
    it: 'passes over what is suspended for nobody',
    evidence: { updateRingPolicies: [ringPolicy([serviceRing(nobody)], [suspended()]), ringPolicy([serviceRing({ id: 'r2' })], [], 'p2')] },
    expect: { pass: 1 },
  },
  { it: 'does not know a ring that does not tell whether it is paused', evidence: policy({ isPaused: null }), expect: 'unknown' },
  { it: 'does not know a ring that does not tell how long it waits', evidence: policy({ deferralInDays: null }), expect: 'unknown' },
  { it: 'does not know an approval in a state that is new', evidence: policy({}, serviceApproval({ status: 'expired' })), expect: 'unknown' },
  { it: 'fails what is certain although another is not', evidence: policy({ isPaused: true }, serviceApproval({ status: null })), expect: { fail: ['r1'] } },
  { it: 'does not apply without policies', evidence: { updateRingPolicies: [] }, expect: 'notApplicable' },
]);
