import check from '../../../checks/retirements/admins-not-ready-for-portals.ts';
import { guest, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const told = (id: string, isAdmin: boolean | null, isMfaCapable: boolean | null) => ({ id, isAdmin, isMfaCapable, methodsRegistered: [] });
const given = (userRegistrationDetails: readonly unknown[], users: readonly unknown[] = [user('anna'), user('ben')]) => ({ users, userRegistrationDetails });

checkTable(check, [
  { it: 'passes when administrators are ready', evidence: given([told('anna', true, true), told('ben', false, false)]), expect: { pass: 1 } },
  {
    it: 'fails with an administrator without a second factor',
    evidence: given([told('anna', true, false), told('ben', true, true)]),
    expect: { fail: ['anna'] },
  },
  {
    it: 'leaves disabled accounts, guests and the synchronisation alone',
    evidence: given(
      [told('anna', true, true), told('off', true, false), told('gus', true, false), told('sync', true, false)],
      [
        user('anna'),
        user('off', { accountEnabled: false }),
        guest('gus'),
        user('sync', { userPrincipalName: 'Sync_DC1_1@contoso.onmicrosoft.com', displayName: 'On-Premises Directory Synchronization Service Account' }),
      ],
    ),
    expect: { pass: 1 },
  },
  { it: 'is unknown when the report does not tell who administers', evidence: given([told('anna', true, true), told('ben', null, false)]), expect: 'unknown' },
  { it: 'is unknown when it does not tell about an administrator', evidence: given([told('anna', true, null)]), expect: 'unknown' },
  { it: 'is unknown when it names no administrator', evidence: given([told('anna', false, true)]), expect: 'unknown' },
  {
    it: 'is unknown when nobody says whether the account is enabled',
    evidence: given([told('anna', true, false)], [user('anna', { accountEnabled: null })]),
    expect: 'unknown',
  },
  { it: 'fails beside an account of which little is known', evidence: given([told('anna', true, false), told('ben', null, null)]), expect: { fail: ['anna'] } },
  {
    it: 'is unknown when the report leaves out too many people',
    evidence: given([told('anna', true, true)]),
    expect: 'unknown',
  },
  {
    it: 'passes when the report leaves out one in fifty',
    evidence: given(
      Array.from({ length: 49 }, (_, at) => told(`u${at}`, true, true)),
      Array.from({ length: 50 }, (_, at) => user(`u${at}`)),
    ),
    expect: { pass: 49 },
  },
]);
