import check from '../../../checks/retirements/onmicrosoft-sender-addresses.ts';
import { checkTable } from '../../support/check-table.ts';

const user = (change: Record<string, unknown> = {}) => ({
  id: 'u1',
  userPrincipalName: 'info@contoso.com',
  mail: 'info@contoso.onmicrosoft.com',
  accountEnabled: true,
  userType: 'Member',
  ...change,
});

checkTable(check, [
  { it: 'passes when nobody has such an address', evidence: { onmicrosoftMailUsers: [] }, expect: { pass: 0 } },
  { it: 'fails with a mailbox that sends from it', evidence: { onmicrosoftMailUsers: [user()] }, expect: { fail: ['u1'] } },
  {
    it: 'fails with a shared mailbox, whose account is disabled',
    evidence: { onmicrosoftMailUsers: [user({ accountEnabled: false })] },
    expect: { fail: ['u1'] },
  },
  { it: 'passes over guests', evidence: { onmicrosoftMailUsers: [user({ userType: 'Guest' })] }, expect: { pass: 0 } },
  {
    it: 'passes over mailboxes of Exchange itself',
    evidence: { onmicrosoftMailUsers: [user({ userPrincipalName: 'DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB852}@contoso.onmicrosoft.com' })] },
    expect: { pass: 0 },
  },
  { it: 'is unknown when the type is not told', evidence: { onmicrosoftMailUsers: [user({ userType: null })] }, expect: 'unknown' },
  {
    it: 'fails beside one whose type is not told',
    evidence: { onmicrosoftMailUsers: [user(), user({ id: 'u2', userType: null, accountEnabled: null })] },
    expect: { fail: ['u1'] },
  },
  {
    it: 'passes over members of another organization, whose mail lies there',
    evidence: { onmicrosoftMailUsers: [user({ userPrincipalName: 'kim_fabrikam.com#EXT#@contoso.onmicrosoft.com', mail: 'kim@fabrikam.onmicrosoft.com' })] },
    expect: { pass: 0 },
  },
]);
