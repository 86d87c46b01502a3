import { requireSyncIdentities, synchronizes, syncIdentities } from '../../src/datasets/connect-sync.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'connect-sync-in-use',
  title: 'The local directory is synchronised by cloud sync',
  failTitle: 'The local directory is synchronised by Entra Connect Sync',
  why: 'Microsoft moves customers from the server program to cloud sync, in waves. Who plans the move early chooses the day.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'What is cloud sync', url: 'https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/what-is-cloud-sync' },
    { label: 'Move from Connect Sync to cloud sync', url: 'https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/tutorial-pilot-aadc-aadccp' },
  ],
  remediation: {
    effort: 'high',
    impact: 'None for people, if the same accounts are in scope before and after.',
    steps: [
      'Microsoft’s comparison of the two programs: see whether cloud sync covers what you use (device sync and pass-through authentication are what it lacks).',
      'Install an agent, and move one organizational unit to cloud sync as a pilot.',
      'Move the rest, remove the server program, and delete its account or app.',
    ],
    command: 'Get-ADSyncScheduler',
    rollback: 'Let the server program synchronise the organizational unit again.',
  },
  needs: { organization, users, servicePrincipals },

  evaluate(evidence) {
    if (!synchronizes(theOnly(evidence.organization, 'organization')))
      return { verdict: 'notApplicable', because: 'The tenant does not synchronise a local directory.' };
    const found = syncIdentities(evidence.users, evidence.servicePrincipals);
    requireSyncIdentities(found);
    return failIfAny(
      found.connect.map((subject) => ({
        subject,
        message: `Entra Connect Sync works as ${subject.name}.`,
        // That a directory is synchronized says nothing yet of the other entry that rests on this check.
        facts: { retirements: 'entra-connect-to-cloud-sync' },
      })),
      1,
    );
  },
});
