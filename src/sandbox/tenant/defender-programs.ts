import type { Row } from '../collection.ts';
import type { HuntingAnswer } from '../hunting.ts';
import { deviceName, isWindowsDevice } from './devices.ts';
import { guid } from './seed.ts';
import type { World } from './world.ts';

export function defenderId(index: number): string {
  return guid('defenderDevice', index).replaceAll('-', '');
}

export function windowsComputers(world: World): number[] {
  return Array.from({ length: world.devices }, (_, index) => index).filter(isWindowsDevice);
}

interface Program {
  vendor: string;
  software: string;
  version: string;
  status: string;
  /** Days until support ends; negative = since it ended, null = not told. */
  ends: number | null;
  /** Share of the computers. */
  on: number;
}

const serviced: readonly Program[] = [{ vendor: 'python', software: 'python', version: '3.11.9150.0', status: 'Upcoming EOS Version', ends: 200, on: 0.05 }];
const forgotten: readonly Program[] = [
  ...serviced,
  { vendor: 'adobe', software: 'flash_player', version: '32.0.0.465', status: 'EOS Software', ends: -2058, on: 0.04 },
];
/** The date of the last one passed before Defender noticed. */
const pile: readonly Program[] = [
  ...forgotten,
  { vendor: 'oracle', software: 'jre', version: '6.0.450.6', status: 'EOS Version', ends: -4900, on: 0.02 },
  { vendor: 'veryoldtools', software: 'label_designer', version: '4.2', status: 'EOS Software', ends: null, on: 0.1 },
  { vendor: 'node.js', software: 'node.js', version: '20.19.5', status: 'Upcoming EOS Version', ends: -3, on: 0.03 },
];

/** Programs whose support ended, or soon will. */
export function supportOf(world: World): HuntingAnswer {
  const computers = windowsComputers(world).length;
  const programs = world.clean ? serviced : world.variant === 'messy' ? pile : forgotten;
  return {
    table: 'DeviceTvmSoftwareInventory',
    columns: {
      SoftwareVendor: 'String',
      SoftwareName: 'String',
      SoftwareVersion: 'String',
      EndOfSupportStatus: 'String',
      EndOfSupportDate: 'DateTime',
      Devices: 'Int64',
    },
    rows: programs.map(({ vendor, software, version, status, ends, on }) => ({
      SoftwareVendor: vendor,
      SoftwareName: software,
      SoftwareVersion: version,
      EndOfSupportStatus: status,
      EndOfSupportDate: ends === null ? null : `${world.times.dayAgo(-ends)}T00:00:00Z`,
      Devices: Math.max(1, Math.round(on * computers)),
    })),
  };
}

/** The service names so many of the exposed devices. */
const named = 5000;

/** Neglected tenants have computers whose firmware nobody updated; a few have none to speak of. */
export function secureBootOf(world: World, servers: number): HuntingAnswer {
  const every = world.clean ? 0 : world.variant === 'messy' ? 9 : 50;
  const computers = windowsComputers(world);
  const exposed = every > 0 ? computers.filter((_, place) => place % every === 4 % every) : [];
  const group = (State: string, Devices: number): Row => ({ State, DeviceId: '', DeviceName: '', Devices });
  return {
    table: 'DeviceTvmSecureConfigurationAssessment',
    columns: { State: 'String', DeviceId: 'String', DeviceName: 'String', Devices: 'Int64' },
    rows: [
      ...exposed.slice(0, named).map(
        (index): Row => ({
          State: 'exposed',
          DeviceId: defenderId(1000 + index),
          DeviceName: deviceName(world, index),
          Devices: 1,
        }),
      ),
      group('exposed', Math.max(0, exposed.length - named)),
      group('updated', computers.length - exposed.length),
      group('notApplicable', servers),
    ].filter(({ Devices: devices }) => Number(devices) > 0),
  };
}

/** Neglected tenants have Windows computers that still ask the old server in the house. */
export function wsusOf(world: World): HuntingAnswer {
  const asking = Math.round(windowsComputers(world).length * 0.08);
  return {
    table: 'DeviceNetworkEvents',
    columns: { Server: 'String', Devices: 'Int64' },
    rows: !world.clean && asking > 0 ? [{ Server: 'ald-srv-wsus01.alder.local', Devices: asking }] : [],
  };
}
