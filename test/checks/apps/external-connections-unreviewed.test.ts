import { expect } from 'vitest';
import check from '../../../checks/apps/external-connections-unreviewed.ts';
import { servicePrincipal, tenantId } from '../../support/app-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function connection(change: Record<string, unknown> = {}) {
  return { id: 'wiki', configuration: { authorizedAppIds: ['own-app'] }, connectorId: null, description: null, name: 'Wiki', state: 'ready', ...change };
}

const servicePrincipals = [servicePrincipal(), servicePrincipal({ id: 'own', appId: 'own-app', appOwnerOrganizationId: tenantId })];
const messageHas = (text: string) => (judgement: unknown) => expect(JSON.stringify(judgement)).toContain(text);

checkTable(check, [
  { it: 'passes without connections', evidence: { externalConnections: [], servicePrincipals }, expect: { pass: 0 } },
  {
    it: 'fails with each connection until it is accepted',
    evidence: { externalConnections: [connection(), connection({ id: 'crm', name: null })], servicePrincipals },
    expect: { fail: ['wiki', 'crm'] },
  },
  {
    it: 'says that one is obsolete',
    evidence: { externalConnections: [connection({ state: 'obsolete' })], servicePrincipals },
    expect: { fail: ['wiki'] },
    and: messageHas('is obsolete'),
  },
  {
    it: 'says that the app behind it is gone',
    evidence: { externalConnections: [connection({ configuration: { authorizedAppIds: ['gone'] } })], servicePrincipals },
    expect: { fail: ['wiki'] },
    and: messageHas('not in this tenant'),
  },
  {
    it: 'names the outside app that fills it',
    evidence: { externalConnections: [connection({ configuration: { authorizedAppIds: ['app1-app'] } })], servicePrincipals },
    expect: { fail: ['wiki'] },
    and: messageHas('Backup Tool'),
  },
  {
    it: 'fails with a state and apps nobody knows',
    evidence: { externalConnections: [connection({ state: 'napping', configuration: null })], servicePrincipals },
    expect: { fail: ['wiki'] },
  },
]);
