import check from '../../../checks/apps/apps-with-office-addins.ts';
import { application, microsoftTenant, servicePrincipal, tenantId } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const addIns = [{ id: '968a844f-7a47-430c-9163-07ae7c31d407', type: 'FileHandler' }];

checkTable(check, [
  { it: 'passes without add-ins', evidence: { applications: [application()], servicePrincipals: [servicePrincipal()] }, expect: { pass: 2 } },
  {
    it: 'fails with an add-in of an own registration',
    evidence: { applications: [application({ addIns })], servicePrincipals: [] },
    expect: { fail: ['reg1'] },
  },
  {
    it: 'fails with an add-in of an outside app',
    evidence: { applications: [], servicePrincipals: [servicePrincipal({ addIns })] },
    expect: { fail: ['app1'] },
  },
  {
    it: 'names an own app once',
    evidence: {
      applications: [application({ addIns })],
      servicePrincipals: [servicePrincipal({ appId: 'reg1-app', appOwnerOrganizationId: tenantId, addIns })],
    },
    expect: { fail: ['reg1'] },
  },
  {
    it: 'passes over Microsoft’s own apps',
    evidence: { applications: [], servicePrincipals: [servicePrincipal({ appOwnerOrganizationId: microsoftTenant, addIns })] },
    expect: { pass: 0 },
  },
  {
    it: 'fails for an app without an owner',
    evidence: { applications: [], servicePrincipals: [servicePrincipal({ appOwnerOrganizationId: null, addIns })] },
    expect: { fail: ['app1'] },
  },
]);
