import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { resourceApps } from '../../src/lib/app-ids.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'first-party-app-credentials',
  title: 'Microsoft’s own apps carry no added login',
  failTitle: 'A login was added to one of Microsoft’s own apps',
  why: 'Such a login uses the broad rights of Microsoft’s app in your tenant. It is rarely meant and a known sign of intrusion.',
  severity: 'high',
  controls: [{ framework: 'MITRE ATT&CK', id: 'T1098.001' }],
  references: [
    { label: 'Application and service principal objects', url: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals' },
    { label: 'servicePrincipal: removePassword', url: 'https://learn.microsoft.com/graph/api/serviceprincipal-removepassword' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Whatever signs in with this login stops. Microsoft’s service itself does not use it.',
    steps: [
      'Find out who added it: Entra admin center > Audit logs > activity "Add service principal credentials" for this app.',
      'If nobody can explain it, treat it as an incident before you remove it.',
      'Remove the login by the command; the portal does not show it.',
    ],
    command: 'Remove-MgServicePrincipalPassword -ServicePrincipalId <object-id> -KeyId <key-id>',
    rollback: 'A removed login cannot be restored; the owner of the integration registers an app of its own.',
  },
  needs: { servicePrincipals },

  evaluate(evidence) {
    // The hybrid wizard put certificates on Exchange Online's app: `exchange-hybrid-shared-principal` judges that one.
    const apps = evidence.servicePrincipals.filter((app) => isMicrosofts(app) && app.appId !== resourceApps.exchange);
    if (apps.length === 0) return { verdict: 'notApplicable', because: 'Graph lists none of Microsoft’s own apps besides Exchange Online.' };
    const findings = apps.flatMap((app) => {
      const passwords = app.passwordCredentials.length;
      const certificates = app.keyCredentials.length;
      if (passwords + certificates === 0) return [];
      const message = `${app.displayName || app.id} is Microsoft’s app and carries ${count(passwords + certificates, 'added login')}.`;
      return [{ subject: appSubject(app), message, facts: { passwords, certificates } }];
    });
    return failIfAny(findings, apps.length);
  },
});
