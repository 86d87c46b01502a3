import { officeSuiteApps } from '../../src/datasets/graph/officeSuiteApps.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { excludesInXml, officeXml } from '../../src/datasets/office-xml.ts';
import { type DeepReadonly, defineCheck, failIfAny, type KeptOf, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

/** Suites that bring Publisher along unless it is left out; Project and Visio alone do not. */
const suites = /^o365(ProPlus|Business)Retail$/i;

export default defineCheck({
  id: 'publisher-still-deployed',
  title: 'Intune installs Microsoft 365 Apps without Publisher',
  failTitle: 'Intune still installs Publisher',
  why: 'Publisher leaves Microsoft 365 in October 2026, and its files cannot be opened in it any more. As long as it is installed, people make new ones.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Microsoft 365 Apps in Intune', url: 'https://learn.microsoft.com/intune/intune-service/apps/apps-add-office365' },
    {
      label: 'Leaving programs out of a deployment',
      url: 'https://learn.microsoft.com/microsoft-365-apps/deploy/office-deployment-tool-configuration-options',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'Publisher disappears from the computers. Files in its format must be converted before.',
    steps: [
      'Search SharePoint, OneDrive and file servers for files that end in .pub, and save those still needed as PDF or Word documents.',
      'Intune admin center > Apps > Windows: open the deployment named here > Properties > App suite configuration, and clear Publisher. With a configuration XML of its own, add <ExcludeApp ID="Publisher" />.',
    ],
    command: `Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/beta/deviceAppManagement/mobileApps/<app-id>' -Body '{"@odata.type":"#microsoft.graph.officeSuiteApp","excludedApps":{"publisher":true}}'`,
    rollback: 'Choose Publisher again in the same place; Microsoft 365 installs it only until its end.',
  },
  needs: { officeSuiteApps },

  evaluate({ officeSuiteApps: apps }) {
    const assigned = apps.filter((app) => app.isAssigned !== false);
    if (assigned.length === 0) return { verdict: 'notApplicable', because: 'Intune installs Microsoft 365 Apps on no device.' };
    const judged = assigned.map((app) => ({ app, installs: app.isAssigned ? installsPublisher(app) : undefined }));
    const findings = judged
      .filter(({ installs }) => installs)
      .map(({ app }) => ({
        subject: { type: 'officeSuiteApp', id: app.id, name: app.displayName || app.id },
        message: 'This deployment installs Publisher with the suite.',
      }));
    const [untold] = judged
      .filter(({ installs }) => installs === undefined)
      .map(({ app }) => app.displayName || app.id)
      .sort(byText);
    if (findings.length === 0 && untold)
      throw new UnknownEvidence(
        `Intune does not tell whether the deployment ${untold} installs Publisher.`,
        'Intune admin center > Apps > Windows: open it and look at App suite configuration.',
      );
    return failIfAny(findings, assigned.length);
  },
});

function installsPublisher(app: DeepReadonly<KeptOf<typeof officeSuiteApps>>[number]): boolean | undefined {
  if (app.officeConfigurationXml) {
    const xml = officeXml(app.officeConfigurationXml);
    if (!/<Product\b/i.test(xml)) return undefined;
    return /<Product\b[^>]*\bID\s*=\s*["']O365(ProPlus|Business)Retail["']/i.test(xml) && !excludesInXml(xml, 'Publisher');
  }
  if (app.productIds && app.productIds.length > 0 && !app.productIds.some((id) => suites.test(id))) return false;
  const excluded = app.excludedApps?.publisher;
  return typeof excluded === 'boolean' ? !excluded : undefined;
}
