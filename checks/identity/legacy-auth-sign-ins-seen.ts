import { type LegacyUse, legacySignIns } from '../../src/datasets/graph/legacySignIns.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'legacy-auth-sign-ins-seen',
  title: 'No old sign-in protocol is used, mail submission aside',
  failTitle: 'Somebody still signs in the old way',
  why: 'Each of these sign-ins is either an attack that found an open door or a device that will stop working when the door is closed.',
  severity: 'high',
  controls: [
    { framework: 'MITRE ATT&CK', id: 'T1078.004' },
    { framework: 'MITRE ATT&CK', id: 'T1110' },
  ],
  references: [
    { label: 'Find sign-ins by legacy authentication', url: 'https://learn.microsoft.com/entra/identity/conditional-access/block-legacy-authentication' },
    {
      label: 'Basic authentication in Exchange Online',
      url: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'The program or device of the person named needs a newer version or another way to send and fetch mail.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Monitoring & health, then Sign-in logs, once for interactive and once for non-interactive sign-ins.',
      'Filter by client app and pick the legacy authentication clients; the entries tell the device, address and app.',
      'Ask the person whether it was they. If not, change the password, revoke the sessions and look for further traces.',
      'Move the program to modern sign-in, then block old protocols for everyone.',
    ],
    command: 'Get-MgBetaAuditLogSignIn -All -Filter "createdDateTime ge <date> and clientAppUsed eq \'IMAP4\'" | Group-Object UserPrincipalName,AppDisplayName',
    rollback: 'Reading the log changes nothing.',
  },
  needs: { legacySignIns },

  /**
   * An empty log is the good state: it covers 30 days of all users. Attempts that failed are counted, not judged. Mail
   * submission is judged by smtp-auth-in-use.
   */
  evaluate({ legacySignIns }) {
    const judged = [...legacySignIns.values()].filter((use) => use.client !== 'Authenticated SMTP');
    const byUser = Map.groupBy(judged, (use) => use.userId);
    const findings = [...byUser.values()].filter((uses) => uses.some((use) => use.succeeded > 0)).map(useFinding);
    const open = judged.filter((use) => use.unknown > 0);
    if (findings.length === 0 && open.length > 0) {
      throw new UnknownEvidence(
        'The sign-in log does not tell whether some sign-ins by old protocols succeeded.',
        'Open the sign-in logs in the Microsoft Entra admin center, filter by client app, legacy authentication clients, and look at their status.',
      );
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name) || byText(a.subject.id, b.subject.id)),
      byUser.size,
    );
  },
});

function useFinding(uses: readonly LegacyUse[]): Finding {
  const successes = uses.filter((use) => use.succeeded > 0);
  const clients = unique(successes.map((use) => use.client));
  const apps = unique(successes.map((use) => use.app));
  const signIns = sum(uses.map((use) => use.succeeded));
  const lastDay = isoDay(unique(successes.map((use) => use.lastSuccess)).at(-1) ?? '');
  const polls = clients.includes('IMAP4') || clients.includes('POP3');
  const retirements = polls ? 'exo-basic-auth exo-pop-imap-legacy-tls' : 'exo-basic-auth';
  const id = uses[0]?.userId ?? '';
  const name = unique(uses.map((use) => use.userPrincipalName)).at(-1) ?? id;
  return {
    subject: { type: 'user', id, name },
    message: `${name} signed in with ${list(clients)}: ${count(signIns, 'time')} in 30 days, the last on ${lastDay}.`,
    facts: { clients: clients.join(', '), apps: apps.join(', '), signIns, failedAttempts: sum(uses.map((use) => use.failed)), lastDay, retirements },
  };
}

/** Sorted, each once, without blanks. */
function unique(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
