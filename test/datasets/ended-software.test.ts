import { describe, expect, it } from 'vitest';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import { endedSoftwareOf, isMacOffice, softwareRetirements } from '../../src/datasets/ended-software.ts';
import { detectedApps } from '../../src/datasets/graph/detectedApps.ts';

const entryOf = (displayName: string | null, version = '1.0', platform = 'windows') => endedSoftwareOf({ displayName, version, platform });

describe('a line of the inventory', () => {
  it.each([
    ['Microsoft Office Professional Plus 2016', 'office-2016-2019'],
    ['Microsoft Office Home and Business 2019 - de-de', 'office-2016-2019'],
    ['Microsoft Visio Professional 2016', 'office-2016-2019'],
    ['Microsoft Project Professional 2019 - en-us', 'office-2016-2019'],
    ['Microsoft Access 2016', 'office-2016-2019'],
    ['Microsoft Office LTSC Professional Plus 2021 - en-us', 'office-2021'],
    ['Microsoft Visio LTSC Standard 2021 - en-us', 'office-2021'],
    ['Microsoft Office LTSC Standard 2024 - en-us', 'office-2024'],
    ['OneNote for Windows 10', 'onenote-windows-10'],
    ['Microsoft.Office.OneNote', 'onenote-windows-10'],
    ['Microsoft.Office.Sway', 'sway-desktop'],
    ['Microsoft Azure Information Protection', 'office-aip-addin'],
    ['Teams Machine-Wide Installer', 'teams-classic-client'],
    ['Microsoft Teams classic', 'teams-classic-client'],
    ['Microsoft SharePoint Designer 2013', 'spo-designer-2013'],
    ['Microsoft InfoPath 2013', 'spo-infopath'],
    ['microsoft.windowscommunicationsapps', 'outlook-legacy-clients'],
    ['Microsoft Lens: PDF Scanner', 'microsoft-lens'],
    ['Office Lens', 'microsoft-lens'],
  ])('%s is about %s', (name, id) => expect(entryOf(name)?.retirement).toBe(id));

  it.each([
    'Microsoft 365 Apps for enterprise - en-us',
    'Microsoft Office 365 ProPlus - en-us',
    'Microsoft Visio - en-us',
    'Microsoft Teams Meeting Add-in for Microsoft Office',
    'Microsoft Office Proofing Tools 2016 - English',
    'Microsoft Word MUI (English) 2016',
    'Microsoft Visio Viewer 2016',
    'Microsoft Access database engine 2016 (English)',
    'Microsoft Purview Information Protection',
    'Microsoft OneNote - en-us',
    'Microsoft Visual C++ 2019 X64 Minimum Runtime',
    'Microsoft SQL Server Management Studio 2016',
    'Skype for Business Server 2019, Administrative Tools',
    'Microsoft Outlook',
    '',
  ])('%s is not about any', (name) => expect(entryOf(name)).toBeUndefined());

  it('is classic Teams by its version alone', () => {
    expect(entryOf('Microsoft Teams', '1.7.00.13456')?.retirement).toBe('teams-classic-client');
    expect(entryOf('Microsoft Teams', '24335.208.3315.1951')).toBeUndefined();
    expect(entryOf('Microsoft Teams', '1.0.0.2024', 'androidWorkProfile')).toBeUndefined();
  });
  it('is Outlook Lite on phones only', () => {
    expect(entryOf('Outlook Lite: Email', '3.5', 'androidWorkProfile')?.retirement).toBe('outlook-lite');
    expect(entryOf('Outlook Lite: Email')).toBeUndefined();
  });
  it.each([
    ['1.0.8604.9999', 'androidWorkProfile', true],
    ['1.0.8605.0101', 'androidWorkProfile', false],
    ['1.0.8605.0102', 'androidWorkProfile', false],
    ['1.0.8605', 'android', true],
    ['1.1.73270101', 'ios', true],
    ['1.1.73270102', 'ios', false],
    ['1.2.1', 'ios', false],
    ['1.1', 'ios', true],
    ['beta', 'ios', false],
    ['', 'ios', false],
    ['101.25062.0008', 'macOS', false],
    ['1.0.1', 'windows', false],
  ])('Defender %s on %s is from before February 2026: %s', (version, platform, is) =>
    expect(entryOf('Microsoft Defender', version, platform)?.retirement === 'defender-mobile-old-versions').toBe(is),
  );
  it.each(['Defender', 'Microsoft Defender: Antivirus', 'com.microsoft.scmx'])('%s is the Defender app', (name) =>
    expect(entryOf(name, '1.0.1', 'android')?.retirement).toBe('defender-mobile-old-versions'),
  );
  it.each([
    ['Microsoft Access database engine 2010 (English)', 'Access Runtime or database engine 2010'],
    ['Microsoft Office Professional Plus 2013', 'Office 2013'],
    ['Skype for Business Basic 2016 - en-us', 'Skype for Business 2016'],
    ['Microsoft SQL Server 2014 (64-bit)', 'SQL Server 2014'],
    ['Microsoft.SkypeApp', 'Skype'],
  ])('%s is a leftover: %s', (name, program) => expect(entryOf(name)).toMatchObject({ name: program }));
  it('without a name is nothing', () => expect(entryOf(null)).toBeUndefined());
});

it('ends on the last day that the list of retirements names', () => {
  const dates = new Map(retirementEntries.map(({ id, date }) => [id, date]));
  for (const [id, ends] of softwareRetirements) expect(dates.get(id), id).toBe(ends);
});

it('on a Mac Office has one name for all editions', () => {
  expect(isMacOffice({ displayName: 'Microsoft Word.app', platform: 'macOS' })).toBe(true);
  expect(isMacOffice({ displayName: 'Microsoft Word', platform: 'windows' })).toBe(false);
  expect(isMacOffice({ displayName: 'Pages', platform: 'macOS' })).toBe(false);
});

it('the inventory keeps what is judged and counts the rest', () => {
  const row = (id: string, displayName: string, more: Record<string, unknown> = {}) => ({
    id,
    displayName,
    version: '1',
    deviceCount: 1,
    platform: 'windows',
    ...more,
  });
  const rows = [
    row('1', 'Microsoft 365 Apps for enterprise - en-us'),
    row('2', 'Microsoft Teams classic'),
    row('3', 'Contoso Reader'),
    row('4', 'Microsoft Word', { platform: 'macOS' }),
    row('5', 'Microsoft Excel', { platform: 'macOS', deviceCount: 0 }),
  ];
  const kept = rows.reduce((kept, each) => detectedApps.keep.add(kept, detectedApps.row.parse(each)), detectedApps.keep.start());
  expect(kept).toMatchObject({ office: [{ id: '1' }], ended: [{ id: '2' }], macOffice: 1, onWindows: 3 });
});
