import { sharepointPlans, sharepointSettings } from '../../src/datasets/graph/sharepointSettings.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'sharepoint-legacy-sign-in',
  title: 'SharePoint accepts modern sign-in only',
  failTitle: 'SharePoint accepts old sign-in',
  why: 'Old sign-in to files knows no second factor. Microsoft switches it off for good, so whatever still needs it stops.',
  severity: 'high',
  controls: [
    { framework: 'CIS M365 6.0', id: '7.2.1' },
    { framework: 'CIS M365 7.0', id: '7.2.1' },
    { framework: 'ISO 27001:2022', id: 'A.5.14' },
    { framework: 'ISO 27001:2022', id: 'A.5.17' },
    { framework: 'ISO 27001:2022', id: 'A.8.26' },
  ],
  references: [
    {
      label: 'Control access to SharePoint: apps without modern authentication',
      url: 'https://learn.microsoft.com/sharepoint/control-access-from-unmanaged-devices',
    },
  ],
  servicePlans: sharepointPlans,
  remediation: {
    effort: 'low',
    impact: 'Scripts, old Office versions and drive mappings that send a password stop.',
    steps: [
      'SharePoint admin center > Policies > Access control > Apps that don’t use modern authentication.',
      'Choose "Block access" and save. It can take a day to reach every service.',
    ],
    command: 'Set-SPOTenant -LegacyAuthProtocolsEnabled $false',
    rollback: 'Set-SPOTenant -LegacyAuthProtocolsEnabled $true, as long as Microsoft still allows it.',
  },
  needs: { sharepointSettings },

  evaluate({ sharepointSettings: settings }) {
    const enabled = settings?.isLegacyAuthProtocolsEnabled;
    if (typeof enabled !== 'boolean')
      throw new UnknownEvidence(
        'Graph did not say whether SharePoint accepts legacy authentication.',
        'SharePoint admin center > Policies > Access control > Apps that don’t use modern authentication: look there.',
      );
    const subject = { type: 'sharepointSettings', id: 'sharepointSettings', name: 'SharePoint sign-in' };
    return failIfAny(enabled ? [{ subject, message: 'Legacy authentication to SharePoint and OneDrive is switched on.' }] : [], 1);
  },
});
