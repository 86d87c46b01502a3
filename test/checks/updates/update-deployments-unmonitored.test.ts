import { expect } from 'vitest';
import check from '../../../checks/updates/update-deployments-unmonitored.ts';
import { deployment } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const rules = (...monitoringRules: unknown[]) => ({ monitoring: { monitoringRules } });
const ignoring = { contentApplicability: { safeguard: { disabledSafeguardProfiles: [{ category: 'likelyIssues' }] } } };
const content = (kind: string) => ({ catalogEntry: { '@odata.type': `#microsoft.graph.windowsUpdates.${kind}UpdateCatalogEntry`, displayName: kind } });

checkTable(check, [
  { it: 'passes a deployment that pauses on roll-backs', evidence: { updateDeployments: [deployment()] }, expect: { pass: 1 } },
  {
    it: 'passes one that raises an alarm',
    evidence: { updateDeployments: [deployment({}, rules({ signal: 'rollback', threshold: 10, action: 'alertError' }))] },
    expect: { pass: 1 },
  },
  {
    it: 'fails one without rules',
    evidence: { updateDeployments: [deployment({}, rules())] },
    expect: { fail: ['dep1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { watchesRollbacks: false, ignoresSafeguards: false } }] }),
  },
  { it: 'fails one without settings', evidence: { updateDeployments: [deployment({ settings: null })] }, expect: { fail: ['dep1'] } },
  {
    it: 'fails one that only looks for devices that cannot take it',
    evidence: { updateDeployments: [deployment({}, rules({ signal: 'ineligible', action: 'offerFallback' }))] },
    expect: { fail: ['dep1'] },
  },
  { it: 'fails one that ignores safeguard holds', evidence: { updateDeployments: [deployment({}, ignoring)] }, expect: { fail: ['dep1'] } },
  {
    it: 'fails one of unknown content that ignores safeguard holds, and says no more',
    evidence: { updateDeployments: [deployment({ content: null }, { ...ignoring, ...rules() })] },
    expect: { fail: ['dep1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: 'The deployment ignores the safeguard holds of Microsoft.' }] }),
  },
  { it: 'does not judge one of unknown content otherwise', evidence: { updateDeployments: [deployment({ content: null }, rules())] }, expect: 'notApplicable' },
  {
    it: 'leaves out security updates and drivers',
    evidence: { updateDeployments: [deployment({ content: content('quality') }, rules()), deployment({ id: 'dep2', content: content('driver') }, rules())] },
    expect: 'notApplicable',
  },
  {
    it: 'leaves out one that is over',
    evidence: { updateDeployments: [deployment({ state: { effectiveValue: 'archived' } }, rules())] },
    expect: 'notApplicable',
  },
]);
