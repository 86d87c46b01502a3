import check from '../../../checks/apps/admin-consent-workflow-off.ts';
import { checkTable } from '../../support/check-table.ts';

function policy(change: Record<string, unknown> = {}) {
  const reviewers = [{ query: '/v1.0/users/u1', queryType: 'MicrosoftGraph' }];
  return { adminConsentRequestPolicy: [{ isEnabled: true, notifyReviewers: true, remindersEnabled: true, requestDurationInDays: 14, reviewers, ...change }] };
}

const id = 'adminConsentRequestPolicy';

checkTable(check, [
  { it: 'passes when on with a reviewer', evidence: policy(), expect: { pass: 1 } },
  { it: 'fails when off', evidence: policy({ isEnabled: false }), expect: { fail: [id] } },
  { it: 'fails without a reviewer', evidence: policy({ reviewers: [] }), expect: { fail: [id] } },
  { it: 'fails when off, whatever the reviewers', evidence: policy({ isEnabled: false, reviewers: null }), expect: { fail: [id] } },
  { it: 'is unknown when Graph does not say whether it is on', evidence: policy({ isEnabled: null }), expect: 'unknown' },
  { it: 'is unknown when Graph does not say who reviews', evidence: policy({ reviewers: null }), expect: 'unknown' },
  { it: 'is unknown without a policy', evidence: { adminConsentRequestPolicy: [] }, expect: 'unknown' },
]);
