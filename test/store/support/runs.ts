import { dayInMs } from '../../../src/lib/dates.ts';
import type { DeviceObservation, RunObservations } from '../../../src/model/history.ts';
import type { RunRecord } from '../../../src/model/run-record.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { sampleRun } from '../../support/sample-run.ts';

export const tenantId = '0b9f2f2e-5a51-4f0e-9d1c-3a1f6f5f0001';
export const firstDay = Date.UTC(2026, 0, 1, 3);

/** 03:00 UTC of the given day after the first one. */
export function dayOf(day: number): string {
  return new Date(firstDay + day * dayInMs).toISOString();
}

/** What a check came to: a verdict, or the ids of the subjects it found. */
export type Outcome = Exclude<Verdict, 'fail'> | readonly string[];

/** A run of a day in which the named checks came to the given outcomes. */
export function runOn(day: number, outcomes: Readonly<Record<string, Outcome>>, more: Partial<RunRecord> = {}): RunRecord {
  const results = Object.entries(outcomes).map(([check, outcome]): RunRecord['results'][number] => {
    if (typeof outcome === 'string') return { check, verdict: outcome };
    const findings = outcome.map((id) => ({ subject: { type: 'user', id, name: `${id} on day ${day}` }, message: 'In the way.' }));
    return { check, verdict: 'fail', examined: outcome.length, findings };
  });
  return {
    ...sampleRun(),
    tenant: { id: tenantId, name: 'Contoso', domain: 'contoso.example', servicePlans: [] },
    startedAt: dayOf(day),
    finishedAt: new Date(Date.parse(dayOf(day)) + 60_000).toISOString(),
    datasets: [],
    checks: [],
    controls: [],
    measures: [],
    retirements: [],
    results,
    ...more,
  };
}

export const nothing: RunObservations = { devices: null, editions: false, rings: false, apps: null };

export function device(id: string, more: Partial<DeviceObservation> = {}): DeviceObservation {
  return {
    id,
    name: id.toUpperCase(),
    model: 'Latitude 7450',
    user: `${id}@contoso.example`,
    ownership: 'company',
    enrolledAt: '2025-01-01T00:00:00Z',
    operatingSystem: 'Windows',
    osVersion: '10.0.26100.1000',
    patchLevel: null,
    lastSync: dayOf(0),
    edition: null,
    rings: null,
    ...more,
  };
}

/** The same numbers for the same seed: mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
