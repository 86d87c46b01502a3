import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { applications } from '../../src/datasets/graph/applications.ts';
import { azureAdGraphSignIns } from '../../src/datasets/graph/azureAdGraphSignIns.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { requireOutcomes, signInFindings } from '../../src/datasets/sign-in-uses.ts';
import { defineCheck, failIfAny, type Subject } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'aad-graph-sign-ins',
  title: 'No app signs in to Azure AD Graph',
  failTitle: 'Apps still sign in to Azure AD Graph',
  why: 'The interface is retired; what these apps do with it fails or soon will, often at night and unseen.',
  severity: 'high',
  controls: [],
  references: [{ label: 'Migrate Azure AD Graph apps to Microsoft Graph', url: 'https://learn.microsoft.com/graph/migrate-azure-ad-graph-overview' }],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'None for apps that have moved to Microsoft Graph already.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs > Service principal sign-ins: filter by the resource Windows Azure Active Directory and see when each app signs in.',
      'Ask its owner or vendor for the version that uses Microsoft Graph. A script with the AzureAD module and a certificate is such an app, too.',
      'Change the program, then remove its old permissions.',
    ],
    command: 'Update-MgApplication -ApplicationId <object-id> -AuthenticationBehaviors @{blockAzureADGraphAccess=$true}',
    rollback: 'Update-MgApplication -ApplicationId <object-id> -AuthenticationBehaviors @{blockAzureADGraphAccess=$false}',
  },
  needs: { azureAdGraphSignIns, applications, servicePrincipals },

  /** An own app is named by its registration, another one by its enterprise app. */
  evaluate(evidence) {
    const microsofts = new Set(evidence.servicePrincipals.filter(isMicrosofts).map((app) => idKey(app.appId ?? '')));
    const subjects = new Map<string, Subject>([
      ...evidence.servicePrincipals.map((app) => [idKey(app.appId ?? ''), appSubject(app)] as const),
      ...evidence.applications.map((app) => [idKey(app.appId ?? ''), { ...appSubject(app), type: 'application' }] as const),
    ]);
    const uses = new Map([...evidence.azureAdGraphSignIns].filter(([appId]) => !microsofts.has(idKey(appId))));
    const named = [...uses].map(([appId, use]) => [appId, { ...use, name: subjects.get(idKey(appId))?.name ?? use.name }] as const);
    const findings = signInFindings(
      new Map(named),
      'servicePrincipal',
      ({ name, signIns, last }) => `${name} signed in to Azure AD Graph ${count(signIns, 'time')} in 30 days, last on ${last}.`,
    ).map((finding) => ({ ...finding, subject: subjects.get(idKey(finding.subject.id)) ?? finding.subject }));
    if (findings.length === 0) requireOutcomes(uses, 'to Azure AD Graph');
    return failIfAny(findings, uses.size);
  },
});
