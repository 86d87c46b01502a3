import { expect, it } from 'vitest';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { parseWindowsVersion } from '../../src/advisories/windows.ts';
import { windowsRetirementIds, windowsRetirements } from '../../src/advisories/windows-retirements.ts';
import { type Edition, editionsOf } from '../../src/advisories/windows-service.ts';
import { serverRetirements } from '../../src/datasets/device-systems.ts';

const enterprise = editionsOf({ skuFamily: 'Enterprise', skuNumber: 4 });
const pro = editionsOf({ skuFamily: 'Pro', skuNumber: 48 });
const longTerm = editionsOf({ skuFamily: 'EnterpriseS', skuNumber: 125 });
const iot = editionsOf({ skuFamily: 'IoTEnterpriseS', skuNumber: 191 });
const byName = editionsOf({ skuFamily: 'Enterprise', skuNumber: 0 });

it.each<[string, Edition[] | null, string[], string[]]>([
  ['10.0.22631.7517', enterprise, ['windows-11-23h2-enterprise'], []],
  ['10.0.22631.7517', pro, ['windows-11-23h2-home-pro'], []],
  ['10.0.22631.7517', byName, ['windows-11-23h2-enterprise'], []],
  ['10.0.22631.7517', null, [], ['windows-11-23h2-enterprise', 'windows-11-23h2-home-pro']],
  ['10.0.26100', enterprise, ['windows-11-24h2-enterprise'], []],
  ['10.0.26100.9168', longTerm, [], []],
  ['10.0.26100.9168', byName, [], ['windows-11-24h2-enterprise']],
  ['10.0.26200.9168', null, ['windows-11-25h2'], []],
  ['10.0.26300.1', null, ['windows-11-26h2'], []],
  ['10.0.28000.1', pro, ['windows-11-26h1'], []],
  ['10.0.22621.6060', null, ['windows-11-22h2'], []],
  ['10.0.22000.1', pro, ['windows-11-21h2'], []],
  ['10.0.19045.6456', null, ['windows-10-22h2'], []],
  ['10.0.19044.6456', enterprise, ['windows-10-older'], []],
  ['10.0.19044.6456', longTerm, ['windows-10-ltsc-2021'], []],
  ['10.0.19044.6456', iot, [], []],
  ['10.0.19044.6456', null, [], ['windows-10-older', 'windows-10-ltsc-2021']],
  ['10.0.18363.2274', null, ['windows-10-older'], []],
  ['10.0.17763.9121', longTerm, [], []],
  ['10.0.14393.1', longTerm, ['windows-10-ltsb-2016'], []],
  ['10.0.20348.1', null, [], []],
  ['10.0.26100.33296', null, [], []],
  ['10.0.27999.1', null, [], []],
])('%s of edition %s is concerned by %s, perhaps by %s', (osVersion, editions, certain, perhaps) => {
  const version = parseWindowsVersion(osVersion);
  if (!version) throw new Error('no version');
  expect(windowsRetirements(loadSnapshot(), version, false, editions)).toEqual({ certain, perhaps });
});

it('is concerned with clients only', () =>
  expect(windowsRetirements(loadSnapshot(), { build: 19045, revision: null }, true, null)).toEqual({ certain: [], perhaps: [] }));

it('names entries of the list that the check on versions decides', () => {
  const decided = retirementEntries.filter(({ checks }) => checks?.includes('windows-version-unsupported')).map(({ id }) => id);
  expect([...windowsRetirementIds, ...serverRetirements].sort()).toEqual(decided.sort());
});
