/** Rows as Defender's hunting tables give them. The tables judge at 2026-08-20T12:00Z. */

export function hole(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    '@odata.type': '#microsoft.graph.security.huntingRowResult',
    CveId: 'CVE-2026-999001',
    SoftwareVendor: 'google',
    SoftwareName: 'chrome',
    ExploitCode: 'yes',
    CvssScore: 8.8,
    PublishedDate: '2026-08-15T00:00:00Z',
    Devices: 12,
    ...change,
  };
}

export function onboarding(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { DeviceType: 'Workstation', OSPlatform: 'Windows11', OnboardingStatus: 'Onboarded', Devices: 100, ...change };
}

export function server(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    DeviceId: 's1',
    DeviceName: 'SRV-1',
    AadDeviceId: '',
    DeviceType: 'Server',
    OSPlatform: 'WindowsServer2022',
    OnboardingStatus: 'Onboarded',
    InternetFacing: 'no',
    SystemVersion: '10.0.20348.5499',
    Exploitable: null,
    Critical: null,
    Timestamp: '2026-08-20T07:00:00Z',
    ...change,
  };
}

export function product(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { DeviceId: 's1', DeviceName: 'SRV-1', SoftwareName: 'exchange_server_2019', SoftwareVersion: '15.02.1748.055', ...change };
}

export function featureUse(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { DeviceId: 'c1', DeviceName: 'PC-1', Feature: 'wmic', Uses: 3, LastUsed: '2026-08-19T07:00:00Z', StartedBy: 'cmd.exe', ...change };
}

export function supported(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    SoftwareVendor: 'adobe',
    SoftwareName: 'flash_player',
    SoftwareVersion: '32.0.0.465',
    EndOfSupportStatus: 'EOS Software',
    EndOfSupportDate: '2020-12-31T00:00:00Z',
    Devices: 4,
    ...change,
  };
}

export function secureBoot(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { State: 'exposed', DeviceId: 'c1', DeviceName: 'PC-1', Devices: 1, ...change };
}

export function wsusServer(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { Server: 'wsus01.contoso.local', Devices: 3, ...change };
}
