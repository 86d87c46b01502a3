import { expect } from 'vitest';
import check from '../../../checks/retirements/aad-graph-sign-ins.ts';
import { microsoftTenant, otherTenant, servicePrincipal, services } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const signIn = (change: Record<string, unknown> = {}) => ({
  createdDateTime: '2026-08-10T08:00:00Z',
  appId: 'app1-app',
  appDisplayName: 'Backup',
  appOwnerTenantId: otherTenant,
  servicePrincipalName: null,
  status: { errorCode: 0 },
  ...change,
});
const registration = { id: 'reg1', appId: 'own-app', addIns: [], displayName: 'Job', keyCredentials: [], passwordCredentials: [], requiredResourceAccess: [] };
const given = (azureAdGraphSignIns: readonly unknown[]) => ({
  azureAdGraphSignIns,
  applications: [registration],
  servicePrincipals: [...services, servicePrincipal(), servicePrincipal({ id: 'sp-own', appId: 'own-app', displayName: 'Job' })],
});

checkTable(check, [
  { it: 'passes without sign-ins', evidence: given([]), expect: { pass: 0 } },
  {
    it: 'fails with an outside app by its enterprise app and an own one by its registration',
    evidence: given([signIn(), signIn(), signIn({ appId: 'own-app' })]),
    expect: { fail: ['app1', 'reg1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('Backup Tool signed in to Azure AD Graph 2 times in 30 days, last on 2026-08-10.'),
  },
  {
    it: 'names an app that is gone by what the log says',
    evidence: given([signIn({ appId: 'gone', servicePrincipalName: 'Gone tool' })]),
    expect: { fail: ['gone'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { type: 'servicePrincipal', name: 'Gone tool' } }] }),
  },
  { it: 'passes over Microsoft’s apps by the log', evidence: given([signIn({ appOwnerTenantId: microsoftTenant })]), expect: { pass: 0 } },
  {
    it: 'passes over Microsoft’s apps by the directory where the log names no owner',
    evidence: given([signIn({ appOwnerTenantId: null, appId: '00000003-0000-0000-c000-000000000000' })]),
    expect: { pass: 0 },
  },
  { it: 'passes over refused sign-ins', evidence: given([signIn({ status: { errorCode: 7000215 } })]), expect: { pass: 0 } },
  { it: 'is unknown when the outcome is not told', evidence: given([signIn({ status: null })]), expect: 'unknown' },
]);
