import { expect } from 'vitest';
import check from '../../../checks/updates/update-deployments-unmonitored.ts';
import { deployment, servicePolicy } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rules = (...monitoringRules: unknown[]) => ({ monitoring: { monitoringRules } });
const ignoring = { contentApplicability: { safeguard: { disabledSafeguardProfiles: [{ category: 'likelyIssues' }] } } };
const content = (kind: string) => ({ catalogEntry: { '@odata.type': `#microsoft.graph.windowsUpdates.${kind}UpdateCatalogEntry`, displayName: kind } });

checkTable(check, [
  { it: 'passes a deployment that pauses on roll-backs', evidence: { updatePolicies: [], updateDeployments: [deployment()] }, expect: { pass: 1 } },
  {
    it: 'passes one that raises an alarm',
    evidence: { updatePolicies: [], updateDeployments: [deployment({}, rules({ signal: 'rollback', threshold: 10, action: 'alertError' }))] },
    expect: { pass: 1 },
  },
  {
    it: 'fails one without rules',
    evidence: { updatePolicies: [], updateDeployments: [deployment({}, rules())] },
    expect: { fail: ['dep1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ facts: { watchesRollbacks: false, ignoresSafeguards: false, inSteps: false, expedited: false } }] }),
  },
  { it: 'fails one without settings', evidence: { updatePolicies: [], updateDeployments: [deployment({ settings: null })] }, expect: { fail: ['dep1'] } },
  {
    it: 'fails one that only looks for devices that cannot take it',
    evidence: { updatePolicies: [], updateDeployments: [deployment({}, rules({ signal: 'ineligible', action: 'offerFallback' }))] },
    expect: { fail: ['dep1'] },
  },
  { it: 'fails one that ignores safeguard holds', evidence: { updatePolicies: [], updateDeployments: [deployment({}, ignoring)] }, expect: { fail: ['dep1'] } },
  {
    it: 'fails one of unknown content that ignores safeguard holds, and says no more',
    evidence: { updatePolicies: [], updateDeployments: [deployment({ content: null }, { ...ignoring, ...rules() })] },
    expect: { fail: ['dep1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'The deployment ignores the safeguard holds of Microsoft.' }] }),
  },
  {
    it: 'does not judge one of unknown content otherwise',
    evidence: { updatePolicies: [], updateDeployments: [deployment({ content: null }, rules())] },
    expect: 'notApplicable',
  },
  {
    it: 'leaves out security updates and drivers',
    evidence: {
      updatePolicies: [],
      updateDeployments: [deployment({ content: content('quality') }, rules()), deployment({ id: 'dep2', content: content('driver') }, rules())],
    },
    expect: 'notApplicable',
  },
  {
    it: 'leaves out one that is over',
    evidence: { updatePolicies: [], updateDeployments: [deployment({ state: { effectiveValue: 'archived' } }, rules())] },
    expect: 'notApplicable',
  },
  {
    it: 'tells whether it goes on in steps',
    evidence: {
      updatePolicies: [],
      updateDeployments: [deployment({}, { ...rules(), schedule: { gradualRollout: { durationBetweenOffers: 'P1D' } }, expedite: { isExpedited: true } })],
    },
    expect: { fail: ['dep1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { inSteps: true, expedited: true } }] }),
  },
  {
    it: 'fails a policy whose deployments ignore safeguard holds',
    evidence: { updateDeployments: [], updatePolicies: [servicePolicy([{ category: 'likelyIssues' }])] },
    expect: { fail: ['up1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { type: 'updatePolicy', name: 'Policy up1' } }] }),
  },
  {
    it: 'passes a deployment beside a policy that heeds them',
    evidence: { updateDeployments: [deployment()], updatePolicies: [servicePolicy()] },
    expect: { pass: 2 },
  },
  {
    it: 'does not apply where there are only policies that heed them',
    evidence: { updateDeployments: [], updatePolicies: [servicePolicy(), servicePolicy([], { id: 'up2', deploymentSettings: null })] },
    expect: 'notApplicable',
  },
]);
