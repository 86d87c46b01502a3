import check from '../../../checks/retirements/tenant-is-b2c.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = (tenantType: string | null) => ({ organization: [{ id: 't1', displayName: 'Contoso', verifiedDomains: [], tenantType }] });

checkTable(check, [
  { it: 'passes for a tenant of employees', evidence: tenant('AAD'), expect: { pass: 1 } },
  { it: 'passes for an external tenant', evidence: tenant('CIAM'), expect: { pass: 1 } },
  { it: 'fails for a B2C directory', evidence: tenant('AAD B2C'), expect: { fail: ['t1'] } },
  { it: 'is unknown when the kind is not told', evidence: tenant(null), expect: 'unknown' },
  { it: 'is unknown without an organization', evidence: { organization: [] }, expect: 'unknown' },
  { it: 'is unknown for a kind nobody knows', evidence: tenant('AAD X'), expect: 'unknown' },
]);
