import { emergencyAccounts, requireStateOf, signInAccounts } from '../../src/datasets/accounts.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import { toleratedRemark } from '../../src/datasets/emergency.ts';
import { userRegistrationDetails } from '../../src/datasets/graph/userRegistrationDetails.ts';
import type { User } from '../../src/datasets/graph/users.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { privilegedUsers, roleHolders, synchronizationAccounts } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { dayInMs } from '../../src/lib/dates.ts';
import { byText } from '../../src/lib/text.ts';

/** New staff get this long before their account counts. */
const graceDays = 14;
/** The report lags behind by some hours; more missing accounts than this mean that it tells too little. */
const mostUnknown = 0.02;

export default defineCheck({
  id: 'users-not-mfa-capable',
  title: 'Everyone has registered a second factor',
  failTitle: 'Some users have no second factor registered',
  why: 'Whoever has not registered can be registered by the attacker who learns the password first.',
  severity: 'high',
  controls: [
    { framework: 'CIS M365 6.0', id: '5.2.3.4' },
    { framework: 'CIS M365 7.0', id: '5.2.3.4' },
    { framework: 'ISO 27001:2022', id: 'A.8.1' },
  ],
  references: [
    { label: 'Authentication methods activity', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity' },
    { label: 'Run a registration campaign', url: 'https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-registration-campaign' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'The people named are asked to register at their next sign-in.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Authentication methods, then User registration details, and filter by not capable of multifactor authentication.',
      'Ask the people to open https://aka.ms/mysecurityinfo and add Microsoft Authenticator or a passkey, or start a registration campaign.',
      'Disable accounts that nobody uses.',
    ],
    command:
      'Get-MgReportAuthenticationMethodUserRegistrationDetail -All -Filter "isMfaCapable eq false and userType eq \'member\'" | Select-Object UserPrincipalName,IsAdmin',
    rollback: 'Nothing to undo: registering a method changes no access.',
  },
  needs: { ...directoryEvidence, userRegistrationDetails },

  /** Guests and other external people register at home; the account of the synchronisation has nobody to register. */
  evaluate(evidence, { now, settings }) {
    const holders = roleHolders([{ grants: evidence.roleAssignments, members: evidence.roleGroupMembers }], evidence.users);
    const sync = synchronizationAccounts(holders);
    const isEmergency = emergencyAccounts(settings.emergencyAccounts);
    const admins = privilegedUsers(holders);
    const today = Math.floor(now.getTime() / dayInMs);
    const isStaff = (user: User) => user.userType !== 'Guest' && !user.external && !sync.has(idKey(user.id)) && !isNew(user, today);
    const capable = (user: User) => evidence.userRegistrationDetails.get(idKey(user.id))?.isMfaCapable ?? null;
    const findings: Finding[] = [];
    const tolerated: User[] = [];
    const unsaid: User[] = [];
    let members = 0;
    let unknown = 0;
    for (const user of signInAccounts(evidence.users)) {
      if (!isStaff(user)) continue;
      if (user.accountEnabled === null) unsaid.push(user);
      else if (isEmergency(user)) tolerated.push(...(capable(user) === false ? [user] : []));
      else {
        members += 1;
        if (capable(user) === null) unknown += 1;
        if (capable(user) === false) findings.push(incapable(user, admins.has(idKey(user.id))));
      }
    }
    if (members + unsaid.length === 0) return { verdict: 'notApplicable', because: `No enabled member account is older than ${graceDays} days.` };
    if (findings.length === 0) requireStateOf(unsaid.filter((user) => !isEmergency(user) && capable(user) !== true));
    if (findings.length === 0 && unknown > members * mostUnknown) {
      throw new UnknownEvidence(
        `The registration report says nothing about ${unknown} of ${members} accounts.`,
        'The report follows changes with a delay; scan again tomorrow.',
      );
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      members - unknown,
      toleratedRemark(tolerated),
    );
  },
});

function incapable(user: User, admin: boolean): Finding {
  const name = user.userPrincipalName;
  return { subject: { type: 'user', id: user.id, name }, message: `${name} has registered no second factor that the tenant allows.`, facts: { admin } };
}

function isNew(user: User, today: number): boolean {
  return user.createdDay !== null && today - user.createdDay < graceDays;
}
