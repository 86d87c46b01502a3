import { describe, expect, it } from 'vitest';
import { requiresMfa } from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies, type Policy } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { judgeRoles, type RoleQuestion } from '../../src/datasets/role-coverage.ts';
import { exchangeAdmin, globalAdmin, policy, user } from './identity-rows.ts';

const kept = [user('anna'), user('em')].reduce((all, row) => users.keep.add(all, users.row.parse(row)), users.keep.start());

function question(state: string, excluded: string[]): RoleQuestion {
  const roles = new Map([globalAdmin, exchangeAdmin].map((role) => [role, new Set(['anna', 'em'])]));
  return {
    policies: [conditionalAccessPolicies.row.parse(policy({ state, users: { excludeUsers: excluded } })) as Policy],
    demand: { met: requiresMfa, clientApps: ['browser'] },
    directory: { users: kept, groups: new Map(), roles },
    holders: roles,
    emergency: { isEmergency: ({ id }) => id === 'em', derived: false, candidates: [] },
    unheld: false,
    what: 'a second factor',
  };
}

describe('judgeRoles', () => {
  it('names an account once, however many roles it holds', () => {
    expect(judgeRoles(question('enabled', ['em']))).toEqual({ examined: 2, findings: [], because: 'Tolerated as emergency accounts: em@contoso.com.' });
    expect(judgeRoles(question('enabled', ['anna', 'em'])).findings[0]?.facts).toEqual({ holders: 1, emergencyAccounts: 'em@contoso.com' });
  });
});
