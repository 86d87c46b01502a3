import { synchronizes } from '../../src/datasets/connect-sync.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';

/** Since this day Microsoft refuses versions 1.x: whatever has synchronised later is newer. */
const refused = '2023-10-01';

export default defineCheck({
  id: 'connect-v1-left',
  title: 'No synchronisation of the first generation is left',
  failTitle: 'A synchronisation of the first generation was left behind',
  why: 'Azure AD Connect 1.x cannot reach the cloud any more. Its server still keeps a powerful account, and its users are nobody’s to manage.',
  severity: 'high',
  controls: [],
  references: [{ label: 'Azure AD Connect 1.x', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/deprecated-azure-ad-connect' }],
  remediation: {
    effort: 'medium',
    impact: 'Users who came from the local directory become cloud users once synchronisation is switched off.',
    steps: [
      'Find the old server and remove the program, its accounts in both directories, and the server.',
      'Install cloud sync or the current Entra Connect if the local directory is still wanted; otherwise switch synchronisation off for the tenant.',
    ],
    command: 'Update-MgOrganization -OrganizationId <tenant-id> -OnPremisesSyncEnabled:$false',
    rollback: 'Switch synchronisation on again; it takes up to three days after it was switched off.',
  },
  needs: { organization },

  evaluate(evidence) {
    const tenant = theOnly(evidence.organization, 'organization');
    if (!synchronizes(tenant)) return { verdict: 'notApplicable', because: 'The tenant does not synchronise a local directory.' };
    const last = tenant.onPremisesLastSyncDateTime;
    if (!last || last.startsWith('0001-'))
      throw new UnknownEvidence(
        'Synchronisation is switched on, but Graph does not tell when it last ran.',
        'Microsoft 365 admin center > Health > Directory sync status: look there which program synchronises.',
      );
    const subject = { type: 'organization', id: tenant.id, name: tenant.displayName ?? tenant.id };
    const message = `Synchronisation is switched on and last ran on ${isoDay(last)}, before the first generation was cut off.`;
    return failIfAny(isoDay(last) < refused ? [{ subject, message }] : [], 1);
  },
});
