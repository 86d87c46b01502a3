import { describe, expect, it } from 'vitest';
import { assignedUpdateRings, setsTimingOrPauses, unitedReaches, withoutDoubt } from '../../src/datasets/catalog-rings.ts';
import { type CatalogPolicy, configurationPolicies } from '../../src/datasets/graph/configurationPolicies.ts';
import { deviceConfigurations, type UpdateRing } from '../../src/datasets/graph/deviceConfigurations.ts';
import { isCatalogRing, ringBound, ringSubject } from '../../src/datasets/update-rings.ts';
import { catalogPolicy, ring, target } from './intune-rows.ts';

const keptPolicies = (...rows: unknown[]) =>
  rows.reduce<CatalogPolicy[]>((kept, row) => configurationPolicies.keep.add(kept, configurationPolicies.row.parse(row)), configurationPolicies.keep.start());
const keptRings = (...rows: unknown[]): UpdateRing[] =>
  rows.reduce<ReturnType<typeof deviceConfigurations.keep.start>>(
    (kept, row) => deviceConfigurations.keep.add(kept, deviceConfigurations.row.parse(row)),
    deviceConfigurations.keep.start(),
  ).rings;

const whole = { deferqualityupdatesperiodindays: 5, configuredeadlineforqualityupdates: 3, configuredeadlinegraceperiod: 2 };

describe('what is kept of the settings catalog', () => {
  it('is numbers, and choices as their option', () => {
    expect(keptPolicies(catalogPolicy({ deferqualityupdatesperiodindays: 5, pausequalityupdates: '_1' }))[0]?.updateSettings).toEqual({
      deferqualityupdatesperiodindays: 5,
      pausequalityupdates: '1',
    });
  });

  it('is nothing of a policy about other things', () => {
    const settings = [
      { settingInstance: { settingDefinitionId: 'device_vendor_msft_policy_config_defender_avgcpuloadfactor', simpleSettingValue: { value: 50 } } },
    ];
    expect(keptPolicies(catalogPolicy({}, { settings }))).toEqual([]);
  });

  it('names a policy without a name by its id', () => {
    expect(keptPolicies(catalogPolicy(whole, { name: null }))[0]?.name).toBe('c1');
  });
});

describe('update rings of both kinds', () => {
  it('are those that somebody is in', () => {
    const rings = assignedUpdateRings(
      keptRings(ring(), ring({ id: 'r2', assignments: [] })),
      keptPolicies(catalogPolicy(whole), catalogPolicy(whole, { id: 'c2', assignments: [target.without('g')] })),
    );
    expect(rings.map(ringSubject)).toEqual([
      { type: 'windowsUpdateForBusinessConfiguration', id: 'r1', name: 'Broad' },
      { type: 'deviceManagementConfigurationPolicy', id: 'c1', name: 'Windows Update settings' },
    ]);
    expect(rings.map(isCatalogRing)).toEqual([false, true]);
    expect(rings.map((each) => ringBound(each))).toMatchObject([{ most: 12 }, { most: 10 }]);
  });

  it('leave open what a policy does not set, unless it is alone', () => {
    const part = keptPolicies(catalogPolicy({ configuredeadlineforqualityupdates: 3 }));
    expect(ringBound(assignedUpdateRings([], part)[0] as never)).toMatchObject({ kind: 'days', least: 3, most: 10 });
    expect(ringBound(assignedUpdateRings(keptRings(ring()), part)[1] as never)).toEqual({
      kind: 'unknown',
      because: 'The settings catalog policy Windows Update settings leaves the quality update deferral to other policies',
    });
  });

  it('are without a bound where a lone policy sets no deadline', () => {
    expect(ringBound(assignedUpdateRings([], keptPolicies(catalogPolicy({ deferqualityupdatesperiodindays: 5 })))[0] as never)).toEqual({ kind: 'unbounded' });
  });

  it('do not take a text for a number of days', () => {
    const policies = keptPolicies(
      catalogPolicy({ deferqualityupdatesperiodindays: 'soon', configuredeadlineforqualityupdates: '3' }),
      catalogPolicy(whole, { id: 'c2' }),
    );
    expect(assignedUpdateRings([], policies)[0]).toMatchObject({ qualityUpdatesDeferralPeriodInDays: undefined, deadlineForQualityUpdatesInDays: 3 });
  });

  it('count a policy that only pauses where pauses are asked for', () => {
    const policies = keptPolicies(catalogPolicy({ pausefeatureupdatesstarttime: '2026-08-01' }));
    expect(assignedUpdateRings([], policies)).toEqual([]);
    expect(assignedUpdateRings([], policies, setsTimingOrPauses)).toMatchObject([
      { featureUpdatesPaused: true, featureUpdatesPauseExpiryDateTime: '2026-09-05T00:00:00.000Z', qualityUpdatesPaused: false },
    ]);
  });

  it('are not said to be without a deadline where a policy may set it', () => {
    const rings = keptRings(ring({ deadlineForQualityUpdatesInDays: null }));
    const sure = assignedUpdateRings(rings, []);
    expect(withoutDoubt(sure)).toBe(sure);
    const doubtful = withoutDoubt(assignedUpdateRings(rings, keptPolicies(catalogPolicy({ configuredeadlineforqualityupdates: 3 }))));
    expect(doubtful[0]?.deadlineForQualityUpdatesInDays).toBeUndefined();
  });
});

it('groups of both kinds of policies are looked up together', () => {
  const reach = { devices: new Set<string>(), users: new Set(['u']), unmatched: 0 };
  expect([...unitedReaches(new Map([['a', reach]]), new Map([['b', reach]])).keys()]).toEqual(['a', 'b']);
});
