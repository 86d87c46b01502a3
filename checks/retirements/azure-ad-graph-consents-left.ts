import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { consents, groupedBy } from '../../src/datasets/app-permissions.ts';
import { endedServices } from '../../src/datasets/ended-interfaces.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'azure-ad-graph-consents-left',
  title: 'No consent is left for services that have ended',
  failTitle: 'Consents are left for services that have ended',
  why: 'Consents for a dead service make the list of what apps may do longer than it is. What matters is overlooked in it.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Migrate Azure AD Graph apps to Microsoft Graph', url: 'https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview' },
    { label: 'Review permissions granted to apps', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/manage-application-permissions' },
  ],
  remediation: {
    effort: 'low',
    impact: 'None: the service answers nobody. Apps that also have consents for Microsoft Graph keep those.',
    steps: [
      'Entra admin center > Entra ID > Enterprise apps: open each app named here > Permissions, and see that nothing but the ended service is concerned.',
      'Take the consent away by the command, which the portal does not offer for a single service.',
      'An app that has no other consent and no sign-in within 90 days can go altogether.',
    ],
    command: 'Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId <grant-id>',
    rollback: 'An administrator consents again; without the service it has no effect.',
  },
  needs: { oauth2PermissionGrants, servicePrincipals },

  evaluate(evidence) {
    const all = consents(evidence.servicePrincipals, evidence.oauth2PermissionGrants).filter(({ app }) => !isMicrosofts(app));
    const dead = all.filter(({ resourceAppId }) => endedServices.has(resourceAppId));
    const findings = [...groupedBy(dead, ({ app }) => app.id).values()].flatMap((held) => {
      const [first] = held;
      if (!first) return [];
      const services = [...new Set(held.map(({ resourceAppId }) => endedServices.get(resourceAppId) ?? resourceAppId))].sort();
      const scopes = [...new Set(held.flatMap((each) => each.scopes))].sort();
      return [
        {
          subject: appSubject(first.app),
          message: `${count(held.length, 'consent')} for ${list(services)} ${held.length === 1 ? 'is' : 'are'} left on this app.`,
          facts: { grants: held.map(({ grant }) => grant.id).join(' '), scopes: scopes.join(' ') },
        },
      ];
    });
    return failIfAny(findings, all.length);
  },
});
