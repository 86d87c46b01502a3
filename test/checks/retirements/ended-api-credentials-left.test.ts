import check from '../../../checks/retirements/ended-api-credentials-left.ts';
import {
  application,
  assignment,
  azureAdGraphAppId,
  azureAdGraphId,
  grant,
  graphAppId,
  graphId,
  resources,
  servicePrincipal,
  services,
} from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const asks = (...ids: string[]) => ids.map((resourceAppId) => ({ resourceAppId, resourceAccess: [{ id: 'r', type: 'Role' }] }));
const secret = (endDateTime: string | null) => ({ keyId: 'k', displayName: 'secret', startDateTime: '2025-01-01T00:00:00Z', endDateTime });
const valid = secret('2027-01-01T00:00:00Z');
const of = (change: Record<string, unknown> = {}, held: { roles?: unknown[]; grants?: unknown[] } = {}) => ({
  applications: [
    application({
      id: 'reg1',
      appId: 'app1-app',
      requiredResourceAccess: asks(azureAdGraphAppId),
      passwordCredentials: [valid],
      keyCredentials: [],
      ...change,
    }),
  ],
  servicePrincipals: [...services, servicePrincipal()],
  resourceServicePrincipals: resources,
  resourceAppRoleAssignments: { [graphId]: held.roles ?? [] },
  oauth2PermissionGrants: held.grants ?? [],
});
const onEnded = { resourceId: azureAdGraphId };

checkTable(check, [
  { it: 'fails a valid secret for the ended service alone', evidence: of(), expect: { fail: ['reg1'] } },
  { it: 'fails a certificate', evidence: of({ passwordCredentials: [], keyCredentials: [{ ...valid, usage: 'Verify' }] }), expect: { fail: ['reg1'] } },
  { it: 'fails one without an end', evidence: of({ passwordCredentials: [secret(null)] }), expect: { fail: ['reg1'] } },
  { it: 'fails on the last instant', evidence: of({ passwordCredentials: [secret('2026-08-20T12:00:00Z')] }), expect: { fail: ['reg1'] } },
  { it: 'passes an instant later', evidence: of({ passwordCredentials: [secret('2026-08-20T11:59:59Z')] }), expect: { pass: 1 } },
  { it: 'passes without credentials', evidence: of({ passwordCredentials: [] }), expect: { pass: 1 } },
  { it: 'passes a key that signs tokens', evidence: of({ passwordCredentials: [], keyCredentials: [{ ...valid, usage: 'Sign' }] }), expect: { pass: 1 } },
  { it: 'passes an app that asks for another service too', evidence: of({ requiredResourceAccess: asks(azureAdGraphAppId, graphAppId) }), expect: { pass: 1 } },
  { it: 'passes an app that asks for nothing', evidence: of({ requiredResourceAccess: [] }), expect: { pass: 1 } },
  { it: 'passes an app that holds a role elsewhere', evidence: of({}, { roles: [assignment('Mail.Read')] }), expect: { pass: 1 } },
  { it: 'passes an app that people consented to elsewhere', evidence: of({}, { grants: [grant('Mail.Read')] }), expect: { pass: 1 } },
  {
    it: 'fails an app that holds something on the ended service',
    evidence: of({}, { roles: [assignment('Directory.Read.All', onEnded)], grants: [grant('User.Read', onEnded)] }),
    expect: { fail: ['reg1'] },
  },
]);
