import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { oauth2PermissionGrants } from '../../src/datasets/graph/oauth2PermissionGrants.ts';
import { type ServicePrincipal, servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { type DeepReadonly, defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'isolated-web-part-apps-left',
  title: 'No app of an isolated SharePoint web part is left',
  failTitle: 'Apps of isolated SharePoint web parts are left',
  why: 'Isolated web parts have shown an error since April 2026. The app behind each keeps the permissions that an administrator once gave it, and nobody looks after it.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Retirement of isolated web parts', url: 'https://learn.microsoft.com/sharepoint/dev/spfx/web-parts/isolated-web-parts-retirement' },
    { label: 'How isolated web parts work', url: 'https://learn.microsoft.com/sharepoint/dev/spfx/web-parts/isolated-web-parts' },
    { label: 'API access in SharePoint', url: 'https://learn.microsoft.com/sharepoint/api-access' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'The web part shows an error already; its pages keep their other content.',
    steps: [
      'SharePoint admin center > Advanced > API access: look at the permissions listed as isolated, and which solution asked for them.',
      'Where the solution is still wanted, let its developer switch isDomainIsolated off, deploy it again, and grant what it needs for the whole organization.',
      'Remove the isolated permissions there, and delete the app.',
    ],
    command: 'Remove-MgServicePrincipal -ServicePrincipalId <object-id>',
    rollback: 'Restore the app within 30 days: Entra admin center > Enterprise apps > Deleted applications.',
  },
  needs: { servicePrincipals },
  wants: { oauth2PermissionGrants },

  evaluate({ servicePrincipals, oauth2PermissionGrants }) {
    const scopes = new Map<string, Set<string>>();
    for (const { clientId, scope } of oauth2PermissionGrants.ok ? oauth2PermissionGrants.kept : []) {
      const held = scopes.get(idKey(clientId)) ?? new Set<string>();
      for (const each of (scope ?? '').split(' ').filter(Boolean)) held.add(each);
      scopes.set(idKey(clientId), held);
    }
    const findings = servicePrincipals.filter(isOfIsolatedWebPart).map((app) => left(app, [...(scopes.get(idKey(app.id)) ?? [])].sort(byText)));
    return failIfAny(findings, servicePrincipals.length);
  },
});

type App = DeepReadonly<ServicePrincipal>;

/** All apps of SharePoint's web parts have this name; the one that they share answers to the tenant's own address. */
const webPartApp = /^SharePoint Online Client Extensibility Web Application Principal/i;
/** An isolated one answers to a domain of its own: the tenant's name, and a long part made by chance. */
const ownDomain = /^https:\/\/[a-z0-9]+-(?=[a-z0-9]*\d)[a-z0-9]{12,}\.sharepoint(\.com|\.us|\.cn|-mil\.us)(\/|$)/i;

function isOfIsolatedWebPart(app: App): boolean {
  return webPartApp.test(app.displayName ?? '') && !isMicrosofts(app) && app.replyUrls.some((url) => ownDomain.test(url));
}

function left(app: App, permissions: readonly string[]): Finding {
  const domain = app.replyUrls.find((url) => ownDomain.test(url))?.split('/')[2] ?? '';
  return {
    subject: appSubject(app),
    message: `The app belongs to an isolated web part at ${domain}.`,
    facts: { domain, ...(permissions.length > 0 ? { permissions: permissions.join(', ') } : {}) },
  };
}
