import { isValidAt, loginCredentials } from '../../src/datasets/app-credentials.ts';
import { appSubject } from '../../src/datasets/app-ownership.ts';
import { endedServices } from '../../src/datasets/ended-interfaces.ts';
import { type Application, applications } from '../../src/datasets/graph/applications.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { resourceAppRoleAssignments } from '../../src/datasets/graph/resourceAppRoleAssignments.ts';
import { resourceServicePrincipals } from '../../src/datasets/graph/resourceServicePrincipals.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { type DeepReadonly, defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'ended-api-credentials-left',
  title: 'No app keeps a valid secret just for a service that has ended',
  failTitle: 'Apps keep valid secrets just for a service that has ended',
  why: 'The secret opens nothing useful any more, but it still signs in as the app. Whoever finds it in an old script stands inside the tenant.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Migrate Azure AD Graph apps to Microsoft Graph', url: 'https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview' },
    {
      label: 'Remove unused app credentials',
      url: 'https://learn.microsoft.com/entra/identity/monitoring-health/recommendation-remove-unused-credential-from-apps',
    },
  ],
  remediation: {
    effort: 'low',
    impact: 'What still signs in with the secret fails. It cannot have called the ended service.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs > Service principal sign-ins: see whether the app still signs in, and under Roles and admins that it holds no role.',
      'No sign-in: remove the secrets and certificates under App registrations > the app > Certificates & secrets, and delete the registration after a month.',
      'Sign-ins: ask the owner what it does, and move it to Microsoft Graph.',
    ],
    command: 'Remove-MgApplicationPassword -ApplicationId <application-object-id> -KeyId <key-id>',
    rollback: 'Create a new secret; a removed one cannot be brought back. A deleted registration can be restored within 30 days.',
  },
  needs: { applications, servicePrincipals, resourceServicePrincipals, resourceAppRoleAssignments, oauth2PermissionGrants },

  evaluate(evidence, { now }) {
    const endedIds = idsOfEnded(evidence.servicePrincipals, evidence.resourceServicePrincipals);
    const elsewhere = new Set([
      ...evidence.resourceAppRoleAssignments.filter(({ resourceId }) => !resourceId || !endedIds.has(resourceId)).map(({ principalId }) => principalId),
      ...evidence.oauth2PermissionGrants.filter(({ resourceId }) => !endedIds.has(resourceId)).map(({ clientId }) => clientId),
    ]);
    const principalOf = new Map(evidence.servicePrincipals.map((app) => [app.appId, app.id]));
    const withLogin = evidence.applications.map((app) => ({ app, valid: loginCredentials(app).filter((each) => isValidAt(each, now)) }));
    const findings = withLogin
      .filter(({ app, valid }) => valid.length > 0 && asksEndedOnly(app) && !elsewhere.has(principalOf.get(app.appId) ?? ''))
      .map(({ app, valid }) => ({
        subject: { ...appSubject(app), type: 'application' },
        message: `The app asks for nothing but ${[...endedServices.values()].join(' and ')} and has ${count(valid.length, 'valid secret or certificate', 'valid secrets and certificates')}.`,
        facts: { credentials: valid.length },
      }));
    return failIfAny(findings, evidence.applications.length);
  },
});

/** Service principals of ended services, as assignments and grants name them. */
function idsOfEnded(...lists: readonly (readonly { id: string; appId?: string | null | undefined }[])[]): Set<string> {
  return new Set(
    lists
      .flat()
      .filter(({ appId }) => endedServices.has(appId ?? ''))
      .map(({ id }) => id),
  );
}

/** An app that asks for nothing at all is used in some other way, such as to call services of the company. */
function asksEndedOnly({ requiredResourceAccess }: DeepReadonly<Application>): boolean {
  const asked = requiredResourceAccess.filter(({ resourceAccess }) => resourceAccess.length > 0);
  return asked.length > 0 && asked.every(({ resourceAppId }) => endedServices.has(resourceAppId.toLowerCase()));
}
