import { expect, it } from 'vitest';
import { recommendations } from '../../src/datasets/graph/recommendations.ts';

const kept = (id: string, recommendationType?: string | null) => {
  const row = { id, displayName: 'R', status: 'active', ...(recommendationType === undefined ? {} : { recommendationType }) };
  return recommendations.keep.add(recommendations.keep.start(), row)[0]?.recommendationType;
};

it('takes the type that the service names', () => {
  expect(kept('t1_Microsoft.Identity.IAM.Insights.StaleApps', 'tenantMFA')).toBe('tenantMFA');
});

it.each([
  ['t1_Microsoft.Identity.IAM.Insights.AdalToMsalMigration', 'unknownFutureValue', 'adalToMsalMigration'],
  ['t1_Microsoft.Identity.IAM.Insights.MFAServerDeprecation', null, 'mfaServerDeprecation'],
  ['t1_Microsoft.Identity.IAM.Insights.TurnOffPerUserMFA', undefined, 'turnOffPerUserMFA'],
  ['t1_AADConnectDeprecated', null, 'aadConnectDeprecated'],
  ['0cb31920-84b9-471f-a6fb-468c1a847088', null, null],
  ['r1', 'unknownFutureValue', null],
])('reads %s of type %s as %s', (id, type, expected) => {
  expect(kept(id, type)).toBe(expected);
});
