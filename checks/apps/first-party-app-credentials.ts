import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { resourceApps } from '../../src/lib/app-ids.ts';
import { count } from '../../src/lib/text.ts';

/** Azure Multi-Factor Auth Client: https://learn.microsoft.com/powershell/module/adfs/set-adfsazuremfatenant */
const multiFactorClient = '981f26a1-7f43-403b-a875-f8b09b8cd720';

export default defineCheck({
  id: 'first-party-app-credentials',
  title: 'Microsoft’s own apps carry no added login',
  failTitle: 'A login was added to one of Microsoft’s own apps',
  why: 'Such a login uses the broad rights of Microsoft’s app in your tenant. Some server products of Microsoft add one on purpose; any other is a known sign of intrusion.',
  severity: 'high',
  controls: [{ framework: 'MITRE ATT&CK', id: 'T1098.001' }],
  references: [
    { label: 'Application and service principal objects', url: 'https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals' },
    { label: 'servicePrincipal: removePassword', url: 'https://learn.microsoft.com/graph/api/serviceprincipal-removepassword' },
  ],
  remediation: {
    effort: 'low',
    impact:
      'Whatever signs in with this login stops. On "Azure Multi-Factor Auth Client" that can be the second factor of your VPN or AD FS, on SharePoint or Skype a hybrid with local servers.',
    steps: [
      'Find out who added it: Entra admin center > Entra ID > Monitoring & health > Audit logs > activity "Add service principal credentials" for this app.',
      'Meant: "Azure Multi-Factor Auth Client" holds certificates of the NPS extension or of AD FS, SharePoint and Skype those of a hybrid. Remove only the ones that are expired or of servers that are gone, and accept the rest in the configuration.',
      'If nobody can explain it, treat it as an incident before you remove it.',
      'Remove the login by the command; the portal does not show it. For certificates: Update-MgServicePrincipal -ServicePrincipalId <object-id> -KeyCredentials with those that stay.',
    ],
    command: 'Remove-MgServicePrincipalPassword -ServicePrincipalId <object-id> -KeyId <key-id>',
    rollback: 'A removed login cannot be restored; the owner of the integration registers an app of its own.',
  },
  needs: { servicePrincipals },

  evaluate(evidence) {
    const apps = evidence.servicePrincipals.filter((app) => isMicrosofts(app));
    if (apps.length === 0) return { verdict: 'notApplicable', because: 'Graph lists none of Microsoft’s own apps.' };
    const findings = apps.flatMap((app) => {
      const passwords = app.passwordCredentials.length;
      // The hybrid wizard put certificates on Exchange Online's app: `exchange-hybrid-shared-principal` judges those.
      const certificates = app.appId === resourceApps.exchange ? 0 : app.keyCredentials.length;
      if (passwords + certificates === 0) return [];
      const usual = passwords === 0 && app.appId === multiFactorClient ? ', as the NPS extension and AD FS add it' : '';
      const message = `${app.displayName || app.id} is Microsoft’s app and carries ${count(passwords + certificates, 'added login')}${usual}.`;
      // Microsoft has ended passwords on its apps; certificates still work.
      const retirements = passwords > 0 ? 'entra-first-party-sp-symmetric-keys' : 'none';
      return [{ subject: appSubject(app), message, facts: { passwords, certificates, retirements } }];
    });
    return failIfAny(findings, apps.length);
  },
});
