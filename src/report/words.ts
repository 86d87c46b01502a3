import type { Remediation } from '../model/run-record.ts';
import type { Area, Severity, Verdict } from '../model/verdict.ts';

export const areaWords: Record<Area, string> = {
  identity: 'Identity and sign-in',
  apps: 'Apps and consents',
  exchange: 'E-mail',
  sharepoint: 'Files and sharing',
  teams: 'Teams',
  powerplatform: 'Power Platform and Fabric',
  devices: 'Devices',
  updates: 'Updates',
  retirements: 'Retirements',
  tenant: 'Tenant and data',
};

export const severityWords: Record<Severity, string> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' };

export const severityMeanings: Record<Severity, string> = {
  critical: 'Somebody could take over the company’s accounts or data through this. Act now.',
  high: 'A likely way in, or a large loss if it happens. Act this month.',
  medium: 'Weakens the defence, or makes an incident worse. Plan it.',
  low: 'Good housekeeping. Do it along the way.',
};

export const verdictWords: Record<Verdict, string> = {
  pass: 'In order',
  fail: 'To fix',
  manual: 'Check by hand',
  notApplicable: 'Does not apply',
  notLicensed: 'Not licensed',
  error: 'Could not be judged',
};

/** After a number: `12 in order, 3 to fix`. */
export const verdictCounts: Record<Verdict, string> = {
  pass: 'in order',
  fail: 'to fix',
  manual: 'by hand',
  notApplicable: 'not applicable',
  notLicensed: 'not licensed',
  error: 'not judged',
};

export const effortWords: Record<Remediation['effort'], string> = { low: 'About an hour', medium: 'About a day', high: 'A project' };

/** `lastSignIn` and `days_idle` as words: `last sign in`, `days idle`. */
export function factName(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
