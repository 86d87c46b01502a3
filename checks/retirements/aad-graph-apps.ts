import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { appPermissions, consents, groupedBy } from '../../src/datasets/app-permissions.ts';
import { applications } from '../../src/datasets/graph/applications.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { recommendations } from '../../src/datasets/graph/recommendations.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { namedByEntra } from '../../src/datasets/named-by-entra.ts';
import { defineCheck, failIfAny, type Subject } from '../../src/kit/kit.ts';
import { resourceApps } from '../../src/lib/app-ids.ts';
import { list } from '../../src/lib/text.ts';

/** Old registrations were given these by default; they serve to sign in and read nothing else. */
const signInOnly = ['User.Read', 'openid', 'profile', 'email', 'offline_access'];

export default defineCheck({
  id: 'aad-graph-apps',
  title: 'No app has permissions for Azure AD Graph',
  failTitle: 'Apps still have permissions for Azure AD Graph',
  why: 'Microsoft has retired this interface; scripts and tools that call it stop without an error anyone sees.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Migrate Azure AD Graph apps to Microsoft Graph', url: 'https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview' },
    { label: 'authenticationBehaviors', url: 'https://learn.microsoft.com/graph/api/resources/authenticationbehaviors' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'None for apps that have moved to Microsoft Graph already.',
    steps: [
      'Ask the owner of each app whether it still calls graph.windows.net; the recommendations page of the Entra admin center lists recent calls.',
      'Change the program to Microsoft Graph and grant the matching permissions.',
      'Entra admin center > Entra ID > App registrations > the app > API permissions: remove everything under "Azure Active Directory Graph".',
    ],
    command:
      'Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0000-c000-000000000000\'" | ForEach-Object {Get-MgServicePrincipalAppRoleAssignedTo -ServicePrincipalId $_.Id -All}',
    rollback: 'Add the permission again; it no longer has an effect once Microsoft has switched the interface off.',
  },
  needs: { applications, servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments, oauth2PermissionGrants },
  wants: { recommendations },

  evaluate(evidence) {
    const outside = evidence.servicePrincipals.filter((app) => !isMicrosofts(app));
    const own = new Map(evidence.applications.map((app) => [app.appId, app]));
    const permissions = appPermissions(evidence.servicePrincipals, evidence.resourceServicePrincipals, evidence.resourceAppRoleAssignments);
    const held = permissions.filter((each) => each.resourceAppId === resourceApps.azureAdGraph && !(each.app && isMicrosofts(each.app)));

    const consented = consents(outside, evidence.oauth2PermissionGrants, evidence.servicePrincipals).filter(
      ({ resourceAppId, scopes }) => resourceAppId === resourceApps.azureAdGraph && scopes.some((scope) => !signInOnly.includes(scope)),
    );
    const subjectOf = (appId: string | null | undefined, other: Subject): Subject => {
      const registration = appId ? own.get(appId) : undefined;
      return registration ? { ...appSubject(registration), type: 'application' } : other;
    };

    const reasons = [
      ...evidence.applications.flatMap((app) => {
        const subject = { ...appSubject(app), type: 'application' };
        const requests = app.requiredResourceAccess.some(
          ({ resourceAppId, resourceAccess }) => resourceAppId.toLowerCase() === resourceApps.azureAdGraph && resourceAccess.length > 0,
        );
        return [
          ...(requests ? [{ subject, what: 'requests its permissions' }] : []),
          ...(app.authenticationBehaviors?.blockAzureADGraphAccess === false ? [{ subject, what: 'was given more time to use it' }] : []),
        ];
      }),
      // An own app is named once, by its registration.
      ...held.map(({ app, appId, appName, permission }) => {
        const subject = subjectOf(app?.appId, { type: 'servicePrincipal', id: appId, name: appName });
        return { subject, what: `holds ${permission} on it` };
      }),
      ...consented.map(({ app }) => ({ subject: subjectOf(app.appId, appSubject(app)), what: 'may act there for people who consented' })),
    ];
    const named = evidence.recommendations.ok ? namedByEntra(evidence.recommendations.kept, /^aadGraphDeprecation/) : undefined;
    const findings = [...groupedBy(reasons, ({ subject }) => subject.id).values()].flatMap((all) => {
      const [first] = all;
      const what = [...new Set(all.map((each) => each.what))].sort();
      if (!first) return [];
      const { subject } = first;
      const facts = named ? { facts: { namedByEntra: named.has(subject.id) } } : {};
      return [{ subject, message: `${subject.name} is set up for Azure AD Graph: it ${list(what, 4)}.`, ...facts }];
    });
    return failIfAny(findings, evidence.applications.length + outside.length);
  },
});
