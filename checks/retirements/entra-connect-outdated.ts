import { requireSyncIdentities, synchronizes, syncIdentities } from '../../src/datasets/connect-sync.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { recommendations } from '../../src/datasets/graph/recommendations.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { isOpen } from '../../src/datasets/named-by-entra.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, type NonEmpty } from '../../src/kit/kit.ts';

const steps: NonEmpty<string> = [
  'On the server that synchronises, open Control Panel > Programs and Features and read the version of Microsoft Entra Connect.',
  'Compare it with the lowest version that Microsoft still lets in, in the version history.',
];

export default defineCheck({
  id: 'entra-connect-outdated',
  title: 'The synchronisation program is a version that still works',
  failTitle: 'The synchronisation program is too old',
  why: 'Microsoft cuts off old versions: people who leave stay active, and new ones cannot sign in, until the server is updated.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Version release history', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-version-history' },
    { label: 'Microsoft Entra recommendations', url: 'https://learn.microsoft.com/entra/identity/monitoring-health/overview-recommendations' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Synchronisation pauses while the program is updated.',
    steps: [
      'Entra admin center > Entra ID > Entra Connect > Connect Sync: download the current version.',
      'Update the server in staging mode first, if there are two; then the active one.',
      'Run Get-ADSyncScheduler and see that synchronisation goes on.',
    ],
    command: 'Get-ADSyncScheduler',
    rollback: 'Make the other server active, or restore the server from its backup.',
  },
  needs: { organization, users, servicePrincipals, recommendations },

  /** Apps cannot read the version: https://learn.microsoft.com/graph/api/onpremisesdirectorysynchronization-get. Entra knows it and tells. */
  evaluate(evidence) {
    if (!synchronizes(theOnly(evidence.organization, 'organization')))
      return { verdict: 'notApplicable', because: 'The tenant does not synchronise a local directory.' };
    const found = syncIdentities(evidence.users, evidence.servicePrincipals);
    requireSyncIdentities(found);
    if (found.connect.length === 0) return { verdict: 'notApplicable', because: 'The local directory is synchronised by cloud sync, which updates itself.' };
    const about = evidence.recommendations.filter((each) => each.recommendationType === 'aadConnectDeprecated');
    const findings = about.filter(isOpen).map((each) => {
      const subject = { type: 'recommendation', id: each.id, name: each.displayName };
      return { subject, message: 'Entra recommends to update Entra Connect, because the version in use is cut off.' };
    });
    if (findings.length === 0 && !about.some((each) => each.status === 'completedBySystem')) return { verdict: 'manual', steps };
    return failIfAny(findings, 1);
  },
});
