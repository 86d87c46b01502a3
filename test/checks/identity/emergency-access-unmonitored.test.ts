import { expect } from 'vitest';
import check from '../../../checks/identity/emergency-access-unmonitored.ts';
import type { Judgement } from '../../../src/kit/kit.ts';
import { defaultSettings } from '../../../src/model/settings.ts';
import { exchangeAdmin, grant, group, members, notLicensed, policy, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(policies: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('em1'), user('em2')],
    roleAssignments: [grant('anna', exchangeAdmin), grant('em1'), grant('em2')],
    roleGroupMembers: {},
    conditionalAccessPolicies: policies,
    conditionalAccessGroups: { chunk: [group('g1')] },
    policyGroupMembers: { g1: members('em1', 'em2') },
    ...change,
  };
}
const sparing = policy({ users: { excludeGroups: ['g1'] } });
const naming = (...emergencyAccounts: string[]) => ({ settings: { ...defaultSettings, emergencyAccounts } });
const firstStep = (step: string) => (judgement: Judgement) => expect(judgement.verdict === 'manual' && judgement.steps[0]).toBe(step);

checkTable(check, [
  {
    it: 'lists the accounts that every policy spares',
    evidence: evidence([sparing]),
    expect: 'manual',
    and: firstStep(
      'Emergency accounts found: em1@contoso.com (object id em1); em2@contoso.com (object id em2). They are not named in the configuration: confirm that they are yours, and name them there.',
    ),
  },
  {
    it: 'lists the accounts of the settings',
    evidence: evidence([policy()]),
    context: naming('em2'),
    expect: 'manual',
    and: firstStep('Emergency accounts found: em2@contoso.com (object id em2).'),
  },
  {
    it: 'says when they last signed in',
    evidence: evidence([sparing], {
      userSignIns: [{ id: 'em1', signInActivity: { lastSuccessfulSignInDateTime: '2026-08-01T10:00:00Z' } }, { id: 'em2' }],
    }),
    context: naming('em1', 'em2'),
    expect: 'manual',
    and: firstStep(
      'Emergency accounts found: em1@contoso.com (object id em1, last signed in on 2026-08-01); em2@contoso.com (object id em2, no sign-in is recorded).',
    ),
  },
  {
    it: 'says which account is disabled',
    evidence: evidence([sparing], { users: [user('em1', { accountEnabled: false })] }),
    context: naming('em1'),
    expect: 'manual',
    and: firstStep('Emergency accounts found: em1@contoso.com (object id em1, disabled).'),
  },
  {
    it: 'says when the settings name accounts that do not exist',
    evidence: evidence([sparing]),
    context: naming('old@contoso.com'),
    expect: 'manual',
    and: firstStep('The configuration names old@contoso.com as emergency accounts, but no such account exists: correct the names.'),
  },
  {
    it: 'says when none is found',
    evidence: evidence([policy()]),
    expect: 'manual',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('No emergency account was found'),
  },
  {
    it: 'says when more than two could be meant',
    evidence: evidence([policy({ users: { excludeGroups: ['g1'], excludeUsers: ['anna'] } })], {
      roleAssignments: ['anna', 'em1', 'em2'].map((who) => grant(who)),
    }),
    expect: 'manual',
    and: firstStep(
      'Which accounts are for emergencies is not clear. Every policy spares more than two Global Administrators. They are anna@contoso.com, em1@contoso.com and em2@contoso.com. Name the emergency accounts in the configuration.',
    ),
  },
  {
    it: 'finds none without a plan for policies',
    evidence: evidence([], { conditionalAccessPolicies: notLicensed, conditionalAccessGroups: notLicensed, policyGroupMembers: notLicensed }),
    expect: 'manual',
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('No emergency account was found'),
  },
  {
    it: 'copes with an empty tenant',
    evidence: evidence([], { users: [], roleAssignments: [] }),
    expect: 'manual',
  },
]);
