import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

const restricted = ['adminsAndGuestInviters', 'none'];
const open: Readonly<Record<string, string>> = {
  everyone: 'Everyone can invite guests, guests included.',
  adminsGuestInvitersAndAllMembers: 'Every member of the tenant can invite guests.',
};

export default defineCheck({
  id: 'guest-invites-open',
  title: 'Only appointed people invite guests',
  failTitle: 'Everyone can invite guests',
  why: 'Each invitation creates an account in your tenant that nobody in IT has seen.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.8.2v1' },
    { framework: 'CIS M365 6.0', id: '5.1.6.3' },
    { framework: 'CIS M365 7.0', id: '5.1.6.3' },
    { framework: 'EIDSCA', id: 'AP04' },
    { framework: 'NIST SP 800-53', id: 'AC-6(10)' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.24' },
    { framework: 'ISO 27001:2022', id: 'A.5.3' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
  ],
  references: [
    { label: 'Configure external collaboration settings', url: 'https://learn.microsoft.com/entra/external-id/external-collaboration-settings-configure' },
  ],
  remediation: {
    effort: 'low',
    impact: 'People who want to invite a guest ask an administrator or somebody with the role Guest Inviter.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then External Identities, then External collaboration settings.',
      'Under Guest invite settings, select "Only users assigned to specific admin roles can invite guest users".',
      'Give the role Guest Inviter to the people who invite often.',
    ],
    command: 'Update-MgPolicyAuthorizationPolicy -AllowInvitesFrom adminsAndGuestInviters',
    rollback: 'Select the former setting on the same page.',
  },
  needs: { authorizationPolicy },

  evaluate(evidence) {
    const allowed = theOnly(evidence.authorizationPolicy, 'authorization policy').allowInvitesFrom;
    if (allowed != null && restricted.includes(allowed)) return failIfAny([], 1);
    const message = open[allowed ?? ''];
    if (!message)
      throw new UnknownEvidence(
        `Who may invite guests is ${allowed ?? 'null'}, which is not known.`,
        'Look under External Identities, External collaboration settings in the Microsoft Entra admin center which one is chosen, save the page once, and scan again.',
      );
    const subject = { type: 'authorizationPolicy', id: 'authorizationPolicy', name: 'External collaboration settings' };
    return failIfAny([{ subject, message, facts: { allowInvitesFrom: allowed ?? '', guestsMayInvite: allowed === 'everyone' } }], 1);
  },
});
