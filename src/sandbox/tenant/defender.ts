import type { Row } from '../collection.ts';
import type { Hunting, HuntingAnswer } from '../hunting.ts';
import { defenderId, secureBootOf, supportOf, windowsComputers, wsusOf } from './defender-programs.ts';
import { deviceName } from './devices.ts';
import { nameOr } from './names.ts';
import type { World } from './world.ts';

/** What Defender's hunting tables tell of the tenant. */
export function huntingOf(world: World): Hunting {
  const watchedServers = serversOf(world).filter(({ watched }) => watched).length;
  const answers = [
    ...[vulnerabilitiesOf(world), onboardingOf(world), inventoryOf(world), productsOf(world), featureUsesOf(world)],
    ...[supportOf(world), secureBootOf(world, watchedServers), wsusOf(world)],
  ];
  return { filled: world.plans.includes('WINDEFATP'), answers };
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
  return windowsComputers(world).length;
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
  /** Name and version of what is made for servers. */
  runs?: readonly [string, string];
}

/** Builds of August 2026, and in the messy tenant older ones, a system that ended, and one that nobody watches. */
function serversOf(world: World): readonly Seen[] {
  const files: Seen = { name: 'ALD-SRV-FILE01', platform: 'WindowsServer2025', version: '10.0.26100.33296', watched: true };
  if (world.clean)
    return [
      { ...files, name: 'ALD-SRV-DC01' },
      { ...files, runs: ['exchange_server_se', '15.02.2562.056'] },
    ];
  const neglected: readonly Seen[] = [
    { name: 'ALD-SRV-DC01', platform: 'WindowsServer2022', version: '10.0.20348.5499', watched: true },
    files,
    { ...neglectedServer, runs: ['exchange_server_2019', '15.02.1748.024'] },
    { name: 'ALD-SRV-SCAN01', platform: 'WindowsServer2022', version: null, watched: false },
    { name: 'ALD-SRV-ERP01', platform: 'WindowsServer2008R2', version: '6.1.7601.27219', watched: true, exploitable: 31, critical: 9 },
  ];
  return world.variant === 'messy' ? [...neglected, ...farm] : neglected;
}

const neglectedServer: Seen = {
  name: 'ALD-SRV-APP01',
  platform: 'WindowsServer2019',
  version: '10.0.17763.8755',
  watched: true,
  facing: true,
  exploitable: 6,
  critical: 2,
};

/** Servers with products that ended, one of them a name that tells nothing without its version. */
const farm: readonly Seen[] = [
  { name: 'ALD-SRV-MAIL01', platform: 'WindowsServer2016', version: '10.0.14393.9418', watched: true, runs: ['exchange_server', '15.01.2507.061'] },
  { name: 'ALD-SRV-WEB01', platform: 'WindowsServer2019', version: '10.0.17763.8755', watched: true, runs: ['sharepoint_server_2019', '16.0.10417.20198'] },
  { name: 'ALD-SRV-TEL01', platform: 'WindowsServer2019', version: '10.0.17763.8755', watched: true, runs: ['skype_for_business_server_2019', '7.0.2046.583'] },
];

/** The inventory lists whatever comes near: a tool beside the server, too. */
function productsOf(world: World): HuntingAnswer {
  const rows = serversOf(world).flatMap(({ name, runs }, index): Row[] => {
    if (!runs) return [];
    const at = { DeviceId: defenderId(index), DeviceName: nameOr(world.hostileNames, index, name) };
    const beside = runs[0].startsWith('sharepoint') ? [{ ...at, SoftwareName: 'sharepoint_client_components', SoftwareVersion: '16.0.5044.1000' }] : [];
    return [{ ...at, SoftwareName: runs[0], SoftwareVersion: runs[1] }, ...beside];
  });
  return {
    table: 'DeviceTvmSoftwareInventory',
    columns: { DeviceId: 'String', DeviceName: 'String', SoftwareName: 'String', SoftwareVersion: 'String' },
    rows,
  };
}

interface Habit {
  feature: string;
  startedBy: string;
  uses: number;
  /** Days since it last ran. */
  ago: number;
  /** One of so many computers. */
  every: number;
}

const wmic: Habit = { feature: 'wmic', startedBy: 'cmd.exe', uses: 30, ago: 0.3, every: 20 };
const logonScripts: readonly Habit[] = [
  wmic,
  { feature: 'vbscript', startedBy: 'gpscript.exe', uses: 22, ago: 0.4, every: 6 },
  { feature: 'powershell2', startedBy: 'backup-agent.exe', uses: 4, ago: 7, every: 40 },
];

/** Logon scripts and agents that use what Windows loses: many in the messy tenant, one in the typical one. */
function featureUsesOf(world: World): HuntingAnswer {
  const habits = world.clean ? [] : world.variant === 'messy' ? logonScripts : [wmic];
  const computers = windowsComputers(world);
  const rows = habits.flatMap(({ feature, startedBy, uses, ago, every }) =>
    computers
      .filter((_, place) => place % every === 0)
      .map(
        (index): Row => ({
          DeviceId: defenderId(1000 + index),
          DeviceName: deviceName(world, index),
          Feature: feature,
          Uses: uses,
          LastUsed: world.times.ago(ago),
          StartedBy: startedBy,
        }),
      ),
  );
  return {
    table: 'DeviceProcessEvents',
    columns: { DeviceId: 'String', DeviceName: 'String', Feature: 'String', Uses: 'Int64', LastUsed: 'DateTime', StartedBy: 'String' },
    rows: rows.slice(0, 9000),
  };
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
    DeviceId: defenderId(index),
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
