import { signInScopes } from '../../src/advisories/permission-risk.ts';
import { appSubject, isVerified, publisherText } from '../../src/datasets/app-ownership.ts';
import { consents, groupedBy, outsideConsents } from '../../src/datasets/app-permissions.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'user-consents-unverified-apps',
  title: 'Staff have not let unverified apps in',
  failTitle: 'Staff have let unverified apps in',
  why: 'These apps were admitted by one person each, without any check of who is behind them.',
  severity: 'high',
  controls: [
    { framework: 'MITRE ATT&CK', id: 'T1528' },
    { framework: 'MITRE ATT&CK', id: 'T1550.001' },
  ],
  references: [
    { label: 'Publisher verification', url: 'https://learn.microsoft.com/entra/identity-platform/publisher-verification-overview' },
    { label: 'Investigate risky OAuth apps', url: 'https://learn.microsoft.com/defender-cloud-apps/investigate-risky-oauth' },
  ],
  remediation: {
    effort: 'low',
    impact: 'The named people can no longer use the app until an administrator approves it.',
    steps: [
      'Ask the people who consented whether they know the app. If nobody does, treat it as an incident.',
      'Entra admin center > Entra ID > Enterprise apps > the app > Permissions > User consent: remove the consents that are not needed.',
      'Unknown app: switch it off under Properties (Enabled for users to sign-in: No) and revoke the sessions of those people.',
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
      const [first] = held;
      const scopes = [...new Set(held.flatMap((each) => each.scopes))].filter((scope) => !signInScopes.has(scope)).sort();
      if (!first || isVerified(first.app) || scopes.length === 0) return [];
      const users = new Set(held.map(({ grant }) => grant.principalId)).size;
      const message = `${count(users, 'person', 'people')} let ${first.app.displayName || first.app.id} (${publisherText(first.app, tenant.id)}) use ${list(scopes, 5)}.`;
      return [{ subject: appSubject(first.app), message, facts: { users, scopes: scopes.join(', ') } }];
    });
    if (findings.length === 0 && unclear > 0) throw new UnknownEvidence(`Graph did not name the type of ${count(unclear, 'consent')} to outside apps.`);
    return failIfAny(findings, apps.size);
  },
});
