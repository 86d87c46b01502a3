import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import { Measure } from '../../src/model/measure.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { device, phone } from '../datasets/intune-rows.ts';

function states(rows: readonly object[] | null, now = '2026-08-20T12:00:00Z'): Measure {
  const kept = (rows ?? []).reduce<ReturnType<typeof managedDevices.keep.start>>(
    (table, row) => managedDevices.keep.add(table, managedDevices.row.parse(row)),
    managedDevices.keep.start(),
  );
  const read = rows ? ({ ok: true, kept, items: rows.length, pages: 1, at: now } as const) : ({ ok: false, reason: 'permission', detail: 'refused' } as const);
  const measures = takeMeasures({ evidence: new Map([['managedDevices', read]]), now: new Date(now), snapshot: loadSnapshot(), settings: defaultSettings });
  return Measure.parse(measures.find(({ id }) => id === 'device-states'));
}

const groups = (measure: Measure) => Object.fromEntries(measure.table?.rows.map(([state, , devices]) => [state, devices]) ?? []);
const android = (id: string, androidSecurityPatchLevel: string | null) => phone({ id, operatingSystem: 'Android', androidSecurityPatchLevel });

describe('devices by state', () => {
  it('puts every device in one group', () => {
    const measure = states([
      device(),
      device({ id: 'behind', osVersion: '10.0.26100.8875' }),
      device({ id: 'ended', osVersion: '10.0.19045.6456' }),
      device({ id: 'unknown', osVersion: '10.0.26100' }),
      device({ id: 'stale', lastSyncDateTime: '2026-07-01T00:00:00Z' }),
      device({ id: 'lost', lastSyncDateTime: '2026-01-01T00:00:00Z' }),
      phone({ id: 'ios', operatingSystem: 'Something' }),
    ]);
    expect(groups(measure)).toEqual({ upToDate: 1, behind: 1, ended: 1, unknown: 2, stale: 1, lost: 1 });
    expect(measure).toMatchObject({ numerator: 1, denominator: 7, value: 14.3, dataDate: '2026-08-11' });
    expect(measure.confidence).toBeUndefined();
  });

  it('calls a silent device silent, whatever it had last', () =>
    expect(groups(states([device({ lastSyncDateTime: '2026-07-20T12:00:00Z' })]))).toMatchObject({ upToDate: 0, stale: 1 }));

  it('gives Android two months, and knows nothing of one without a level', () =>
    expect(groups(states([android('a', '2026-06-05'), android('b', '2026-05-05'), android('c', null)]))).toMatchObject({
      upToDate: 1,
      behind: 1,
      unknown: 1,
    }));

  it('speaks of the newest update known where the data is old', () => {
    const measure = states([device({ lastSyncDateTime: '2026-11-20T00:00:00Z' })], '2026-11-22T12:00:00Z');
    expect(measure).toMatchObject({ label: 'Devices with the newest update known', confidence: 'lower', because: expect.stringContaining('Update data ends') });
  });

  it('is not known without devices, and says why', () => {
    expect(states(null)).toMatchObject({ value: null, because: expect.stringContaining('could not be read') });
    expect(states([])).toMatchObject({ value: null, because: 'Intune manages no devices.' });
  });
});
