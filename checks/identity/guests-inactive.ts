import { byState, requireStateOf } from '../../src/datasets/accounts.ts';
import { type Guest, guests } from '../../src/datasets/graph/guests.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { dayInMs, daysBetween, isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Successful sign-ins are recorded since then: https://learn.microsoft.com/graph/api/resources/signinactivity */
const recordedSince = '2023-12-01';

export default defineCheck({
  id: 'guests-inactive',
  title: 'Guests who stay away lose access',
  failTitle: 'Guests who stay away keep access',
  why: 'An enabled guest whom nobody uses is a door nobody watches: the person may have left the other company long ago and still sees the files of then.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Monitor and clean up stale guest accounts', url: 'https://learn.microsoft.com/entra/identity/users/clean-up-stale-guest-accounts' },
    { label: 'Manage inactive user accounts', url: 'https://learn.microsoft.com/entra/identity/monitoring-health/howto-manage-inactive-user-accounts' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'The guest is asked to sign in again or loses access; the files stay where they are.',
    steps: [
      'Ask the person who invited the guest whether the guest is still needed.',
      'If not, open the Microsoft Entra admin center, then Entra ID, then Users, the guest, and block sign-in.',
      'Delete the guest after 30 quiet days. An access review can do this every quarter.',
    ],
    command: 'Update-MgUser -UserId <guest-id> -AccountEnabled:$false',
    rollback: 'Enable the account again; a deleted guest can be restored for 30 days.',
  },
  needs: { guests },

  evaluate({ guests }, { now, settings }) {
    const { enabled, unsaid } = byState([...guests.values()]);
    if (enabled.length + unsaid.length === 0) return { verdict: 'notApplicable', because: 'The tenant has no enabled guests.' };
    const findings = enabled.flatMap((guest) => idleFinding(guest, now, settings.guestIdleDays));
    if (findings.length === 0) {
      requireDates(enabled);
      requireStateOf(unsaid);
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name) || byText(a.subject.id, b.subject.id)),
      enabled.length,
    );
  },
});

/** A guest who never signed in counts from the invitation: a fresh invitation is not yet idle. */
function idleFinding(guest: Guest, now: Date, idleDays: number): Finding[] {
  const seen = guest.lastSuccessfulSignIn;
  const since = seen ?? guest.createdDateTime;
  if (!since || now.getTime() - Date.parse(since) <= idleDays * dayInMs) return [];
  const days = daysBetween(since, now);
  const pending = guest.externalUserState === 'PendingAcceptance';
  const name = guest.displayName || guest.userPrincipalName;
  const never = isoDay(since) < recordedSince ? 'has no successful sign-in on record and was invited on' : 'has never signed in since';
  const what = seen ? `last signed in on ${isoDay(seen)}` : `${pending ? 'has not accepted the invitation since' : never} ${isoDay(since)}`;
  return [
    {
      subject: { type: 'user', id: guest.id, name },
      message: `${name} ${what}, ${days} days ago.`,
      facts: { days, neverSignedIn: !seen, pendingInvitation: pending, userPrincipalName: guest.userPrincipalName },
    },
  ];
}

function requireDates(guests: readonly Guest[]): void {
  const dateless = guests.filter((guest) => !guest.createdDateTime && !guest.lastSuccessfulSignIn);
  if (dateless.length === 0) return;
  throw new UnknownEvidence(
    `The service did not say when ${list(dateless.map((guest) => guest.userPrincipalName).sort(), 3)} was created or last signed in.`,
    'Scan again; if it stays, look under Users, the guest, Sign-in logs in the Microsoft Entra admin center.',
  );
}
