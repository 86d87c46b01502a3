import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withThisRun } from '../../src/measure/device-history.ts';
import type { DeviceHistory } from '../../src/model/history.ts';
import { openHistory } from '../../src/store/store.ts';
import { dayOf, device, nothing, random, runOn, tenantId } from '../store/support/runs.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Forty runs, weeks apart, of devices that come and go, change builds, rings and editions; now and then something is not read. */
function recordings() {
  const chance = random(3);
  const pick = <Value>(...values: Value[]) => values[Math.floor(chance() * values.length)] as Value;
  return Array.from({ length: 40 }, (_, index) => {
    const day = index * 9;
    const fleet = ['pc1', 'pc2', 'pc3']
      .filter(() => chance() < 0.8)
      .map((id) =>
        device(id, {
          name: `${id} ${day}`,
          osVersion: pick('10.0.26100.1', '10.0.26100.2', null),
          lastSync: id === 'pc3' ? null : pick(dayOf(day), dayOf(day - 1)),
          rings: pick(['Broad'], [], null),
          edition: pick({ family: 'Pro', number: 48 }, null),
        }),
      );
    // One that is always there: with no device at all nobody could tell that the list was read.
    const always = device('pc0', { rings: [], edition: { family: 'Pro', number: 48 }, lastSync: dayOf(day) });
    return {
      run: runOn(day, {}),
      observations: { ...nothing, devices: pick(true, true, true, false) ? [always, ...fleet] : null, editions: pick(true, false), rings: pick(true, false) },
    };
  });
}

const byId = (devices: readonly DeviceHistory[]) => [...devices].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('the history with this run', () => {
  it('is what the store says once the run is recorded', () => {
    const history = openHistory(join(folder, 'history.sqlite'));
    for (const { run, observations } of recordings()) {
      const earlier = history.deviceObservations(tenantId, run.startedAt);
      history.record(run, observations);
      expect(byId(withThisRun(earlier, observations, run.startedAt)), run.startedAt).toEqual(byId(history.deviceObservations(tenantId)));
    }
    expect(history.deviceObservations(tenantId).flatMap(({ silences }) => silences).length).toBeGreaterThan(0);
    history.close();
  });

  it('starts with this run where there is none', () => {
    expect(withThisRun([], { ...nothing, devices: [device('pc')] }, dayOf(1))).toMatchObject([
      { id: 'pc', systems: [{ first: { run: Date.parse(dayOf(1)) } }], rings: [] },
    ]);
    expect(withThisRun([], nothing, dayOf(1))).toEqual([]);
  });
});
