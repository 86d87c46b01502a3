import check from '../../../checks/retirements/exchange-hybrid-shared-principal.ts';
import { certificate, exchangeAppId, exchangeId, password, servicePrincipal } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const exchange = (change: Record<string, unknown> = {}) => ({ servicePrincipals: [servicePrincipal({ id: exchangeId, appId: exchangeAppId, ...change })] });

checkTable(check, [
  { it: 'passes without a login', evidence: exchange(), expect: { pass: 1 } },
  {
    it: 'fails with a certificate',
    evidence: exchange({ keyCredentials: [certificate('2026-01-01T00:00:00Z', '2031-01-01T00:00:00Z')] }),
    expect: { fail: [exchangeId] },
  },
  {
    it: 'fails with an expired certificate',
    evidence: exchange({ keyCredentials: [certificate('2019-01-01T00:00:00Z', '2024-01-01T00:00:00Z')] }),
    expect: { fail: [exchangeId] },
  },
  { it: 'leaves a password to the check on Microsoft’s apps', evidence: exchange({ passwordCredentials: [password(null, null)] }), expect: { pass: 1 } },
  { it: 'does not apply without Exchange Online', evidence: { servicePrincipals: [servicePrincipal()] }, expect: 'notApplicable' },
]);
