import { expect } from 'vitest';
import check from '../../../checks/retirements/retired-libraries-in-apps.ts';
import { checkTable } from '../../support/check-table.ts';

const impacted = (subjectId: string, status = 'active') => ({ subjectId, displayName: `name of ${subjectId}`, resourceType: 'app', status });
const recommendation = (recommendationType: string | null, change: Record<string, unknown> = {}) => ({
  id: `r-${recommendationType}`,
  displayName: 'Move away',
  recommendationType,
  status: 'active',
  impactedResources: [impacted('a1')],
  ...change,
});

checkTable(check, [
  { it: 'passes without recommendations', evidence: { recommendations: [] }, expect: { pass: 0 } },
  { it: 'passes over other recommendations', evidence: { recommendations: [recommendation('staleApps'), recommendation(null)] }, expect: { pass: 0 } },
  {
    it: 'fails with what Entra names and says which retirement it is about',
    evidence: { recommendations: [recommendation('adalToMsalMigration'), recommendation('switchFromPerUserMFA', { impactedResources: [impacted('u1')] })] },
    expect: { fail: ['a1', 'u1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'entra-adal' } }, { facts: { retirements: 'entra-per-user-mfa' } }] }),
  },
  {
    it: 'fails with the recommendation where it names nobody',
    evidence: { recommendations: [recommendation('mfaServerDeprecation', { impactedResources: [] })] },
    expect: { fail: ['r-mfaServerDeprecation'] },
  },
  {
    it: 'passes over what is done, dismissed or postponed',
    evidence: {
      recommendations: ['completedBySystem', 'dismissed', 'postponed'].map((status) => recommendation('adalToMsalMigration', { id: status, status })),
    },
    expect: { pass: 3 },
  },
  {
    it: 'leaves out what is done within an open one',
    evidence: {
      recommendations: [
        recommendation('adalToMsalMigration', { status: 'needsMoreAction', impactedResources: [impacted('a1', 'completedByUser'), impacted('a2')] }),
      ],
    },
    expect: { fail: ['a2'] },
  },
  {
    it: 'is unknown with a state nobody knows',
    evidence: { recommendations: [recommendation('adalToMsalMigration', { status: 'someday' })] },
    expect: 'unknown',
  },
  {
    it: 'fails with an open recommendation when what it names has a state nobody knows',
    evidence: { recommendations: [recommendation('adalToMsalMigration', { impactedResources: [impacted('a1', 'unknownFutureValue')] })] },
    expect: { fail: ['r-adalToMsalMigration'] },
  },
  {
    it: 'fails beside a state nobody knows',
    evidence: { recommendations: [recommendation('adalToMsalMigration', { status: 'someday' }), recommendation('mfaServerDeprecation')] },
    expect: { fail: ['a1'] },
  },
  {
    it: 'passes over unknown states of other recommendations',
    evidence: { recommendations: [recommendation('staleApps', { status: 'someday' })] },
    expect: { pass: 0 },
  },
  {
    it: 'knows a recommendation by its id where the service does not name the type',
    evidence: {
      recommendations: ['unknownFutureValue', null].map((type, at) =>
        recommendation(type, { id: 't1_Microsoft.Identity.IAM.Insights.AdalToMsalMigration', impactedResources: [impacted(`a${at}`)] }),
      ),
    },
    expect: { fail: ['a0', 'a1'] },
  },
]);
