import { powerShellSignIns } from '../../src/datasets/graph/powerShellSignIns.ts';
import { requireOutcomes, signInFindings } from '../../src/datasets/sign-in-uses.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'azure-single-factor-sign-ins',
  title: 'Nobody manages Azure with one factor',
  failTitle: 'People or scripts manage Azure with one factor',
  why: 'Microsoft demands a second factor for every change to Azure, from the command line and from scripts too. What signs in as a user with a password alone stops.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Mandatory multifactor authentication',
      url: 'https://learn.microsoft.com/entra/identity/authentication/concept-mandatory-multifactor-authentication',
    },
    { label: 'Workload identities', url: 'https://learn.microsoft.com/entra/workload-id/workload-identities-overview' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Scripts sign in as themselves instead of as a person.',
    steps: [
      'Ask the people named which scripts and tools they sign in with.',
      'Give each script a managed identity, or an app with a certificate or a federated credential, and the Azure roles it needs.',
      'Protect the people by a Conditional Access rule that requires multifactor authentication for Azure management.',
    ],
    command: 'az login --identity',
    rollback: 'None: Microsoft enforces the second factor.',
  },
  needs: { powerShellSignIns },

  evaluate(evidence) {
    const uses = evidence.powerShellSignIns.azureSingleFactor;
    const findings = signInFindings(uses, 'user', ({ name, signIns, last, programs }) => {
      const by = programs.length > 0 ? ` by ${list(programs, 3)}` : '';
      return `${name} signed in to manage Azure${by} with one factor ${count(signIns, 'time')} in 30 days, last on ${last}.`;
    });
    if (findings.length === 0) requireOutcomes(uses, 'to Azure with one factor');
    return failIfAny(findings, uses.size);
  },
});
