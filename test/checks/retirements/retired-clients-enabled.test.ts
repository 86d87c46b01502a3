import check from '../../../checks/retirements/retired-clients-enabled.ts';
import { servicePrincipal, services } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const powerShell = (change: Record<string, unknown> = {}) =>
  servicePrincipal({ id: 'p1', appId: '1b730954-1685-4b74-9bfd-dac224a7b894', displayName: 'Azure Active Directory PowerShell', ...change });
const intune = servicePrincipal({ id: 'p2', appId: 'D1DDF0E4-D672-4DAE-B554-9D5BDFD93547', displayName: 'Microsoft Intune PowerShell' });

checkTable(check, [
  { it: 'passes where none is there', evidence: { servicePrincipals: services }, expect: { pass: 0 } },
  { it: 'passes where it is switched off', evidence: { servicePrincipals: [powerShell({ accountEnabled: false })] }, expect: { pass: 1 } },
  { it: 'fails where they are on', evidence: { servicePrincipals: [...services, powerShell(), intune] }, expect: { fail: ['p1', 'p2'] } },
  { it: 'is unknown where Graph does not tell', evidence: { servicePrincipals: [powerShell({ accountEnabled: null })] }, expect: 'unknown' },
  { it: 'fails in spite of one that is not told', evidence: { servicePrincipals: [powerShell({ accountEnabled: null }), intune] }, expect: { fail: ['p2'] } },
]);
