import type { Reason } from '../model/evidence.ts';
import type { Measure } from '../model/measure.ts';
import type { Remediation } from '../model/run-record.ts';
import type { Area, Severity, Verdict } from '../model/verdict.ts';

/** Every word of the report that stands for a value of the run record. */
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

/** What a person does when the record itself names no way out. */
export const reasonWords: Record<Reason | 'check', { cause: string; wayOut: string }> = {
  permission: { cause: 'The scan lacks a permission', wayOut: 'Grant the permissions named to the scanner’s app registration and scan again.' },
  license: { cause: 'The tenant has no licence for the data', wayOut: 'A licence that includes the service is needed.' },
  throttled: { cause: 'Microsoft limited the number of requests', wayOut: 'Scan again later, at a quieter hour.' },
  unavailable: { cause: 'The service did not answer', wayOut: 'Scan again later; if it stays, look at the service health page.' },
  shape: { cause: 'The service answered in an unexpected form', wayOut: 'Update the scanner; if it stays, report it with the request id.' },
  partial: { cause: 'The data arrived incomplete', wayOut: 'Scan again. Half a list is never judged.' },
  check: { cause: 'The data itself gives no answer', wayOut: 'Read the detail of each check below.' },
};

export const unitWords: Record<Measure['unit'], readonly [one: string, many: string]> = {
  percent: ['%', '%'],
  days: ['day', 'days'],
  devices: ['device', 'devices'],
  users: ['user', 'users'],
  apps: ['app', 'apps'],
  deviceDays: ['device-day', 'device-days'],
  count: ['', ''],
};

/** Names Microsoft sells the service plans under. A plan that is not here is shown as Microsoft's licence list spells it. */
const planWords: Record<string, string> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  Entra_Identity_Governance: 'Microsoft Entra ID Governance',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  AAD_WRKLDID_P2: 'Microsoft Entra Workload ID',
  ADALLOM_S_STANDALONE: 'Microsoft Defender for Cloud Apps',
  ATA: 'Microsoft Defender for Identity',
  ATP_ENTERPRISE: 'Microsoft Defender for Office 365 Plan 1',
  EXCHANGE_S_DESKLESS: 'Exchange Online Kiosk',
  EXCHANGE_S_ENTERPRISE: 'Exchange Online Plan 2',
  EXCHANGE_S_STANDARD: 'Exchange Online Plan 1',
  INTUNE_A: 'Microsoft Intune',
  LOCKBOX_ENTERPRISE: 'Customer Lockbox',
  MDE_SMB: 'Microsoft Defender for Business',
  SHAREPOINTENTERPRISE: 'SharePoint Plan 2',
  SHAREPOINTSTANDARD: 'SharePoint Plan 1',
  TEAMS1: 'Microsoft Teams',
  THREAT_INTELLIGENCE: 'Microsoft Defender for Office 365 Plan 2',
  WINDEFATP: 'Microsoft Defender for Endpoint Plan 2',
};

export function planName(plan: string): string {
  const name = planWords[plan];
  return name ? `${name} (${plan})` : plan;
}

/** `lastSignIn` and `days_idle` as words: `last sign in`, `days idle`. */
export function factName(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}
