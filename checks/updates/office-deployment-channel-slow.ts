import { officeSuiteApps } from '../../src/datasets/graph/officeSuiteApps.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { officeXml } from '../../src/datasets/office-xml.ts';
import { type DeepReadonly, defineCheck, failIfAny, type KeptOf, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

const timely = ['current', 'firstReleaseCurrent', 'monthlyEnterprise'];
const slow = ['deferred', 'firstReleaseDeferred'];

/** Channel names of the deployment XML and their older names: https://learn.microsoft.com/microsoft-365-apps/deploy/office-deployment-tool-configuration-options */
const namedInXml: ReadonlyMap<string, string> = new Map([
  ['current', 'current'],
  ['monthly', 'current'],
  ['currentpreview', 'firstReleaseCurrent'],
  ['firstreleasecurrent', 'firstReleaseCurrent'],
  ['monthlyenterprise', 'monthlyEnterprise'],
  ['semiannual', 'deferred'],
  ['broad', 'deferred'],
  ['deferred', 'deferred'],
  ['semiannualpreview', 'firstReleaseDeferred'],
  ['targeted', 'firstReleaseDeferred'],
  ['firstreleasedeferred', 'firstReleaseDeferred'],
]);

export default defineCheck({
  id: 'office-deployment-channel-slow',
  title: 'Intune installs Microsoft 365 Apps from a monthly channel',
  failTitle: 'Intune installs Microsoft 365 Apps from the half-yearly channel',
  why: 'The half-yearly channel was merged into the monthly one in July 2026; computers set up with it run versions that fall out of support on different days.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Microsoft 365 Apps in Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/apps-add-office365' },
    { label: 'Update channels of Microsoft 365 Apps', url: 'https://learn.microsoft.com/microsoft-365-apps/updates/overview-update-channels' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'low',
    impact: 'Computers move to the monthly channel with their next Office update; features arrive monthly.',
    steps: [
      'Intune admin center > Apps > Windows: open the Microsoft 365 Apps entry named here > Properties > App suite configuration.',
      'Set Update channel to Monthly Enterprise Channel and Remove other versions to Yes.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceAppManagement/mobileApps/<app-id>' -Body '{"@odata.type":"#microsoft.graph.officeSuiteApp","updateChannel":"monthlyEnterprise"}'`,
    rollback: 'Set the former channel in the same place.',
  },
  needs: { officeSuiteApps },

  evaluate({ officeSuiteApps }) {
    const apps = officeSuiteApps.filter((app) => app.isAssigned !== false).map((app) => ({ ...app, updateChannel: channelOf(app) }));
    if (apps.length === 0) return { verdict: 'notApplicable', because: 'Intune installs Microsoft 365 Apps on no device.' };

    const findings = apps
      .filter((app) => app.isAssigned && slow.includes(app.updateChannel ?? ''))
      .map((app) => ({
        subject: { type: 'officeSuiteApp', id: app.id, name: app.displayName || app.id },
        message: 'This deployment installs the Semi-Annual Enterprise Channel.',
        facts: { updateChannel: app.updateChannel ?? '' },
      }));
    const unknown = apps
      .filter((app) => app.isAssigned == null || ![...timely, ...slow].includes(app.updateChannel ?? ''))
      .map((app) => app.displayName || app.id)
      .sort(byText);
    if (findings.length === 0 && unknown[0])
      throw new UnknownEvidence(
        `The update channel or the assignment of the deployment ${unknown[0]} is not told in a form this version knows.`,
        'A deployment with its own configuration XML names its channel there: open it in Intune admin center > Apps > Windows.',
      );
    return failIfAny(findings, apps.length);
  },
});

/** `none` where the deployment carries an XML; the element Add of that XML names the channel. */
function channelOf(app: DeepReadonly<KeptOf<typeof officeSuiteApps>>[number]): string | null | undefined {
  if (app.updateChannel !== 'none' || !app.officeConfigurationXml) return app.updateChannel;
  const add = /<Add\b[^>]*\bChannel\s*=\s*["']([A-Za-z]+)["']/i.exec(officeXml(app.officeConfigurationXml));
  return namedInXml.get(add?.[1]?.toLowerCase() ?? '') ?? app.updateChannel;
}
