import { expect } from 'vitest';
import check from '../../../checks/updates/update-deployments-stopped.ts';
import { deployment } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const state = (effectiveValue: string | null, reason = 'pausedByRequest', id = 'dep1') =>
  deployment({ id, state: { effectiveValue, requestedValue: 'none', reasons: [{ value: reason }] } });

checkTable(check, [
  { it: 'passes a deployment that runs', evidence: { updateDeployments: [deployment()] }, expect: { pass: 1 } },
  { it: 'passes one that waits for its day', evidence: { updateDeployments: [state('scheduled', 'scheduledByOfferWindow')] }, expect: { pass: 1 } },
  {
    it: 'fails one that somebody paused',
    evidence: { updateDeployments: [state('paused'), deployment({ id: 'dep2' })] },
    expect: { fail: ['dep1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 2,
        findings: [{ subject: { name: 'Windows 11, version 25H2' }, message: 'The deployment is paused: somebody paused it.' }],
      }),
  },
  { it: 'fails one that a rule paused', evidence: { updateDeployments: [state('paused', 'pausedByMonitoring')] }, expect: { fail: ['dep1'] } },
  { it: 'fails one with outdated content', evidence: { updateDeployments: [state('faulted', 'faultedByContentOutdated')] }, expect: { fail: ['dep1'] } },
  {
    it: 'names a deployment of unknown content by its id',
    evidence: { updateDeployments: [deployment({ content: null, state: { effectiveValue: 'faulted', reasons: null } })] },
    expect: { fail: ['dep1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ subject: { name: 'Deployment dep1' }, message: 'The deployment is faulty.' }] }),
  },
  { it: 'is unknown in a state nobody knows yet', evidence: { updateDeployments: [state('resting')] }, expect: 'unknown' },
  { it: 'is unknown without a state', evidence: { updateDeployments: [deployment({ state: null })] }, expect: 'unknown' },
  {
    it: 'names a paused one even beside an unknown one',
    evidence: { updateDeployments: [state('resting', 'x', 'dep2'), state('paused')] },
    expect: { fail: ['dep1'] },
  },
  { it: 'leaves out one that is over', evidence: { updateDeployments: [state('archived')] }, expect: 'notApplicable' },
  { it: 'does not apply without deployments', evidence: { updateDeployments: [] }, expect: 'notApplicable' },
]);
