import { delegatedRisk } from '../../src/advisories/permission-risk.ts';
import { appSubject, isVerified, publisherText } from '../../src/datasets/app-ownership.ts';
import { consents, groupedBy, outsideConsents } from '../../src/datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'delegated-consent-broad',
  title: 'Consents for the whole company are narrow',
  failTitle: 'Outside apps act for every user with broad rights',
  why: 'A consent for everyone lets the app act as any employee who opens it, with that person’s mail and files.',
  severity: 'high',
  controls: [{ framework: 'MITRE ATT&CK', id: 'T1528' }],
  references: [
    { label: 'Grant tenant-wide admin consent', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent' },
    { label: 'Review permissions granted to applications', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'People who use the app may lose functions of it or be asked to request consent again.',
    steps: [
      'Find out who uses the app: Entra admin center > Entra ID > Enterprise apps > the app > Sign-in logs.',
      'If few do: require assignment under Properties, assign those few, and leave the consent.',
      'If nobody does, or the rights are wider than its purpose: remove the consent under Permissions > Admin consent, or by the command.',
    ],
    command: 'Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId <grant-id>',
    rollback: 'Consent again: Entra admin center > Enterprise apps > the app > Permissions > Grant admin consent.',
  },
  needs: { oauth2PermissionGrants, servicePrincipals },

  evaluate(evidence, { tenant }) {
    const all = consents(evidence.servicePrincipals, evidence.oauth2PermissionGrants);
    const { consents: forAll, unclear } = outsideConsents(all, 'AllPrincipals', tenant.id);
    const apps = [...groupedBy(forAll, ({ app }) => app.id).values()];
    const findings = apps.flatMap((held) => {
      const [first] = held;
      const risks = held
        .flatMap(({ resourceAppId, scopes }) => scopes.flatMap((scope) => ({ scope, risk: delegatedRisk(resourceAppId, scope) })))
        .filter((each) => each.risk);
      if (!first || risks.length === 0) return [];
      const reasons = [...new Set(risks.flatMap((each) => each.risk?.reason ?? []))].sort();
      const message = `${first.app.displayName || first.app.id} (${publisherText(first.app, tenant.id)}) ${list(reasons, 3)}, for every user of the company.`;
      const scopes = [...new Set(risks.map((each) => each.scope))].sort().join(', ');
      return [
        {
          subject: appSubject(first.app),
          message,
          facts: { scopes, verified: isVerified(first.app), assignmentRequired: first.app.appRoleAssignmentRequired === true },
        },
      ];
    });
    if (findings.length === 0 && unclear > 0) throw new UnknownEvidence(`Graph did not name the type of ${count(unclear, 'consent')} to outside apps.`);
    return failIfAny(findings, apps.length);
  },
});
