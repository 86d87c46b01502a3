import { expect } from 'vitest';
import check from '../../../checks/retirements/wsus-still-configured.ts';
import { catalogPolicy } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const of = (settings: Record<string, string | number>, change: Record<string, unknown> = {}) => ({ configurationPolicies: [catalogPolicy(settings, change)] });
const quality = 'setpolicydrivenupdatesourceforqualityupdates';
const address = { updateserviceurl: 'http://wsus.contoso.com:8530' };

checkTable(check, [
  { it: 'passes without policies', evidence: { configurationPolicies: [] }, expect: { pass: 0 } },
  { it: 'passes with a policy about other things', evidence: of({ deferqualityupdatesperiodindays: 3 }), expect: { pass: 1 } },
  {
    it: 'fails where WSUS is the source',
    evidence: of({ [quality]: '_1', setpolicydrivenupdatesourcefordriverupdates: '_1' }),
    expect: { fail: ['c1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'The policy has quality updates and drivers come from WSUS.' }] }),
  },
  { it: 'passes where Windows Update is', evidence: of({ [quality]: '_0' }), expect: { pass: 1 } },
  { it: 'fails an address alone', evidence: of(address), expect: { fail: ['c1'] } },
  { it: 'passes an address beside another source', evidence: of({ ...address, [quality]: '_0' }), expect: { pass: 1 } },
  { it: 'passes the default that is no address', evidence: of({ updateserviceurl: 'CorpWSUS' }), expect: { pass: 1 } },
  { it: 'passes a policy for nobody', evidence: of(address, { assignments: [] }), expect: { pass: 0 } },
]);
