import { onmicrosoftMailUsers } from '../../src/datasets/graph/onmicrosoftMailUsers.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Exchange makes these mailboxes for itself. */
const system = /^(?:DiscoverySearchMailbox|SystemMailbox|FederatedEmail\.|Migration\.)/i;

export default defineCheck({
  id: 'onmicrosoft-sender-addresses',
  title: 'Mail leaves from your own domain',
  failTitle: 'Mailboxes send from the onmicrosoft.com address',
  why: 'Microsoft refuses mail of this domain to more than 100 outside recipients a day, and customers distrust the name.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Exchange Online limits',
      url: 'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
    },
    { label: 'Add a domain to Microsoft 365', url: 'https://learn.microsoft.com/microsoft-365/admin/setup/add-domain' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Recipients see the new address; the old one still receives.',
    steps: [
      'Add and verify a domain of your own, if there is none, and make it the default.',
      'Exchange admin center > Recipients > Mailboxes > the mailbox > Manage email address types: add an address of your domain and set it as primary.',
      'Look for devices and programs that name the old address as their sender.',
    ],
    command: 'Set-Mailbox <mailbox-address> -WindowsEmailAddress <new-address>',
    rollback: 'Set-Mailbox <mailbox-address> -WindowsEmailAddress <old-address>',
  },
  needs: { onmicrosoftMailUsers },

  /** Disabled accounts count: those of shared mailboxes are disabled and send all the same. People of other organizations have their mail there, members or not. */
  evaluate(evidence) {
    const own = evidence.onmicrosoftMailUsers.filter(
      ({ userType, userPrincipalName: name }) => userType !== 'Guest' && !name.includes('#EXT#') && !system.test(name),
    );
    const findings = own
      .filter((user) => user.userType === 'Member')
      .map((user) => ({
        subject: { type: 'user', id: user.id, name: user.userPrincipalName },
        message: `${user.userPrincipalName} sends mail as ${user.mail ?? user.userPrincipalName}.`,
        facts: { enabled: user.accountEnabled ?? 'unknown' },
      }))
      .sort((a, b) => byText(a.subject.name, b.subject.name));
    const unclear = own.filter((user) => user.userType !== 'Member').map((user) => user.userPrincipalName);
    if (findings.length === 0 && unclear.length > 0)
      throw new UnknownEvidence(
        `Graph did not say whether ${list(unclear.sort(), 3)} is a member or a guest.`,
        'Entra admin center > Entra ID > Users > the account: look at the user type.',
      );
    return failIfAny(findings, own.length);
  },
});
