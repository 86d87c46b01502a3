import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'users-register-apps',
  title: 'Only administrators register applications',
  failTitle: 'Every user can register applications',
  why: 'An application registered by one hijacked user can keep access long after the password of that user was changed.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.5.1v1' },
    { framework: 'CIS M365 6.0', id: '5.1.2.2' },
    { framework: 'CIS M365 7.0', id: '5.1.2.2' },
    { framework: 'EIDSCA', id: 'AP10' },
    { framework: 'NIST SP 800-53', id: 'AC-6(10)' },
    { framework: 'NIST SP 800-53', id: 'CM-5' },
    { framework: 'ISO 27001:2022', id: 'A.8.18' },
    { framework: 'ISO 27001:2022', id: 'A.8.26' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.001' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
  ],
  references: [
    { label: 'Default user permissions', url: 'https://learn.microsoft.com/entra/fundamentals/users-default-permissions' },
    { label: 'Delegate app registration', url: 'https://learn.microsoft.com/entra/identity/role-based-access-control/delegate-app-roles' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Developers ask for the role Application Developer before they register an application.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Users, then User settings.',
      'Set "Users can register applications" to No.',
      'Give the role Application Developer to the people who need it.',
    ],
    command: 'Update-MgPolicyAuthorizationPolicy -DefaultUserRolePermissions @{allowedToCreateApps=$false}',
    rollback: 'Set the switch to Yes again.',
  },
  needs: { authorizationPolicy },

  evaluate(evidence) {
    const allowed = theOnly(evidence.authorizationPolicy, 'authorization policy').defaultUserRolePermissions?.allowedToCreateApps;
    if (allowed == null) throw new UnknownEvidence('The service did not say whether users may register applications.');
    if (!allowed) return failIfAny([], 1);
    const subject = { type: 'authorizationPolicy', id: 'authorizationPolicy', name: 'Default user permissions' };
    return failIfAny([{ subject, message: 'Every user of the tenant may register applications.' }], 1);
  },
});
