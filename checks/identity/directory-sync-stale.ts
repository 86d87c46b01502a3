import { organization } from '../../src/datasets/graph/organization.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { dayInMs, isoSecond } from '../../src/lib/dates.ts';

const hourInMs = dayInMs / 24;
const mostHours = 24;

export default defineCheck({
  id: 'directory-sync-stale',
  title: 'Directory synchronisation is running',
  failTitle: 'Directory synchronisation has stopped',
  why: 'People who left stay active in the cloud and new staff cannot sign in until synchronisation runs again.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Microsoft Entra Connect Sync scheduler', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-sync-feature-scheduler' },
    {
      label: 'Fix problems with directory synchronization',
      url: 'https://learn.microsoft.com/microsoft-365/enterprise/fix-problems-with-directory-synchronization',
    },
  ],
  remediation: {
    effort: 'low',
    impact: 'Changes that piled up in the local directory reach the cloud at once.',
    steps: [
      'Open the Microsoft 365 admin center, then Health, then Directory sync status, and read the errors.',
      'On the server that synchronises, make sure that the service Microsoft Azure AD Sync runs and the server reaches the internet.',
      'Run Get-ADSyncScheduler there: SyncCycleEnabled must be True. Then start a delta synchronisation.',
      'If synchronisation is no longer wanted, switch it off for the tenant.',
    ],
    command: 'Start-ADSyncSyncCycle -PolicyType Delta',
    rollback: 'Pause synchronisation with Set-ADSyncScheduler -SyncCycleEnabled $false.',
  },
  needs: { organization },

  /** It normally runs every 30 minutes; a day without a run is no delay any more. */
  evaluate(evidence, { now }) {
    const tenant = theOnly(evidence.organization, 'organization');
    if (tenant.onPremisesSyncEnabled !== true) return { verdict: 'notApplicable', because: 'The tenant does not synchronise a local directory.' };
    const subject = { type: 'organization', id: tenant.id, name: tenant.displayName ?? tenant.id };
    const last = tenant.onPremisesLastSyncDateTime;
    if (!last) return failIfAny([{ subject, message: 'Synchronisation is switched on but has never run.' }], 1);
    const age = now.getTime() - Date.parse(last);
    if (age <= mostHours * hourInMs) return failIfAny([], 1);
    const hours = Math.floor(age / hourInMs);
    return failIfAny(
      [{ subject, message: `The last synchronisation was ${hours} hours ago, at ${isoSecond(new Date(Date.parse(last)))}.`, facts: { hours } }],
      1,
    );
  },
});
