import { authenticationMethodsPolicy } from '../../src/datasets/graph/authenticationMethodsPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

const messages: Readonly<Record<string, string>> = {
  preMigration: 'The move of sign-in methods to the authentication methods policy has not begun.',
  migrationInProgress: 'The move of sign-in methods to the authentication methods policy has begun but is not finished.',
};

export default defineCheck({
  id: 'auth-methods-migration-incomplete',
  title: 'Sign-in methods are managed in one place',
  failTitle: 'Sign-in methods are still managed in the old places',
  why: 'Microsoft has closed the old pages for multifactor authentication and password reset. What was set there can no longer be managed, and nobody knows what still counts.',
  severity: 'high',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.3.4v1' },
    { framework: 'EIDSCA', id: 'AG01' },
    { framework: 'NIST SP 800-53', id: 'CM-7' },
  ],
  references: [
    {
      label: 'Migrate to the authentication methods policy',
      url: 'https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-methods-manage',
    },
  ],
  remediation: {
    effort: 'medium',
    impact: 'None, if every method in use is allowed in the new policy before the move is completed.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then Policies, then Manage migration.',
      'Run the migration guide: it shows which methods the old pages allow and sets the same in the new policy.',
      'Switch off the methods you no longer want, such as SMS and voice calls.',
      'Set the state to Migration Complete.',
    ],
    command: 'Update-MgPolicyAuthenticationMethodPolicy -PolicyMigrationState migrationComplete',
    rollback: 'Set the state back to migrationInProgress.',
  },
  needs: { authenticationMethodsPolicy },

  /** Tenants that never had the old pages have no state at all. */
  evaluate(evidence) {
    const state = theOnly(evidence.authenticationMethodsPolicy, 'authentication methods policy').policyMigrationState;
    if (state == null || state === 'migrationComplete') return failIfAny([], 1);
    const message = messages[state];
    if (!message) throw new UnknownEvidence(`The migration state is ${state}, which is not known.`);
    const subject = { type: 'authenticationMethodsPolicy', id: 'authenticationMethodsPolicy', name: 'Authentication methods policy' };
    return failIfAny([{ subject, message, facts: { policyMigrationState: state } }], 1);
  },
});
