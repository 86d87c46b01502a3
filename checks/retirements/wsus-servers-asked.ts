import { activeWindowsCount } from '../../src/datasets/devices.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { wsusConnections } from '../../src/datasets/graph/wsusConnections.ts';
import { computerReach } from '../../src/datasets/watched-devices.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'wsus-servers-asked',
  title: 'No computer asks a WSUS server for updates',
  failTitle: 'Computers ask WSUS servers for updates',
  why: 'WSUS gets no new features, and a hole in it was used for break-ins in 2025. Whoever owns such a server can give its computers an update of their own.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Windows updates and WSUS together', url: 'https://learn.microsoft.com/windows/deployment/update/wufb-wsus' },
    {
      label: 'WSUS and its ports',
      url: 'https://learn.microsoft.com/windows-server/administration/windows-server-update-services/get-started/windows-server-update-services-wsus',
    },
    { label: 'Connections of devices in Defender', url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicenetworkevents-table' },
  ],
  remediation: {
    effort: 'high',
    impact: 'Computers fetch updates from Microsoft; Delivery Optimization keeps the traffic in the house.',
    steps: [
      'Find out who sends computers to the server named here: a group policy (Specify intranet Microsoft update service location), Configuration Manager, or a policy of Intune.',
      'Patch the server and close it to everything but its computers, as long as anything uses it.',
      'Give the computers an update ring, take the policy away, and watch the number here fall. Then take the server down.',
    ],
    command:
      "Start-MgSecurityHuntingQuery -Query \"DeviceNetworkEvents | where RemotePort in (8530, 8531) | where RemoteUrl has '<server>' or RemoteIP == '<address>' | distinct DeviceName\"",
    rollback: 'Put the policy with the address of the server back.',
  },
  needs: { wsusConnections, deviceOnboarding },
  needsIfLicensed: { managedDevices },

  evaluate({ wsusConnections, deviceOnboarding, managedDevices }, { now }) {
    const findings = wsusConnections.map(({ Server: server, Devices: devices }) => ({
      subject: { type: 'server', id: server, name: server },
      message: `${count(devices, 'computer')} asked this server for updates within 7 days.`,
      facts: { devices },
    }));
    const { watched, unknown } = computerReach(deviceOnboarding, managedDevices.ok ? activeWindowsCount(managedDevices.kept, now) : 0);
    const examined = Math.max(watched, ...wsusConnections.map(({ Devices }) => Devices), 0);
    if (findings.length > 0)
      return failIfAny(
        findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
        examined,
      );
    if (unknown) throw new UnknownEvidence(unknown, 'Onboard the computers to Defender; of what it does not watch it sees no connection.');
    if (examined === 0) return { verdict: 'notApplicable', because: 'Defender saw no Windows computer within 30 days.' };
    return failIfAny([], examined);
  },
});
