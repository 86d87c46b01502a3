import type { Row } from '../collection.ts';
import type { Hunting, HuntingAnswer } from '../hunting.ts';
import { isWindowsDevice } from './devices.ts';
import { nameOr } from './names.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

/** What Defender's hunting tables tell of the tenant. */
export function huntingOf(world: World): Hunting {
  return { filled: world.plans.includes('WINDEFATP'), answers: [vulnerabilitiesOf(world), onboardingOf(world), inventoryOf(world)] };
}

interface Hole {
  cve: string;
  vendor: string;
  software: string;
  exploit: boolean;
  cvss: number;
  /** Days since it was made public. */
  public: number;
  /** Share of the computers. */
  on: number;
}

/** Invented holes under numbers that nobody assigned. */
const fresh: readonly Hole[] = [{ cve: 'CVE-2026-999001', vendor: 'google', software: 'chrome', exploit: true, cvss: 8.8, public: 5, on: 0.2 }];
const neglected: readonly Hole[] = [
  ...fresh,
  { cve: 'CVE-2026-999002', vendor: 'google', software: 'chrome', exploit: true, cvss: 8.8, public: 41, on: 0.3 },
  { cve: 'CVE-2026-999003', vendor: 'google', software: 'chrome', exploit: false, cvss: 9.6, public: 70, on: 0.1 },
  { cve: 'CVE-2025-999004', vendor: 'adobe', software: 'acrobat_reader_dc', exploit: true, cvss: 7.8, public: 230, on: 0.15 },
  { cve: 'CVE-2025-999005', vendor: '7-zip', software: '7-zip', exploit: true, cvss: 7, public: 400, on: 0.5 },
  { cve: 'CVE-2024-999006', vendor: 'oracle', software: 'jre', exploit: false, cvss: 9.8, public: 700, on: 0.02 },
];

function computersOf(world: World): number {
  let computers = 0;
  for (let index = 0; index < world.devices; index += 1) if (isWindowsDevice(index)) computers += 1;
  return computers;
}

function vulnerabilitiesOf(world: World): HuntingAnswer {
  const computers = computersOf(world);
  return {
    table: 'DeviceTvmSoftwareVulnerabilities',
    columns: {
      CveId: 'String',
      SoftwareVendor: 'String',
      SoftwareName: 'String',
      ExploitCode: 'String',
      CvssScore: 'Double',
      PublishedDate: 'DateTime',
      Devices: 'Int64',
    },
    rows: (world.clean ? fresh : neglected).map((hole) => ({
      CveId: hole.cve,
      SoftwareVendor: hole.vendor,
      SoftwareName: hole.software,
      ExploitCode: hole.exploit ? 'yes' : 'no',
      CvssScore: hole.cvss,
      PublishedDate: world.times.ago(hole.public),
      Devices: Math.max(1, Math.round(hole.on * computers)),
    })),
  };
}

function onboardingOf(world: World): HuntingAnswer {
  const computers = computersOf(world);
  const left = world.clean ? 0 : Math.max(1, Math.round(computers * 0.05));
  const row = (DeviceType: string, OSPlatform: string, OnboardingStatus: string, Devices: number) => ({ DeviceType, OSPlatform, OnboardingStatus, Devices });
  const servers = serversOf(world);
  const watched = servers.filter(({ watched: yes }) => yes).length;
  return {
    table: 'DeviceInfo',
    columns: { DeviceType: 'String', OSPlatform: 'String', OnboardingStatus: 'String', Devices: 'Int64' },
    rows: [
      row('Workstation', 'Windows11', 'Onboarded', computers - left),
      row('Workstation', 'Windows11', 'Can be onboarded', left),
      row('Server', 'WindowsServer', 'Onboarded', watched),
      row('Server', 'WindowsServer', 'Can be onboarded', servers.length - watched),
      row('Printer', '', 'Unsupported', 3),
    ].filter(({ Devices: devices }) => devices > 0),
  };
}

interface Seen {
  name: string;
  platform: string;
  version: string | null;
  watched: boolean;
  kind?: 'NetworkDevice';
  facing?: boolean;
  exploitable?: number;
  critical?: number;
}

/** Builds of August 2026, and in the messy tenant older ones, a system that ended, and one that nobody watches. */
function serversOf(world: World): readonly Seen[] {
  const current: readonly Seen[] = [
    { name: 'ALD-SRV-DC01', platform: 'WindowsServer2022', version: '10.0.20348.5499', watched: true },
    { name: 'ALD-SRV-FILE01', platform: 'WindowsServer2025', version: '10.0.26100.33296', watched: true },
  ];
  if (world.clean) return current;
  return [
    ...current,
    { name: 'ALD-SRV-APP01', platform: 'WindowsServer2019', version: '10.0.17763.8755', watched: true, facing: true, exploitable: 6, critical: 2 },
    { name: 'ALD-SRV-SCAN01', platform: 'WindowsServer2022', version: null, watched: false },
    { name: 'ALD-SRV-ERP01', platform: 'WindowsServer2008R2', version: '6.1.7601.27219', watched: true, exploitable: 31, critical: 9 },
  ];
}

function networkOf(world: World): readonly Seen[] {
  const holes = world.clean ? {} : { exploitable: 2, critical: 1 };
  return [{ name: 'ALD-SWITCH01', platform: 'CiscoIOS', version: null, watched: false, kind: 'NetworkDevice', ...holes }];
}

function inventoryOf(world: World): HuntingAnswer {
  return {
    table: 'DeviceInfo',
    columns: {
      DeviceId: 'String',
      DeviceName: 'String',
      AadDeviceId: 'String',
      DeviceType: 'String',
      OSPlatform: 'String',
      OnboardingStatus: 'String',
      InternetFacing: 'String',
      SystemVersion: 'String',
      Exploitable: 'Int64',
      Critical: 'Int64',
      Timestamp: 'DateTime',
    },
    rows: [...serversOf(world), ...networkOf(world)].map((seen, index) => seenRow(world, seen, index)),
  };
}

function seenRow(world: World, seen: Seen, index: number): Row {
  return {
    DeviceId: guid('defenderDevice', index).replaceAll('-', ''),
    DeviceName: nameOr(world.hostileNames, index, seen.name),
    AadDeviceId: '',
    DeviceType: seen.kind ?? 'Server',
    OSPlatform: seen.platform,
    OnboardingStatus: seen.watched ? 'Onboarded' : 'Can be onboarded',
    InternetFacing: seen.watched ? (seen.facing ? 'yes' : 'no') : '',
    SystemVersion: seen.version,
    Exploitable: seen.exploitable ?? null,
    Critical: seen.critical ?? null,
    Timestamp: world.times.ago(0.2),
  };
}
