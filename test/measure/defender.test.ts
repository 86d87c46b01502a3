import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { deviceInventory } from '../../src/datasets/graph/deviceInventory.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { exploitableVulnerabilities } from '../../src/datasets/graph/exploitableVulnerabilities.ts';
import type { AnyDataset } from '../../src/kit/kit.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import type { Collected } from '../../src/model/evidence.ts';
import { defaultSettings } from '../../src/model/settings.ts';
import { hole, onboarding, server } from '../datasets/hunting-rows.ts';

function measuresOf(rows: [AnyDataset, Record<string, unknown>[]][]) {
  const evidence = new Map(
    rows.map(([dataset, each]): [string, Collected<unknown>] => [
      dataset.id,
      { ok: true, kept: each.map((row) => dataset.row.parse(row)), items: each.length, pages: 1, at: '2026-08-20T12:00:00Z' },
    ]),
  );
  const measures = takeMeasures({ evidence, now: new Date('2026-08-20T12:00:00Z'), snapshot: loadSnapshot(), settings: defaultSettings });
  return (id: string) => measures.find((measure) => measure.id === id);
}

describe('servers and network devices', () => {
  it('are judged by build, service and holes', () => {
    const measure = measuresOf([
      [
        deviceInventory,
        [
          server(),
          server({ DeviceId: 's2', DeviceName: 'SRV-2', OSPlatform: 'WindowsServer2019', SystemVersion: '10.0.17763.8755' }),
          server({ DeviceId: 's3', DeviceName: 'SRV-3', OSPlatform: 'WindowsServer2008R2', SystemVersion: '6.1.7601.1', Exploitable: 3, Critical: 1 }),
          server({ DeviceId: 's4', DeviceName: 'SRV-4', OnboardingStatus: 'Can be onboarded', SystemVersion: null, InternetFacing: '' }),
          server({
            DeviceId: 'n1',
            DeviceName: 'SWITCH',
            DeviceType: 'NetworkDevice',
            OSPlatform: 'CiscoIOS',
            SystemVersion: null,
            Exploitable: 2,
            Critical: 0,
          }),
        ],
      ],
    ])('servers-and-network');
    expect(measure).toMatchObject({ value: 3, denominator: 5, because: 'Of 1 device nothing is known that shows its updates.' });
    expect(
      measure?.table?.rows.map(([name, , kind, product, build, month, behind, service, exploit]) => [
        name,
        kind,
        product,
        build,
        month,
        behind,
        service,
        exploit,
      ]),
    ).toEqual([
      ['SRV-3', 'Server', 'Windows Server 2008 R2', '6.1.7601.1', null, null, '2020-01-14', 3],
      ['SWITCH', 'Network device', 'CiscoIOS', null, null, null, null, 2],
      ['SRV-2', 'Server', 'Windows Server 2019', '17763.8755', '2026-05', 3, null, 0],
      ['SRV-1', 'Server', 'Windows Server 2022', '20348.5499', '2026-08', 0, null, 0],
      ['SRV-4', 'Server', 'Windows Server 2022', '10.0.20348', null, null, null, null],
    ]);
  });

  it('are not known where there are none, or nothing shows their updates', () => {
    expect(measuresOf([[deviceInventory, []]])('servers-and-network')?.value).toBeNull();
    expect(measuresOf([[deviceInventory, [server({ OSPlatform: 'Linux', SystemVersion: null })]]])('servers-and-network')?.value).toBeNull();
  });
});

describe('programs with urgent holes', () => {
  it('stand by the number of their devices', () => {
    const measure = measuresOf([
      [
        exploitableVulnerabilities,
        [
          hole(),
          hole({ CveId: 'CVE-2', ExploitCode: 'no', CvssScore: 9.1, PublishedDate: '2026-01-02T00:00:00Z', Devices: 7 }),
          hole({ SoftwareName: 'jre', SoftwareVendor: 'oracle', Devices: 30, PublishedDate: null }),
        ],
      ],
      [deviceOnboarding, [onboarding()]],
    ])('exploitable-software');
    expect(measure).toMatchObject({ value: 2, because: '1 program has such a hole past the deadline.' });
    expect(measure?.table?.rows).toEqual([
      ['jre (oracle)', 30, 1, 0, null, null, 'CVE-2026-999001'],
      ['chrome (google)', 12, 1, 1, 1, '2026-01-02', 'CVE-2 and CVE-2026-999001'],
    ]);
  });

  it('are not none where nobody looks', () => {
    expect(
      measuresOf([
        [exploitableVulnerabilities, []],
        [deviceOnboarding, []],
      ])('exploitable-software')?.value,
    ).toBeNull();
    expect(
      measuresOf([
        [exploitableVulnerabilities, []],
        [deviceOnboarding, [onboarding()]],
      ])('exploitable-software')?.value,
    ).toBe(0);
  });
});

describe('devices that Defender does not watch', () => {
  it('are counted by kind, and what is not known is left out and told', () => {
    const measure = measuresOf([
      [
        deviceOnboarding,
        [
          onboarding(),
          onboarding({ OnboardingStatus: 'Can be onboarded', Devices: 5 }),
          onboarding({ DeviceType: 'Server', OnboardingStatus: 'Can be onboarded', Devices: 6 }),
          onboarding({ OnboardingStatus: 'Insufficient info', Devices: 2 }),
          onboarding({ DeviceType: 'Printer', OnboardingStatus: 'Unsupported', Devices: 3 }),
        ],
      ],
    ])('defender-onboarding');
    expect(measure).toMatchObject({ value: 11, denominator: 111, because: '2 devices of which Defender knows too little left out.' });
    expect(measure?.series).toEqual([
      { label: 'Server', value: 6 },
      { label: 'Workstation', value: 5 },
    ]);
  });
});
