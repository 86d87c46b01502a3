import { delegatedRisk } from '../../src/advisories/permission-risk.ts';
import { appSubject, publisherText } from '../../src/datasets/app-ownership.ts';
import { consents, groupedBy, outsideConsents } from '../../src/datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'user-consents-risky',
  title: 'No outside app reads mail or files on a single person’s word',
  failTitle: 'Outside apps read mail or files on a single person’s word',
  why: 'This is the trace a consent trap leaves: one user, one app nobody reviewed, and lasting access to mail and files that a new password does not end.',
  severity: 'high',
  controls: [
    { framework: 'MITRE ATT&CK', id: 'T1114.002' },
    { framework: 'MITRE ATT&CK', id: 'T1528' },
  ],
  references: [
    {
      label: 'Detect and remediate illicit consent grants',
      url: 'https://learn.microsoft.com/defender-office-365/detect-and-remediate-illicit-consent-grants',
    },
    { label: 'Protect against consent phishing', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/protect-against-consent-phishing' },
  ],
  remediation: {
    effort: 'low',
    impact: 'The named people can no longer use the app until an administrator approves it.',
    steps: [
      'Ask each person whether the consent was meant. If not, treat it as an incident: revoke sessions, look for forwarding rules.',
      'Entra admin center > Entra ID > Enterprise apps > the app > Permissions > User consent: remove the consent.',
      'Where the app is wanted: review it once and consent as administrator, limited to assigned people.',
    ],
    command: 'Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId <grant-id>',
    rollback: 'The person consents again, or an administrator does on request.',
  },
  needs: { oauth2PermissionGrants, servicePrincipals },

  evaluate(evidence, { tenant }) {
    const all = consents(evidence.servicePrincipals, evidence.oauth2PermissionGrants);
    const { consents: byUsers, unclear } = outsideConsents(all, 'Principal', tenant.id);
    const apps = groupedBy(byUsers, ({ app }) => app.id);
    const findings = [...apps.values()].flatMap((held) => {
      const risky = held.flatMap(({ grant, resourceAppId, scopes }) =>
        scopes.flatMap((scope) => {
          const risk = delegatedRisk(resourceAppId, scope);
          return risk ? [{ scope, reason: risk.reason, user: grant.principalId }] : [];
        }),
      );
      const [first] = held;
      if (!first || risky.length === 0) return [];
      const users = new Set(risky.map((each) => each.user)).size;
      const reasons = [...new Set(risky.map((each) => each.reason))].sort();
      const keeps = held.some((each) => each.scopes.includes('offline_access'));
      const message = `${first.app.displayName || first.app.id} (${publisherText(first.app, tenant.id)}) ${list(reasons, 3)}: admitted by ${count(users, 'person', 'people')}.`;
      return [
        {
          subject: appSubject(first.app),
          message,
          facts: { users, scopes: [...new Set(risky.map((each) => each.scope))].sort().join(', '), staysSignedIn: keeps },
        },
      ];
    });
    if (findings.length === 0 && unclear > 0) throw new UnknownEvidence(`Graph did not name the type of ${count(unclear, 'consent')} to outside apps.`);
    return failIfAny(findings, apps.size);
  },
});
