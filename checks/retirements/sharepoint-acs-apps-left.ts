import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'sharepoint-acs-apps-left',
  title: 'No old SharePoint app login is left',
  failTitle: 'Old SharePoint app logins are left',
  why: 'The login system behind them has ended; scripts that used it stopped, and forgotten secrets remain.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Azure ACS retirement in SharePoint', url: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins/retirement-announcement-for-azure-acs' },
    { label: 'Upgrade from Azure ACS to Microsoft Entra', url: 'https://learn.microsoft.com/sharepoint/dev/sp-add-ins-modernize/from-acs-to-aad-apps' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'None where the replacement is in place; scripts that still use the old login have stopped already.',
    steps: [
      'Find the owner of each principal; its name and reply address usually tell the script or add-in.',
      'Register an app in Entra ID with a certificate and Sites.Selected, grant it the sites it needs, and change the script.',
      'Delete the old principal, and close the door: Set-SPOTenant -DisableCustomAppAuthentication $true.',
    ],
    command: 'Remove-MgServicePrincipal -ServicePrincipalId <object-id>',
    rollback: 'Restore the principal within 30 days: Entra admin center > Enterprise apps > Deleted applications.',
  },
  needs: { servicePrincipals },

  evaluate(evidence) {
    const findings = evidence.servicePrincipals.flatMap((app) => {
      const logins = app.passwordCredentials.length + app.keyCredentials.length;
      const repliesToSharePoint = app.replyUrls.some((url) => /\.sharepoint\.(com|us|de|cn)(\/|$)/i.test(url) || /\.sharepoint-mil\.us(\/|$)/i.test(url));
      // AppRegNew.aspx and add-ins from the SharePoint store made principals of this type; Entra registrations never have it.
      if (app.servicePrincipalType !== 'Legacy' || isMicrosofts(app) || (logins === 0 && !repliesToSharePoint)) return [];
      const what = logins > 0 ? `holds ${count(logins, 'login')}` : 'still has a SharePoint reply address';
      return [{ subject: appSubject(app), message: `${app.displayName || app.id}, made by the old SharePoint app registration, ${what}.`, facts: { logins } }];
    });
    return failIfAny(findings, evidence.servicePrincipals.length);
  },
});
