import { describe, expect, it } from 'vitest';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { endingFeatures } from '../../src/datasets/ending-features.ts';
import { endingFeatureUses } from '../../src/datasets/graph/endingFeatureUses.ts';
import { serverProductOf, serverProductRetirements } from '../../src/datasets/server-products.ts';

const of = (SoftwareName: string, SoftwareVersion: string | null = null) => serverProductOf({ DeviceId: 's1', SoftwareName, SoftwareVersion });

describe('a program of a server', () => {
  it.each([
    ['exchange_server', '14.03.0513.000', 'Exchange Server 2010'],
    ['exchange_server', '15.0.1497.48', 'Exchange Server 2013'],
    ['exchange_server_2016', '15.01.2507.077', 'Exchange Server 2016'],
    ['exchange_server', '15.2.221.12', 'Exchange Server 2019'],
    ['exchange_server', '15.02.2561.999', 'Exchange Server 2019'],
    ['exchange_server', '15.02.2562.017', 'Exchange Server Subscription Edition'],
    ['exchange_server_2019_cumulative_update_15', null, 'Exchange Server 2019'],
    ['exchange_server_se', null, 'Exchange Server Subscription Edition'],
    ['Microsoft Exchange Server 2019', '', 'Exchange Server 2019'],
    ['sharepoint_server_2016', '16.0.4351.1000', 'SharePoint Server 2016'],
    ['sharepoint_server', '16.0.5565.1001', 'SharePoint Server 2016'],
    ['sharepoint_enterprise_server_2016', null, 'SharePoint Server 2016'],
    ['sharepoint_server', '16.0.10337.12109', 'SharePoint Server 2019'],
    ['sharepoint_server', '16.0.14326.20450', 'SharePoint Server Subscription Edition'],
    ['sharepoint_foundation_2013', '15.0.5511.1000', 'SharePoint 2013'],
    ['skype_for_business_server_2015', '6.0.9319.886', 'Skype for Business Server 2015'],
    ['skype_for_business_server_2019', '7.0.2046.583', 'Skype for Business Server 2019'],
    ['skype_for_business_server_2019,_core_components', '7.0.2046.583', 'Skype for Business Server 2019'],
    ['skype_for_business_server_subscription_edition', '7.0.2046.889', 'Skype for Business Server Subscription Edition'],
    ['lync_server_2013', '5.0.8308.0', 'Lync Server 2013'],
  ])('%s %s is %s', (name, version, expected) => expect(of(name, version)?.product?.name).toBe(expected));

  it.each([
    ['exchange_server', null],
    ['exchange_server', '16.0.1.1'],
    ['sharepoint_server', '16.0'],
    ['sharepoint_server', 'unknown'],
    ['skype_for_business_server', '7.0.2046.583'],
  ])('%s %s is one of a version that cannot be told', (name, version) => expect(of(name, version)).toMatchObject({ product: null }));

  it.each([
    'sharepoint_designer_2013',
    'sharepoint_online_management_shell',
    'sharepoint_server_2019_language_pack',
    'skype_for_business',
    'exchange_online_powershell',
  ])('%s is none of them', (name) => expect(of(name, '16.0.5000.1')).toBeUndefined());

  it('belongs to an entry of the list that the check decides', () => {
    const decided = (check: string) => retirementEntries.filter(({ checks }) => checks?.includes(check)).map(({ id }) => id);
    expect([...serverProductRetirements.keys()].sort()).toEqual(decided('server-products-ended').sort());
    expect(
      Object.values(endingFeatures)
        .map(({ retirement }) => retirement)
        .sort(),
    ).toEqual(decided('windows-features-ending-used').sort());
  });
});

describe('the question about parts of Windows that end', () => {
  const kql = endingFeatureUses.kql ?? '';
  // KQL writes the patterns of RE2; these read the same here, but for the flag in front.
  const pattern = (before: string) => new RegExp(new RegExp(`${before} matches regex @'\\(\\?i\\)([^']+)'`).exec(kql)?.[1] ?? '(?!)', 'i');
  const version2 = pattern("FileName =~ 'powershell.exe' and ProcessCommandLine");
  const script = pattern("'cscript.exe'\\) and ProcessCommandLine");

  it.each([
    ['powershell -version 2 -file x.ps1', true],
    ['"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"  -v 2.0', true],
    ['powershell.exe /Ver 2', true],
    ['powershell.exe -Version:2', true],
    ['powershell.exe -Version 5.1', false],
    ['powershell.exe -Version 2.5', false],
    ['powershell.exe -File update.ps1 -Version 2', false],
    ['powershell.exe -Verbose 2', false],
  ])('%s starts version 2: %s', (line, expected) => expect(version2.test(line)).toBe(expected));

  it.each([
    ['wscript.exe "\\\\aldermoor\\netlogon\\drives.vbs"', true],
    ['cscript //E:vbscript x.txt', true],
    ['cscript.exe job.wsf', false],
    ['wscript.exe page.js', false],
  ])('%s is VBScript: %s', (line, expected) => expect(script.test(line)).toBe(expected));

  it('asks for no command line', () => {
    const asked = /\| project ([^|]*)\| take/.exec(kql)?.[1] ?? 'CommandLine';
    expect(asked).not.toMatch(/CommandLine/);
    expect(kql).not.toMatch(/["\n]/);
  });
});
