import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import type { DeviceHistory } from '../../src/model/history.ts';
import { Measure } from '../../src/model/measure.ts';
import { defaultSettings } from '../../src/model/settings.ts';

const [april, may, june] = ['10.0.26100.8246', '10.0.26100.8457', '10.0.26100.8655'];
const now = '2026-06-08T12:00:00Z';
const at = (day: string) => Date.parse(day.length === 10 ? `${day}T12:00:00Z` : day);

function seen(id: string, spans: readonly (readonly [version: string, first: string, last: string])[], operatingSystem = 'Windows'): DeviceHistory {
  const sighting = (day: string) => ({ run: at(day), sync: at(day) });
  return {
    ...{ id, name: id, model: null, user: null, ownership: null, enrolledAt: '2025-01-01T00:00:00Z', editions: [], rings: [], silences: [] },
    systems: spans.map(([osVersion, first, last]) => ({
      value: { operatingSystem, osVersion, patchLevel: null },
      first: sighting(first),
      last: sighting(last),
    })),
  };
}

const updated = (id: string, without: string, having: string, to = may) =>
  seen(id, [
    [april, '2026-04-20', without],
    [to, having, now],
  ]);

function ledger(history: readonly DeviceHistory[] | undefined, time = now): Measure {
  const input = { evidence: new Map(), now: new Date(time), snapshot: loadSnapshot(), settings: defaultSettings, ...(history ? { history } : {}) };
  return Measure.parse(takeMeasures(input).find(({ id }) => id === 'patch-ledger'));
}

const countOf = (measure: Measure, label: string) => measure.series?.find((each) => each.label.startsWith(label))?.value;

describe('updates of the last 30 days', () => {
  it('counts each change of a device once, with what it fixed', () => {
    const measure = ledger([updated('a', '2026-05-13', '2026-05-14'), updated('b', '2026-05-20', '2026-05-22'), seen('c', [[april, '2026-04-20', now]])]);
    expect(measure).toMatchObject({ value: 2, because: expect.stringContaining('on 2 of 3 devices') });
    expect(countOf(measure, 'devices')).toBe(2);
    expect(countOf(measure, 'vulnerabilities fixed')).toBeGreaterThan(10);
    expect(measure.table?.rows).toEqual([
      ['Windows 11 24H2', may, expect.stringMatching(/^KB/), '2026-05-12', 2, '2026-05-14', '2026-05-22', expect.any(Number), null],
    ]);
  });

  it('does not say 0 where no scan has read the devices since', () => {
    const old = seen('a', [[april, '2026-04-20', '2026-05-01']]);
    expect(ledger([old])).toMatchObject({ value: null, because: 'No scan has read the devices since 2026-05-01.' });
    expect(ledger([seen('a', [[april, '2026-04-20', '2026-06-01']])])).toMatchObject({
      value: 0,
      because: expect.stringContaining('From 2026-05-09 to 2026-06-01'),
    });
  });

  it('leaves out what came before, and steps back', () => {
    const before = updated('early', '2026-05-01', '2026-05-08');
    const back = seen('back', [
      [may, '2026-04-20', '2026-05-15'],
      [april, '2026-05-16', now],
    ]);
    expect(ledger([before, back])).toMatchObject({ value: 0, series: expect.arrayContaining([{ label: 'devices', value: 0 }]) });
  });

  it('does not say that nothing was fixed where nobody knows', () => {
    const strange = updated('a', '2026-05-13', '2026-05-14', '10.0.26100.8999');
    const phone = seen('p', [['18.5', '2026-04-20', '2026-05-20'], ['18.6', '2026-05-21', now]], 'iOS'); // biome-ignore format: one device
    const measure = ledger([strange, phone]);
    expect(measure.value).toBe(2);
    expect(measure.table?.rows.map((row) => row.slice(-2))).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(measure.series?.filter(({ value }) => value === 0)).toEqual([]);
  });

  it('knows the fixes only as far as the data goes', () => {
    const late = seen('a', [[june, '2026-06-20', '2026-07-15'], ['10.0.26100.8875', '2026-07-16', '2026-08-01']]); // biome-ignore format: one device
    expect(ledger([late], '2026-08-01T12:00:00Z').table?.rows[0]?.slice(-2)).toEqual([null, null]);
  });

  it('is not known from one scan or without a history', () => {
    expect(ledger(undefined)).toMatchObject({ value: null, because: expect.stringMatching(/^One scan/) });
    expect(ledger([seen('a', [[april, now, now]])])).toMatchObject({ value: null });
  });
});
