import { requireStateOf, signInMembers } from '../../src/datasets/accounts.ts';
import { userRegistrationDetails } from '../../src/datasets/graph/userRegistrationDetails.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

/** The report lags behind by some hours; more accounts of which it says nothing mean that it tells too little. */
const mostUnknown = 0.02;

export default defineCheck({
  id: 'password-reset-unregistered',
  title: 'Everyone who may reset the own password has registered for it',
  failTitle: 'People who may reset their own password have not registered for it',
  why: 'A reset accepts only what a person has registered, no longer a number or address from the directory. Who has registered nothing must call the helpdesk.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'How self-service password reset works', url: 'https://learn.microsoft.com/entra/identity/authentication/concept-sspr-howitworks' },
    { label: 'Authentication methods activity', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'The people named are asked to register at their next sign-in.',
    steps: [
      'Entra admin center > Entra ID > Password reset > Registration: require people to register when they sign in.',
      'Ask the people named to open https://aka.ms/mysecurityinfo and add two methods.',
      'Tell the helpdesk how to prove who is calling before it resets a password.',
    ],
    command:
      'Get-MgReportAuthenticationMethodUserRegistrationDetail -All -Filter "isSsprEnabled eq true and isSsprRegistered eq false" | Select-Object UserPrincipalName',
    rollback: 'Nothing to undo: registering a method changes no access.',
  },
  needs: { users, userRegistrationDetails },

  evaluate(evidence) {
    const people = [...signInMembers(evidence.users)].filter((user) => !user.external && !user.synchronizes);
    const told = people.map((user) => ({ user, registration: evidence.userRegistrationDetails.get(idKey(user.id)) }));
    const allowed = told.filter(({ registration }) => registration?.isSsprEnabled === true);
    const missing = allowed.filter(({ registration }) => registration?.isSsprRegistered === false).map(({ user }) => user);
    const findings = missing
      .filter((user) => user.accountEnabled === true)
      .map((user) => ({
        subject: { type: 'user', id: user.id, name: user.userPrincipalName },
        message: `${user.userPrincipalName} may reset the password but has registered nothing to do it with.`,
      }))
      .sort((a, b) => byText(a.subject.name, b.subject.name));
    const silent = told.filter(({ registration: known }) => known?.isSsprEnabled == null || (known.isSsprEnabled && known.isSsprRegistered === null));
    if (findings.length === 0) {
      requireStateOf(missing);
      if (silent.length > people.length * mostUnknown)
        throw new UnknownEvidence(
          `The registration report says too little about ${silent.length} of ${people.length} accounts.`,
          'The report follows changes with a delay; scan again tomorrow.',
        );
      if (allowed.length === 0) return { verdict: 'notApplicable', because: 'Nobody may reset the own password.' };
    }
    return failIfAny(findings, allowed.length);
  },
});
