import { groupedBy } from '../../src/datasets/app-permissions.ts';
import { legacySignIns } from '../../src/datasets/graph/legacySignIns.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'smtp-auth-in-use',
  title: 'No device or program submits mail with a password',
  failTitle: 'Devices or programs submit mail with a password',
  why: 'Printers, scanners and old programs stop sending when Microsoft ends password submission; until then the password alone opens the mailbox.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Authenticated SMTP submission',
      url: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    },
    {
      label: 'Send mail from devices and applications',
      url: 'https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'A device that was not changed over stops sending mail.',
    steps: [
      'Exchange admin center > Reports > Mail flow > SMTP AUTH clients: find the device or program behind each account.',
      'Change it to OAuth, to Graph, to High Volume Email for internal mail, or let it relay through a connector.',
      'Then switch SMTP AUTH off for the mailbox, and at last for the organization.',
    ],
    command: 'Set-CASMailbox <mailbox-address> -SmtpClientAuthenticationDisabled $true',
    rollback: 'Set-CASMailbox <mailbox-address> -SmtpClientAuthenticationDisabled $false',
  },
  needs: { legacySignIns },

  evaluate(evidence) {
    const uses = [...evidence.legacySignIns.values()].filter((use) => use.client === 'Authenticated SMTP');
    const users = groupedBy(uses, (use) => use.userId);
    const findings = [...users].flatMap(([id, all]) => {
      const succeeded = all.reduce((sum, use) => sum + use.succeeded, 0);
      if (succeeded === 0) return [];
      const name =
        all
          .map((use) => use.userPrincipalName)
          .sort(byText)
          .at(-1) || id;
      const last =
        all
          .map((use) => use.lastSuccess)
          .sort(byText)
          .at(-1) ?? '';
      const apps = [...new Set(all.map((use) => use.app).filter(Boolean))].sort();
      const failed = all.reduce((sum, use) => sum + use.failed, 0);
      const message = `${name} submitted mail by SMTP with a password ${count(succeeded, 'time')} in 30 days, last on ${isoDay(last)}.`;
      return [{ subject: { type: 'user', id, name }, message, facts: { succeeded, failed, last: isoDay(last), apps: list(apps) } }];
    });
    if (findings.length === 0 && uses.some((use) => use.unknown > 0))
      throw new UnknownEvidence(
        'The sign-in log does not tell whether SMTP sign-ins succeeded.',
        'Entra admin center > Monitoring & health > Sign-in logs: filter by the client app Authenticated SMTP and look at the status.',
      );
    return failIfAny(findings, users.size);
  },
});
