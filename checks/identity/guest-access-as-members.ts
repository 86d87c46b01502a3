import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** The three roles guests can be given; the ids are the same in every tenant. */
const sameAsMembers = 'a0b1b346-4d3e-4e8b-98f8-753987be4970';
const limited = ['10dae51f-b6af-4016-8d66-8c2a99b929b3', '2af84b1e-32c8-42b7-82bc-daa82404023b'];

export default defineCheck({
  id: 'guest-access-as-members',
  title: 'Guests see less of the directory than staff',
  failTitle: 'Guests see the directory like staff',
  why: 'Names, groups and roles of your people are a shopping list for an attacker.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.8.1v1' },
    { framework: 'CIS M365 6.0', id: '5.1.6.2' },
    { framework: 'CIS M365 7.0', id: '5.1.6.2' },
    { framework: 'NIST SP 800-53', id: 'AC-6' },
    { framework: 'ISO 27001:2022', id: 'A.5.10' },
    { framework: 'ISO 27001:2022', id: 'A.5.15' },
    { framework: 'ISO 27001:2022', id: 'A.5.18' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'ISO 27001:2022', id: 'A.7.4' },
    { framework: 'ISO 27001:2022', id: 'A.8.3' },
    { framework: 'MITRE ATT&CK', id: 'T1087' },
    { framework: 'MITRE ATT&CK', id: 'T1087.003' },
    { framework: 'MITRE ATT&CK', id: 'T1087.004' },
    { framework: 'MITRE ATT&CK', id: 'T1526' },
  ],
  references: [{ label: 'Restrict guest access permissions', url: 'https://learn.microsoft.com/entra/identity/users/users-restrict-guest-permissions' }],
  remediation: {
    effort: 'low',
    impact: 'Guests no longer see other people and groups; their shared files and teams keep working.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then External Identities, then External collaboration settings.',
      'Under Guest user access, select "restricted to properties and memberships of their own directory objects".',
    ],
    command: "Update-MgPolicyAuthorizationPolicy -GuestUserRoleId '2af84b1e-32c8-42b7-82bc-daa82404023b'",
    rollback: 'Select the former setting on the same page.',
  },
  needs: { authorizationPolicy },

  evaluate(evidence) {
    const role = theOnly(evidence.authorizationPolicy, 'authorization policy').guestUserRoleId?.toLowerCase();
    if (role && limited.includes(role)) return failIfAny([], 1);
    if (role !== sameAsMembers)
      throw new UnknownEvidence(
        `The role of guests is ${role ?? 'null'}, which is not known.`,
        'Look under External Identities, External collaboration settings in the Microsoft Entra admin center which one is chosen, save the page once, and scan again.',
      );
    const subject = { type: 'authorizationPolicy', id: 'authorizationPolicy', name: 'External collaboration settings' };
    return failIfAny([{ subject, message: 'Guests have the same access to the directory as members.', facts: { guestUserRoleId: role } }], 1);
  },
});
