import { serverStates } from '../../src/advisories/servers.ts';
import { aboutSeenServer } from '../../src/datasets/device-systems.ts';
import { deviceInventory } from '../../src/datasets/graph/deviceInventory.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { addDays, isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

const noticeDays = 365;

export default defineCheck({
  id: 'server-os-unsupported',
  title: 'Every Windows server runs a version that gets security updates',
  failTitle: 'Windows servers run versions without security updates',
  why: 'Servers hold the data and the passwords of everybody. One without updates is the first target of whoever is inside the network.',
  severity: 'high',
  controls: [{ framework: 'CIS Controls 8.1', id: '2.2' }],
  references: [
    { label: 'Windows Server release information', url: 'https://learn.microsoft.com/windows/release-health/windows-server-release-info' },
    { label: 'Extended Security Updates for Windows Server', url: 'https://learn.microsoft.com/windows-server/get-started/extended-security-updates-overview' },
    { label: 'Device inventory of Defender', url: 'https://learn.microsoft.com/defender-endpoint/machines-view-overview' },
  ],
  remediation: {
    effort: 'high',
    impact: 'The services of a server move to a new one, or stand still while it is upgraded.',
    steps: [
      'Defender portal > Assets > Devices: look up the server, and find out what runs on it and who needs it.',
      'Install a server with a current version and move roles and data to it; upgrade in place only where the maker of the software allows it.',
      'What cannot move yet: buy Extended Security Updates where there still are some, and close the server off from the internet and from clients.',
    ],
    command:
      'Start-MgSecurityHuntingQuery -Query "DeviceInfo | where DeviceType == \'Server\' | summarize arg_max(Timestamp, DeviceName, OSPlatform, OSBuild) by DeviceId"',
    rollback: 'Keep the old server switched off until the new one has proven itself, and switch it on again if it must be.',
  },
  needs: { deviceInventory },

  evaluate({ deviceInventory }, { now, snapshot }) {
    const stateOf = serverStates(snapshot, now);
    const servers = deviceInventory
      .filter(({ DeviceType }) => DeviceType.toLowerCase() === 'server')
      .map((row) => ({ row, state: stateOf({ platform: row.OSPlatform, version: row.SystemVersion }) }))
      .flatMap(({ row, state }) => (state ? [{ row, state }] : []));
    if (servers.length === 0) return { verdict: 'notApplicable', because: 'Defender saw no Windows server within 30 days.' };
    const findings = servers.flatMap(({ row, state: { service, build } }): Finding[] => {
      if (service.state !== 'outOfService') return [];
      const name = row.DeviceName || row.DeviceId;
      return [
        {
          subject: { type: 'device', id: row.DeviceId, name },
          message: `Windows ${service.name} on this server gets no security updates ${service.since ? `since ${service.since}` : 'any more'}.`,
          facts: {
            version: service.name,
            ...(build ? { build } : {}),
            ...(service.since ? { endOfService: service.since } : {}),
            ...(row.InternetFacing ? { internetFacing: row.InternetFacing } : {}),
            lastSeen: row.Timestamp,
            // Empty for a version that no entry of the list of retirements speaks of.
            retirements: aboutSeenServer(row.OSPlatform, row.SystemVersion) ?? '',
          },
        },
      ];
    });
    if (findings.length > 0)
      return failIfAny(
        findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
        servers.length,
      );
    const unknown = servers.flatMap(({ state: { service } }) => (service.state === 'unknown' ? [service.because] : [])).sort(byText);
    if (unknown[0])
      throw new UnknownEvidence(
        `For ${count(unknown.length, 'Windows server')} the end of service is unknown, for example: ${unknown[0]}.`,
        'Look the servers up in Defender portal > Assets > Devices.',
      );
    return failIfAny(
      [],
      servers.length,
      endingSoon(
        servers.map(({ state }) => state.service),
        now,
      ),
    );
  },
});

/** Versions in use that end within a year. */
function endingSoon(services: readonly { state: string; name?: string; until?: string | null }[], now: Date): string | undefined {
  const limit = isoDay(addDays(now, noticeDays));
  const soon = services.flatMap(({ name, until }) => (name && until && until <= limit ? [`Windows ${name} until ${until}`] : []));
  const groups = [...Map.groupBy(soon, (each) => each)].sort(([a], [b]) => byText(a, b)).map(([each, all]) => `${count(all.length, 'server')} on ${each}`);
  return groups.length > 0 ? `Security updates end within a year for ${list(groups)}.` : undefined;
}
