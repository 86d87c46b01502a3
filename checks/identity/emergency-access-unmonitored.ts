import { accountsWhere } from '../../src/datasets/accounts.ts';
import { conditionalAccessEvidence, conditionalAccessOrNone, directoryEvidence, directoryOf } from '../../src/datasets/directory.ts';
import { emergencyAccountsOf, whyNotTolerated } from '../../src/datasets/emergency.ts';
import { userSignIns } from '../../src/datasets/graph/userSignIns.ts';
import type { User } from '../../src/datasets/graph/users.ts';
import { defineCheck } from '../../src/kit/kit.ts';
import { dayInMs, isoDay } from '../../src/lib/dates.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'emergency-access-unmonitored',
  title: 'Every use of an emergency account raises an alarm',
  failTitle: 'An emergency account may be used unnoticed',
  why: 'Emergency accounts stand above the rules for everybody else. Whoever gets hold of one has the whole company, unless somebody sees it the same hour.',
  severity: 'medium',
  controls: [
    { framework: 'CIS M365 6.0', id: '2.2.1' },
    { framework: 'CIS M365 7.0', id: '2.2.1' },
  ],
  references: [
    { label: 'Emergency access accounts', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/security-emergency-access' },
    {
      label: 'Security operations for privileged accounts',
      url: 'https://learn.microsoft.com/entra/architecture/security-operations-privileged-accounts',
    },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Nobody notices; the people who are told get a message at each test.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Monitoring & health, then Diagnostic settings, and send the sign-in logs to a Log Analytics workspace.',
      'Open the workspace in the Azure portal, then Alerts, and create a rule that fires on every sign-in of these accounts, tried or successful, by object id.',
      'Let the rule tell at least two people by two ways, for example mail and text message, none of whom keeps the passwords.',
      'Microsoft Sentinel, or an activity policy in Microsoft Defender for Cloud Apps, serves as well.',
      'Sign in with each account twice a year and keep the alert as the proof.',
    ],
    command: 'Get-MgAuditLogSignIn -Filter "userId eq \'<emergency-account-id>\'" -Top 20 | Select-Object CreatedDateTime,AppDisplayName,IPAddress',
    rollback: 'Delete the alert rule.',
  },
  needs: directoryEvidence,
  needsIfLicensed: conditionalAccessEvidence,
  wants: { userSignIns },

  /** Alert rules live in Azure, out of reach of Graph: what can be told is whom they must watch. */
  evaluate(evidence, { settings, tenant }) {
    const access = conditionalAccessOrNone(evidence);
    const named = settings.emergencyAccounts;
    const emergency = emergencyAccountsOf({ named, policies: access.conditionalAccessPolicies, directory: directoryOf({ ...evidence, ...access }), tenant });
    const accounts = accountsWhere(evidence.users, emergency.isEmergency).sort((a, b) => byText(a.userPrincipalName, b.userPrincipalName));
    const signIns = evidence.userSignIns.ok ? evidence.userSignIns.kept : undefined;
    if (accounts.length === 0) return { verdict: 'manual', steps: [noneFound(named, emergency.candidates), ...proof] };
    const found = `Emergency accounts found: ${accounts.map((user) => described(user, signIns)).join('; ')}.`;
    const source = emergency.derived ? ' They are not named in the configuration: confirm that they are yours, and name them there.' : '';
    return { verdict: 'manual', steps: [found + source, ...proof] };
  },
});

const proof = [
  'Ask who is told when one of the emergency accounts signs in, and by what: an alert rule on the sign-in logs in Azure Monitor or Microsoft Sentinel, or a policy in Microsoft Defender for Cloud Apps.',
  'Look into the rule: it must name every one of the accounts by object id and be switched on.',
  'Sign in once with one of the accounts at an hour that is agreed, and let a second person show the alert that came in; keep it with its date.',
] as const;

function noneFound(named: readonly string[], candidates: readonly User[]): string {
  if (named.length > 0) return `The configuration names ${list([...named].sort(), 5)} as emergency accounts, but no such account exists: correct the names.`;
  if (candidates.length === 0) {
    return 'No emergency account was found: the configuration names none, and no Global Administrator of the cloud is spared by every policy. Create two such accounts and name them in the configuration.';
  }
  const names = candidates.map((user) => user.userPrincipalName);
  return `Which accounts are for emergencies is not clear. ${whyNotTolerated(candidates)} They are ${list(names, 5)}. Name the emergency accounts in the configuration.`;
}

/** Sign-in dates are read for enabled accounts only. */
function described({ id, userPrincipalName, accountEnabled }: User, signIns: ReadonlyMap<string, number | null> | undefined): string {
  if (accountEnabled === false) return `${userPrincipalName} (object id ${id}, disabled)`;
  const last = signIns?.get(id);
  if (last === undefined) return `${userPrincipalName} (object id ${id})`;
  const seen = last === null ? 'no sign-in is recorded' : `last signed in on ${isoDay(new Date(last * dayInMs))}`;
  return `${userPrincipalName} (object id ${id}, ${seen})`;
}
