import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../src/model/run-record.ts';
import { emptyRun, hostileRun } from '../../support/hostile-run.ts';
import { textOf } from '../../support/rendered.ts';
import { sampleRun } from '../../support/sample-run.ts';
import { ocsfSchema } from '../../support/schemas/ocsf.ts';
import { officialValidator, validator } from '../../support/schemas/validate.ts';

interface Event {
  activity_id: number;
  class_uid: number;
  type_uid: number;
  severity: string;
  status?: string;
  comment?: string;
  metadata: { uid: string; correlation_uid: string };
  finding_info: { uid: string; first_seen_time?: number };
  compliance: { status_id: number; status: string; status_details?: string[] };
  resources: { uid: string }[];
  unmapped: { check: string };
}

const complaints = validator(ocsfSchema);
const official = officialValidator('ocsf_compliance_finding.json');

async function eventsOf(run: RunRecord): Promise<Event[]> {
  const lines = (await textOf('ocsf', run)).split('\n');
  expect(lines.pop()).toBe('');
  const events = lines.map((line) => JSON.parse(line) as Event);
  for (const event of events) {
    expect(complaints(event)).toEqual([]);
    if (official) expect(official(event)).toEqual([]);
  }
  return events;
}

describe('findings.ocsf.jsonl', () => {
  it.each([
    ['of every verdict', sampleRun(), 27],
    ['in which everything is hostile', hostileRun(), 62],
    ['with checks of no framework', sampleRun({ checks: sampleRun().checks.map((check) => ({ ...check, controls: [] })), controls: [] }), 27],
  ])('is one valid event per line for a run %s, each with an id of its own', async (_name, run, count) => {
    const events = await eventsOf(run);
    expect(events).toHaveLength(count);
    expect(new Set(events.map(({ metadata }) => metadata.uid)).size).toBe(count);
    expect(new Set(events.map(({ finding_info: { uid } }) => uid)).size).toBe(count);
    for (const event of events) expect(event.type_uid).toBe(event.class_uid * 100 + event.activity_id);
  });

  it('is empty without checks', async () => {
    expect(await textOf('ocsf', emptyRun())).toBe('');
  });

  it('says what each verdict means in the words of the standard', async () => {
    const events = await eventsOf(sampleRun());
    const said = Object.fromEntries(
      events.map(({ unmapped, compliance, severity }) => [unmapped.check, `${compliance.status_id} ${compliance.status}, ${severity}`]),
    );
    expect(said).toMatchObject({
      'legacy-auth-not-blocked': '3 Fail, Critical',
      'guests-inactive': '3 Fail, Low',
      'apps-unused': '1 Pass, Informational',
      'windows-devices-behind': '2 Warning, Unknown',
      'outlook-addins-unreviewed': '2 Warning, Unknown',
      'sign-in-risk-unprotected': '99 Not licensed, Informational',
      'federation-certificate-expiring': '99 Not applicable, Informational',
    });
    const unread = events.find(({ unmapped }) => unmapped.check === 'windows-devices-behind');
    expect(unread?.compliance.status_details).toEqual([
      'GET /deviceManagement/managedDevices was refused (403).',
      'Grant DeviceManagementManagedDevices.Read.All.',
    ]);
  });

  it('tells new from known, and suppresses what was accepted', async () => {
    const events = await eventsOf(sampleRun());
    const of = (id: string) => events.find(({ resources }) => resources[0]?.uid === id);
    expect(of('user-0')).toMatchObject({ activity_id: 2, status: 'New', finding_info: { first_seen_time: Date.parse('2026-06-01') } });
    expect(of('app-1')).toMatchObject({ activity_id: 1, status: 'New' });
    expect(of('app-2')).toMatchObject({ status: 'Suppressed', comment: 'Replaced in October. Accepted by Maria Keller until 2026-10-31.' });
    expect(of('ring-1')).toMatchObject({ status: 'New' });
  });

  it('keeps the id of a finding from run to run, and gives each event its own', async () => {
    const [first, later] = [await eventsOf(sampleRun()), await eventsOf(sampleRun({ startedAt: '2026-09-01T08:00:00Z' }))];
    expect(later.map(({ finding_info: { uid } }) => uid)).toEqual(first.map(({ finding_info: { uid } }) => uid));
    expect(later.filter(({ metadata }, at) => metadata.uid === first[at]?.metadata.uid)).toEqual([]);
    expect(new Set([...first, ...later].map(({ metadata }) => metadata.correlation_uid)).size).toBe(2);
  });
});
