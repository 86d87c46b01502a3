import { emergencyAccounts, requireStateOf, signInMembers } from '../../src/datasets/accounts.ts';
import { toleratedRemark } from '../../src/datasets/emergency.ts';
import { userSignIns } from '../../src/datasets/graph/userSignIns.ts';
import { type User, users } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { dayInMs, isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

const idleDays = 90;
/** An account that nobody has ever used needs less patience. */
const unusedDays = 30;
/** Successful sign-ins are recorded since then: https://learn.microsoft.com/graph/api/resources/signinactivity */
const recordedSince = Math.floor(Date.parse('2023-12-01T00:00:00Z') / dayInMs);

export default defineCheck({
  id: 'users-inactive',
  title: 'Every enabled account is in use',
  failTitle: 'Enabled accounts lie unused',
  why: 'Accounts of people who left are the quietest way in, and often still hold a paid licence.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Manage inactive user accounts', url: 'https://learn.microsoft.com/entra/identity/monitoring-health/howto-manage-inactive-user-accounts' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'Nobody notices, if the account is really unused; somebody on long leave asks for it back.',
    steps: [
      'Ask the manager or the personnel office whether the person still works here.',
      'If not, open the Microsoft Entra admin center, then Entra ID, then Users, the person, and block sign-in; take back licences after the mailbox was saved.',
      'Shared mailboxes and meeting rooms need no sign-in of their own: block it, and the mailbox goes on working.',
      'For accounts of programs, find out what uses them and move it to an application.',
    ],
    command: 'Update-MgUser -UserId <user-id> -AccountEnabled:$false',
    rollback: 'Enable the account again.',
  },
  needs: { users, userSignIns },

  /** Who synchronises is told by name: reading roles would need one more permission, for one account. */
  evaluate(evidence, { now, settings }) {
    const today = Math.floor(now.getTime() / dayInMs);
    const isEmergency = emergencyAccounts(settings.emergencyAccounts);
    const isLeftAside = (user: User) => user.synchronizes === true || isEmergency(user);
    const findings: Finding[] = [];
    const idleAside: User[] = [];
    const dateless: User[] = [];
    const unsaid: User[] = [];
    let members = 0;
    for (const user of signInMembers(evidence.users)) {
      const lastDay = evidence.userSignIns.get(idKey(user.id));
      const [finding] = idleFinding(user, lastDay, today);
      if (user.accountEnabled === null) unsaid.push(user);
      else if (isLeftAside(user)) idleAside.push(...(finding ? [user] : []));
      else {
        members += 1;
        if (finding) findings.push(finding);
        else if (isUnknown(user, lastDay, today)) dateless.push(user);
      }
    }
    if (members + unsaid.length === 0) return { verdict: 'notApplicable', because: 'The tenant has no enabled member account.' };
    if (findings.length === 0) {
      requireDates(dateless);
      requireStateOf(unsaid.filter((user) => !isLeftAside(user)));
    }
    const synchronizing = idleAside.filter((user) => user.synchronizes === true);
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      members,
      remark(idleAside.filter(isEmergency), synchronizing),
    );
  },
});

function requireDates(unknown: readonly User[]): void {
  if (unknown.length === 0) return;
  throw new UnknownEvidence(
    `The service did not say when ${list(unknown.map((user) => user.userPrincipalName).sort(), 3)} last signed in.`,
    'Scan again; if it stays, look under Users, the person, Sign-in logs in the Microsoft Entra admin center.',
  );
}

/** Names those left aside, so that the account of a synchronisation that no longer runs is not overlooked. */
function remark(emergency: readonly User[], synchronizing: readonly User[]): string | undefined {
  const names = list(synchronizing.map((user) => user.userPrincipalName).sort(), 3);
  const aside = names ? `Left aside as accounts of the directory synchronisation, though unused: ${names}.` : undefined;
  return [toleratedRemark(emergency), aside].filter(Boolean).join(' ') || undefined;
}

/** A young account may be missing from the list because it was created after the list was read. */
function isUnknown(user: User, lastDay: number | null | undefined, today: number): boolean {
  if (user.createdDay === null) return lastDay == null;
  return lastDay === undefined && today - user.createdDay > unusedDays;
}

/** Whole days of the calendar: both lists keep the day only. `undefined` = the account is not in the list. */
function idleFinding(user: User, lastDay: number | null | undefined, today: number): Finding[] {
  const since = lastDay ?? user.createdDay;
  if (lastDay === undefined || since === null) return [];
  const days = today - since;
  if (days <= (lastDay === null ? unusedDays : idleDays)) return [];
  const name = user.userPrincipalName;
  const date = isoDay(new Date(since * dayInMs));
  const never = since < recordedSince ? 'no successful sign-in is recorded since December 2023' : 'has never signed in';
  const message = lastDay === null ? `${name} was created on ${date} and ${never}.` : `${name} last signed in on ${date}, ${days} days ago.`;
  return [
    { subject: { type: 'user', id: user.id, name }, message, facts: { days, neverSignedIn: lastDay === null, synchronised: user.onPremisesSyncEnabled } },
  ];
}
