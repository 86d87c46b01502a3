import { appSubject } from '../../src/datasets/app-ownership.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

/** Client apps of Microsoft that it has retired. Both have the consents of old, for every user, until they are switched off. */
const retired: ReadonlyMap<string, string> = new Map([
  ['1b730954-1685-4b74-9bfd-dac224a7b894', 'the MSOnline and AzureAD modules, retired in 2025'],
  ['d1ddf0e4-d672-4dae-b554-9d5bdfd93547', 'the old Intune PowerShell scripts, retired in April 2024'],
]);

export default defineCheck({
  id: 'retired-clients-enabled',
  title: 'Retired client apps of Microsoft are switched off',
  failTitle: 'Retired client apps of Microsoft can still be used to sign in',
  why: 'Nobody needs these apps any more, but attackers like them: they carry wide consents, and a sign-in through them looks like an administrator at work.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Disable user sign-in for an app', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/disable-user-sign-in-portal' },
    { label: 'Migrate from Azure AD and MSOnline PowerShell', url: 'https://learn.microsoft.com/powershell/microsoftgraph/migration-steps' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Scripts that still sign in through the app fail; they would fail soon anyway.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs: filter by the application named here, and move what still uses it.',
      'Entra admin center > Entra ID > Enterprise apps: open the app > Properties, and set Enabled for users to sign in to No. Do not delete it: it would come back enabled.',
    ],
    command: 'Update-MgServicePrincipal -ServicePrincipalId <object-id> -AccountEnabled:$false',
    rollback: 'Update-MgServicePrincipal -ServicePrincipalId <object-id> -AccountEnabled:$true',
  },
  needs: { servicePrincipals },

  evaluate(evidence) {
    const present = evidence.servicePrincipals.filter(({ appId }) => retired.has(appId?.toLowerCase() ?? ''));
    const findings = present
      .filter(({ accountEnabled }) => accountEnabled)
      .map((app) => ({
        subject: appSubject(app),
        message: `The app of ${retired.get(app.appId?.toLowerCase() ?? '')}, is enabled for users.`,
        facts: { appId: app.appId ?? '' },
      }));
    if (findings.length === 0 && present.some(({ accountEnabled }) => accountEnabled == null))
      throw new UnknownEvidence(
        'Graph does not tell whether a retired client app is enabled.',
        'Entra admin center > Entra ID > Enterprise apps: open the app > Properties.',
      );
    return failIfAny(findings, present.length);
  },
});
