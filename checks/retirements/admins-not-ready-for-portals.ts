import { requireStateOf, signInMembers } from '../../src/datasets/accounts.ts';
import { userRegistrationDetails } from '../../src/datasets/graph/userRegistrationDetails.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

/** The report lags behind by some hours; more people whom it leaves out mean that it tells too little. */
const mostMissing = 0.02;

export default defineCheck({
  id: 'admins-not-ready-for-portals',
  title: 'Every administrator can pass the second factor of the portals',
  failTitle: 'Administrators cannot pass the second factor of the portals',
  why: 'Microsoft’s admin portals let nobody in without a second factor any more. That includes the accounts kept for emergencies.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Mandatory multifactor authentication',
      url: 'https://learn.microsoft.com/entra/identity/authentication/concept-mandatory-multifactor-authentication',
    },
    { label: 'Emergency access accounts', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'The administrators named register a method once.',
    steps: [
      'Let each administrator named open https://aka.ms/mysecurityinfo and add a passkey or Microsoft Authenticator.',
      'Give emergency accounts a FIDO2 key or a certificate, kept where the account’s password is not.',
      'Remove the role from accounts that nobody uses.',
    ],
    command:
      'Get-MgReportAuthenticationMethodUserRegistrationDetail -All -Filter "isMfaCapable eq false" | Where-Object IsAdmin | Select-Object UserPrincipalName',
    rollback: 'Nothing to undo: registering a method changes no access.',
  },
  needs: { users, userRegistrationDetails },

  /** Guests register at home; the accounts of the synchronisation open no portal. Emergency accounts count. */
  evaluate(evidence) {
    const people = [...signInMembers(evidence.users)].filter((user) => !user.external && !user.synchronizes);
    const told = people.map((user) => ({ user, registration: evidence.userRegistrationDetails.get(idKey(user.id)) }));
    const admins = told.filter(({ registration }) => registration?.isAdmin === true);
    const incapable = admins.filter(({ registration }) => registration?.isMfaCapable === false).map(({ user }) => user);
    const findings = incapable
      .filter((user) => user.accountEnabled === true)
      .map((user) => ({
        subject: { type: 'user', id: user.id, name: user.userPrincipalName },
        message: `${user.userPrincipalName} administers and has registered no second factor that the tenant allows.`,
      }))
      .sort((a, b) => byText(a.subject.name, b.subject.name));
    const unsaid = told.filter(({ registration: known }) => known && (known.isAdmin === null || (known.isAdmin && known.isMfaCapable === null)));
    const missing = told.filter(({ registration }) => !registration);
    if (findings.length === 0) {
      requireStateOf(incapable);
      if (unsaid.length > 0 || missing.length > people.length * mostMissing)
        throw new UnknownEvidence(
          `The registration report says too little about ${count(unsaid.length + missing.length, 'account')}.`,
          'The report follows changes with a delay; scan again tomorrow.',
        );
      if (admins.length === 0)
        throw new UnknownEvidence('The registration report names no administrator.', 'The report follows changes with a delay; scan again tomorrow.');
    }
    return failIfAny(findings, admins.length);
  },
});
