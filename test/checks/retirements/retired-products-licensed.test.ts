import { expect } from 'vitest';
import check from '../../../checks/retirements/retired-products-licensed.ts';
import { checkTable } from '../../support/check-table.ts';

const id = '6fd2c87f-b296-42f0-b197-1e91e994b900';

function sku(change: Record<string, unknown> = {}, plans: readonly string[] = ['SHAREPOINTENTERPRISE', 'KAIZALA_STANDALONE']) {
  return {
    skuId: id,
    skuPartNumber: 'SPE_E5',
    capabilityStatus: 'Enabled',
    consumedUnits: 5,
    prepaidUnits: { enabled: 10, warning: 0, suspended: 0 },
    servicePlans: plans.map((servicePlanName) => ({ servicePlanName, provisioningStatus: 'Success' })),
    ...change,
  };
}

const about = (retirements: string) => (judgement: unknown) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements } }] });
const project = ['SHAREPOINT_PROJECT', 'PROJECT_CLIENT_SUBSCRIPTION'];

checkTable(check, [
  { it: 'passes with a suite that carries an ended plan along', evidence: { subscribedSkus: [sku()] }, expect: { pass: 1 } },
  { it: 'passes without subscriptions', evidence: { subscribedSkus: [] }, expect: { pass: 0 } },
  {
    it: 'fails with Project Online',
    evidence: { subscribedSkus: [sku({ skuPartNumber: 'PROJECTPROFESSIONAL' }, project)] },
    expect: { fail: [id] },
    and: about('project-online'),
  },
  {
    it: 'fails with a product of its own',
    evidence: { subscribedSkus: [sku({ skuPartNumber: 'Microsoft_Viva_Goals' })] },
    expect: { fail: [id] },
    and: about('viva-goals'),
  },
  { it: 'fails during the warning period', evidence: { subscribedSkus: [sku({ capabilityStatus: 'Warning' }, project)] }, expect: { fail: [id] } },
  { it: 'passes over a suspended subscription', evidence: { subscribedSkus: [sku({ capabilityStatus: 'Suspended' }, project)] }, expect: { pass: 0 } },
  { it: 'passes when no license is assigned', evidence: { subscribedSkus: [sku({ consumedUnits: 0 }, project)] }, expect: { pass: 1 } },
  { it: 'is unknown when Graph does not say how many are assigned', evidence: { subscribedSkus: [sku({ consumedUnits: null }, project)] }, expect: 'unknown' },
]);
