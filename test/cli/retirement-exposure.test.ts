import { beforeAll, describe, expect, it } from 'vitest';
import { judgeRetirements } from '../../src/advisories/retirement-radar.ts';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { detectabilityOf } from '../../src/advisories/retirements/detection.ts';
import { daysBetween, lastDayOf } from '../../src/lib/dates.ts';
import type { RetirementRecord, RunRecord } from '../../src/model/run-record.ts';
import { formatFor } from '../../src/report/format.ts';
import { timelineView } from '../../src/report/view-timeline.ts';
import { scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';

/** Decided by what Graph tells of identities, apps, sign-ins and licences; a few of them by one check. */
const identityEntries = [
  'defender-advanced-hunting-apis',
  'entra-app-instance-lock',
  'entra-azuread-graph',
  'entra-azuread-powershell',
  'entra-ca-approved-client-app',
  'entra-ca-azure-devops',
  'entra-ca-resource-exclusions',
  'entra-ca-whfb-registration',
  'entra-connect-hard-match-roles',
  'entra-connect-minimum-version',
  'entra-connect-to-cloud-sync',
  'entra-federated-token-validation',
  'entra-idp-legacy-risk-policies',
  'entra-legacy-mfa-sspr-policies',
  'entra-mandatory-mfa-azure-clients',
  'entra-mandatory-mfa-portals',
  'entra-msonline-powershell',
  'entra-passkey-profile-migration',
  'entra-pim-iteration2',
  'entra-sspr-registered-methods',
  'entra-voice-custom-greetings',
  'exo-baseline-app-consent',
  'exo-moera-throttling',
  'exo-powershell-credential',
  'outlook-rest-api-v2',
  'teams-graph-teamworkdevice',
];
const runs = new Map<'messy' | 'clean', RunRecord>();
const runOf = (variant: 'messy' | 'clean') => runs.get(variant) as RunRecord;
const subjectsOf = (id: string) =>
  runOf('messy')
    .retirements.find((entry) => entry.id === id)
    ?.subjects.map(({ type, name }) => `${type} ${name}`);

beforeAll(async () => {
  for (const variant of ['messy', 'clean'] as const) {
    const sandbox = await trustedSandbox({ variant });
    runs.set(variant, await scanSandbox(sandbox));
    await sandbox.close();
  }
}, 60_000);

describe('the retirements that concern a tenant', () => {
  it('are at least 40 in the messy one, each with what it is about', () => {
    const exposed = runOf('messy').retirements.filter(({ exposure }) => exposure === 'exposed');
    expect(exposed.filter(({ subjects }) => subjects.length === 0).map(({ id }) => id)).toEqual([]);
    expect(exposed.length).toBeGreaterThanOrEqual(40);
    expect(identityEntries.filter((id) => !exposed.some((entry) => entry.id === id))).toEqual([]);
  });

  it.each([
    ['entra-azuread-graph', ['application Aldermoor Automation', 'application Aldermoor Intranet', 'servicePrincipal QuickSync Helper']],
    ['entra-app-instance-lock', ['application Aldermoor Quote Builder']],
    ['entra-pim-iteration2', ['servicePrincipal Microsoft Graph Command Line Tools']],
    ['teams-graph-teamworkdevice', ['servicePrincipal Meeting Room Panels']],
    ['outlook-rest-api-v2', ['servicePrincipal Meeting Room Panels']],
    ['defender-advanced-hunting-apis', ['servicePrincipal Watchful Goose']],
    ['entra-mandatory-mfa-portals', ['user emergency.access2@aldermoortimber.onmicrosoft.com']],
    ['entra-federated-token-validation', ['domain works.aldermoor.example']],
    ['entra-ca-resource-exclusions', ['conditionalAccessPolicy MFA for sales, but not for files']],
    ['entra-ca-whfb-registration', ['conditionalAccessPolicy No registration of sign-in methods on journeys']],
    ['entra-connect-to-cloud-sync', ['user Sync_ALDER-DC01_5b0c3d0e1d1c@aldermoortimber.onmicrosoft.com']],
    ['entra-voice-custom-greetings', ['authenticationMethodConfiguration Voice call']],
  ])('%s names its subjects', (id, expected) => expect(subjectsOf(id)).toEqual(expect.arrayContaining(expected)));

  it('are none in the clean one', () => {
    expect(
      runOf('clean')
        .retirements.filter((entry) => entry.exposure === 'exposed' && !isFarOff(entry))
        .map(({ id }) => id),
    ).toEqual([]);
  });

  it('are spared in the clean one by evidence wherever the checks decide', () => {
    const records = new Map(runOf('clean').retirements.map((entry) => [entry.id, entry]));
    const decided = retirementEntries.filter((entry) => detectabilityOf(entry) === 'automatic').flatMap(({ id }) => records.get(id) ?? []);
    expect(decided.filter((entry) => entry.exposure !== 'notExposed' && !isFarOff(entry)).map(({ id }) => id)).toEqual([]);
  });

  it('take the day that the tenant’s own post names', () => {
    const hunting = runOf('messy').retirements.find(({ id }) => id === 'defender-advanced-hunting-apis');
    expect(hunting).toMatchObject({ date: '2027-05-03', movedFrom: '2027-02-01', datedBy: 'MC1220762', exposure: 'exposed' });
    const credential = runOf('messy').retirements.find(({ id }) => id === 'exo-powershell-credential');
    expect(credential).toMatchObject({ date: '2027-09-30', movedFrom: null, datedBy: 'MC1248389', exposure: 'exposed' });
  });
});

/** Every version of Windows ends some day; those that devices should run have a year or more. */
function isFarOff({ product, daysLeft }: RetirementRecord): boolean {
  return product === 'Windows' && (daysLeft ?? 0) > 365;
}

/** The same findings, looked at on another day. */
function onDay(day: string): RetirementRecord[] {
  return judgeRetirements(retirementEntries, { results: runOf('messy').results, now: new Date(`${day}T12:00:00Z`) });
}

describe.each([
  ['2026-11-22', { 'entra-pim-iteration2': 'retired', 'defender-advanced-hunting-apis': 'inProgress', 'project-online': 'retired' }],
  ['2027-01-15', { 'entra-pim-iteration2': 'retired', 'defender-advanced-hunting-apis': 'inProgress', 'exo-ews': 'inProgress' }],
  ['2027-06-30', { 'defender-advanced-hunting-apis': 'retired', 'exo-ews': 'retired', 'entra-fido2-policy-properties': 'upcoming' }],
])('on %s', (day, statuses) => {
  it('statuses follow from the dates', () => {
    const found = new Map(onDay(day).map(({ id, status }) => [id, status]));
    expect(Object.fromEntries(Object.keys(statuses).map((id) => [id, found.get(id)]))).toEqual(statuses);
  });

  it('days are counted to the last day a date can mean, and order by it', () => {
    const records = onDay(day);
    for (const { date, daysLeft, due } of records) {
      expect(daysLeft).toBe(date === null ? null : daysBetween(day, lastDayOf(date)));
      if (daysLeft !== null) expect(due).toBe(daysLeft < 0 ? 'overdue' : daysLeft <= 30 ? 'within30Days' : daysLeft <= 90 ? 'within90Days' : 'later');
    }
    const left = records.map(({ daysLeft }) => daysLeft ?? Number.POSITIVE_INFINITY);
    expect(left).toEqual([...left].sort((a, b) => a - b));
  });

  it('exposure does not hang on the day', () => {
    const exposed = (records: readonly RetirementRecord[]) =>
      records
        .filter(({ exposure }) => exposure === 'exposed')
        .map(({ id }) => id)
        .sort();
    expect(exposed(onDay(day))).toEqual(exposed(onDay('2026-08-20')));
  });

  it('the timeline of the report begins with what is overdue and goes on month by month', () => {
    const run = { ...runOf('messy'), retirements: onDay(day) };
    const groups = timelineView(run, formatFor('en'));
    expect(groups[0]?.overdue).toBe(true);
    expect(groups.slice(1).some(({ overdue }) => overdue)).toBe(false);
    const titles = new Set(
      run.retirements.filter(({ exposure, daysLeft }) => exposure === 'exposed' && daysLeft !== null && daysLeft < 0).map(({ title }) => title),
    );
    for (const item of groups[0]?.items ?? []) expect(titles).toContain(item.title);
  });
});
