import check from '../../../checks/retirements/risk-rules-not-in-ca.ts';
import { policy } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const user = (change: Record<string, unknown> = {}) => policy({ id: 'p1', conditions: { userRiskLevels: ['high'] }, ...change });
const signIn = (change: Record<string, unknown> = {}) => policy({ id: 'p2', conditions: { signInRiskLevels: ['medium', 'high'] }, ...change });
const given = (...conditionalAccessPolicies: unknown[]) => ({ conditionalAccessPolicies });

checkTable(check, [
  { it: 'passes with a rule for each risk', evidence: given(user(), signIn()), expect: { pass: 2 } },
  {
    it: 'passes with one rule for both',
    evidence: given(policy({ conditions: { userRiskLevels: ['high'], signInRiskLevels: ['high'] } })),
    expect: { pass: 2 },
  },
  { it: 'fails without rules', evidence: given(), expect: { fail: ['userRiskPolicy', 'signInRiskPolicy'] } },
  { it: 'fails with a rule for users alone', evidence: given(user()), expect: { fail: ['signInRiskPolicy'] } },
  {
    it: 'fails when a rule is only reported',
    evidence: given(user({ state: 'enabledForReportingButNotEnforced' }), signIn()),
    expect: { fail: ['userRiskPolicy'] },
  },
  { it: 'fails when a rule is off', evidence: given(user(), signIn({ state: 'disabled' })), expect: { fail: ['signInRiskPolicy'] } },
  {
    it: 'takes null as not set',
    evidence: given(user(), policy({ id: 'p2', conditions: { signInRiskLevels: null, userRiskLevels: null } })),
    expect: { fail: ['signInRiskPolicy'] },
  },
  { it: 'is unknown with a state nobody knows', evidence: given(user({ state: 'paused' }), signIn()), expect: 'unknown' },
  {
    it: 'takes a rule for sign-ins without risk for none',
    evidence: given(user(), signIn({ conditions: { signInRiskLevels: ['none'] } })),
    expect: { fail: ['signInRiskPolicy'] },
  },
  {
    it: 'takes a rule for nobody for none',
    evidence: given(user({ users: { includeUsers: ['None'] } }), signIn()),
    expect: { fail: ['userRiskPolicy'] },
  },
  {
    it: 'takes a rule for guests alone for one',
    evidence: given(user({ users: { includeUsers: [], includeGuestsOrExternalUsers: { guestOrExternalUserTypes: 'internalGuest' } } }), signIn()),
    expect: { pass: 2 },
  },
  { it: 'is unknown with a level nobody knows', evidence: given(user({ conditions: { userRiskLevels: ['severe'] } }), signIn()), expect: 'unknown' },
  { it: 'passes beside a level nobody knows', evidence: given(user({ conditions: { userRiskLevels: ['severe', 'high'] } }), signIn()), expect: { pass: 2 } },
  {
    it: 'fails beside a level nobody knows',
    evidence: given(user({ conditions: { userRiskLevels: ['severe'] } })),
    expect: { fail: ['signInRiskPolicy'] },
  },
]);
