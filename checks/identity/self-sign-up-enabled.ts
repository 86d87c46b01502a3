import { authenticationFlowsPolicy } from '../../src/datasets/graph/authenticationFlowsPolicy.ts';
import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'self-sign-up-enabled',
  title: 'Nobody can create an account in the tenant alone',
  failTitle: 'Outsiders can create accounts in the tenant by themselves',
  why: 'Self sign-up lets strangers, or people who still have an old company address, create accounts in your directory.',
  severity: 'medium',
  controls: [
    { framework: 'EIDSCA', id: 'AP05' },
    { framework: 'EIDSCA', id: 'AP06' },
  ],
  references: [
    { label: 'Self-service sign-up in Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/identity/users/directory-self-service-signup' },
    { label: 'Configure external collaboration settings', url: 'https://learn.microsoft.com/entra/external-id/external-collaboration-settings-configure' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Outsiders need an invitation; trials that staff start by themselves may stop working.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then External Identities, then External collaboration settings, and set guest self-service sign-up via user flows to No.',
      'Switch off joining by a verified mail address and signing up for trial subscriptions; the portal has no page for these two, use the command.',
    ],
    command:
      'Update-MgPolicyAuthorizationPolicy -AllowEmailVerifiedUsersToJoinOrganization:$false -AllowedToSignUpEmailBasedSubscriptions:$false; Update-MgPolicyAuthenticationFlowPolicy -BodyParameter @{selfServiceSignUp=@{isEnabled=$false}}',
    rollback: 'Set the values back to true the same way.',
  },
  needs: { authenticationFlowsPolicy, authorizationPolicy },

  evaluate(evidence) {
    const flows = theOnly(evidence.authenticationFlowsPolicy, 'authentication flows policy');
    const policy = theOnly(evidence.authorizationPolicy, 'authorization policy');
    const switches = [
      { id: 'selfServiceSignUp', name: 'Guest self-service sign-up', on: flows.selfServiceSignUp?.isEnabled, message: 'Guests can sign themselves up.' },
      {
        id: 'allowEmailVerifiedUsersToJoinOrganization',
        name: 'Joining by mail address',
        on: policy.allowEmailVerifiedUsersToJoinOrganization,
        message: 'Whoever can read mail at one of your domains can join the tenant.',
      },
      {
        id: 'allowedToSignUpEmailBasedSubscriptions',
        name: 'Trial subscriptions',
        on: policy.allowedToSignUpEmailBasedSubscriptions,
        message: 'Users can sign up for trial subscriptions with their mail address.',
      },
    ];
    const findings = switches.filter(({ on }) => on).map(({ id, name, message }): Finding => ({ subject: { type: 'authorizationPolicy', id, name }, message }));
    const unknown = switches.find(({ on }) => on == null);
    if (findings.length === 0 && unknown) {
      throw new UnknownEvidence(
        `The service did not say whether ${unknown.id} is on.`,
        'Look under External Identities, External collaboration settings in the Microsoft Entra admin center, save the page once, and scan again.',
      );
    }
    return failIfAny(findings, switches.length);
  },
});
