import { accountsWhere, type Person } from '../../src/datasets/accounts.ts';
import { type Answer, clientApps, enforcement, type Policy, requiresMfaOrBlocks } from '../../src/datasets/conditional-access.ts';
import { coverageOf } from '../../src/datasets/coverage.ts';
import { unknownCoverage } from '../../src/datasets/coverage-findings.ts';
import { authorizationPolicy } from '../../src/datasets/graph/authorizationPolicy.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { securityDefaults } from '../../src/datasets/graph/securityDefaults.ts';
import { users } from '../../src/datasets/graph/users.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';

const guestTypes: Readonly<Record<string, string>> = {
  internalGuest: 'Local guests',
  b2bCollaborationGuest: 'Invited guests',
  b2bCollaborationMember: 'Invited people who count as members',
  b2bDirectConnectUser: 'People in shared channels',
  otherExternalUser: 'Other external people',
  serviceProvider: 'People of a service provider',
};

export default defineCheck({
  id: 'mfa-missing-guests',
  title: 'Guests need a second factor',
  failTitle: 'No rule asks some guests for a second factor',
  why: 'The weakly protected account of a partner is a side door to your shared files.',
  severity: 'high',
  controls: [
    { framework: 'ISO 27001:2022', id: 'A.5.15' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.8.3' },
    { framework: 'ISO 27001:2022', id: 'A.8.5' },
  ],
  references: [
    { label: 'Require multifactor authentication for guests', url: 'https://learn.microsoft.com/entra/identity/conditional-access/policy-guests-mfa-strength' },
    {
      label: 'Authentication and Conditional Access for external users',
      url: 'https://learn.microsoft.com/entra/external-id/authentication-conditional-access',
    },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'Guests register a second factor in your tenant, unless you trust the one of their own tenant.',
    steps: [
      'Open the Microsoft Entra admin center, then Entra ID, then Conditional Access, then Policies, and choose New policy from template.',
      'Take the template "Require multifactor authentication for guest access" and keep all guest and external user types.',
      'Open Entra ID, then External Identities, then Cross-tenant access settings, and trust the second factor of partners you work with closely.',
      'Watch the policy in report-only for a week, then switch it on.',
    ],
    command:
      "New-MgIdentityConditionalAccessPolicy -BodyParameter @{displayName='MFA for guests';state='enabledForReportingButNotEnforced';conditions=@{users=@{includeGuestsOrExternalUsers=@{guestOrExternalUserTypes='internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider';externalTenants=@{'@odata.type'='#microsoft.graph.conditionalAccessAllExternalTenants';membershipKind='all'}}};applications=@{includeApplications=@('All')}};grantControls=@{operator='OR';builtInControls=@('mfa')}}",
    rollback: 'Set the policy to report-only.',
  },
  needs: { securityDefaults, conditionalAccessPolicies, users, authorizationPolicy },

  /** Judged by type of guest, as policies name them; most types have no account in the tenant that could be looked at. */
  evaluate(evidence) {
    const invites = theOnly(evidence.authorizationPolicy, 'authorization policy').allowInvitesFrom;
    const guests = accountsWhere(evidence.users, (user) => user.userType === 'Guest' || user.external).length;
    if (guests === 0 && invites === 'none') return { verdict: 'notApplicable', because: 'The tenant has no guest, and nobody may invite one.' };
    const people = Object.keys(guestTypes).map(anyOf);
    // Guests are treated like the tenant's own people: https://learn.microsoft.com/entra/fundamentals/security-defaults
    if (theOnly(evidence.securityDefaults, 'security defaults policy').isEnabled) return { verdict: 'pass', examined: people.length };
    const directory = { users: evidence.users, groups: new Map(), roles: new Map() };
    const policies = evidence.conditionalAccessPolicies;
    const coverage = coverageOf(policies, { met: requiresMfaOrBlocks, clientApps }, directory, people);
    // Taking every unknown value for the good one leaves the doubt that no value can lift: where a guest comes from.
    const hopeful = (policy: Policy): Answer => (requiresMfaOrBlocks(policy) === 'no' ? 'no' : 'yes');
    const inForce = policies.map((policy): Policy => (enforcement(policy) === 'unknown' ? { ...policy, state: 'enabled' } : policy));
    const partly = coverageOf(inForce, { met: hopeful, clientApps }, directory, people).unknown;
    const findings = [...coverage.uncovered, ...partly].map(({ id }): Finding => {
      const name = guestTypes[id] ?? id;
      const scope = coverage.uncovered.some((open) => open.id === id) ? '' : ', at least from some organizations,';
      const message = `${name}${scope} are not always asked for a second factor by an enforced policy.`;
      return { subject: { type: 'conditionalAccessGuestsOrExternalUsers', id, name }, message, facts: { guestAccounts: guests } };
    });
    const apps = [...coverage.leftOutApps.keys()].sort().map((id): Finding => {
      return {
        subject: { type: 'servicePrincipal', id, name: id },
        message: `A second factor of guests is not required for the resource ${id}.`,
        facts: { appId: id },
      };
    });
    if (findings.length + apps.length === 0 && coverage.unknown.length > 0) throw unknownCoverage(coverage.unknown, coverage.counting);
    return failIfAny([...findings, ...apps], people.length);
  },
});

/** Stands for all people of one type. */
function anyOf(guestType: string): Person {
  return {
    id: guestType,
    userPrincipalName: guestType,
    accountEnabled: true,
    userType: 'Guest',
    external: true,
    onPremisesSyncEnabled: false,
    createdDay: null,
    guestType,
  };
}
