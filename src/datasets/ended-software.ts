/** A program that Microsoft ended or will end, and how Intune's inventory names it. */
export interface EndedSoftware {
  name: string;
  /** The day it ends: ended counts from the day after. */
  ends: string;
  /** Id in the list of retirements; absent where the program ended long ago and leaves only remains. */
  retirement?: string;
  /** Matches `displayName`: the name of the installer on Windows, of the package for store apps. */
  named: RegExp;
  /** Matches `version`, where the name alone is also that of a successor. */
  version?: RegExp;
  /** Only versions below this one: numbers with dots. */
  before?: string;
  /** Matches `platform`; absent = any. */
  on?: RegExp;
}

const phones = /^(ios|android)/i;
/** The app for phones; on a Mac it goes by the same name. */
const defenderApp = /^(Microsoft )?Defender( for Endpoint|: (Antivirus|Security))?$|^com\.microsoft\.scmx$/i;

/** Parts that come and go with a suite are left out: the suite itself is named. */
const suiteParts = /\b(mui|proof|proofing|language pack|shared|osm|osmux|dcf|web components|viewer|update|extensibility|localization|interop)\b/i;

/** One edition of the boxed Office: `Microsoft Office Professional Plus 2016`, `Microsoft Visio LTSC Professional 2021 - en-us`. */
const boxed = (years: string) =>
  new RegExp(`^Microsoft (Office|Visio|Project|Word|Excel|PowerPoint|Outlook|Access(?! database engine)|Publisher|OneNote)\\b.*\\b(${years})\\b`, 'i');

const defenderBeforeFebruary = { retirement: 'defender-mobile-old-versions', name: 'a Defender app from before February 2026', ends: '2026-05-10' };

/** What the list of retirements speaks of, by name of the program. */
const announced: readonly EndedSoftware[] = [
  { retirement: 'office-2016-2019', name: 'Office 2016 or 2019', ends: '2025-10-14', named: boxed('2016|2019') },
  { retirement: 'office-2021', name: 'Office 2021', ends: '2026-10-13', named: boxed('2021') },
  { retirement: 'office-2024', name: 'Office 2024', ends: '2029-10-09', named: boxed('2024') },
  { retirement: 'onenote-windows-10', name: 'OneNote for Windows 10', ends: '2025-10-14', named: /^(OneNote for Windows 10|Microsoft\.Office\.OneNote)$/i },
  { retirement: 'sway-desktop', name: 'Sway', ends: '2026-06-01', named: /^(Sway|Microsoft Sway|Microsoft\.Office\.Sway)$/i },
  { retirement: 'office-aip-addin', name: 'Azure Information Protection client', ends: '2024-04-11', named: /\bAzure Information Protection\b/i },
  { retirement: 'teams-classic-client', name: 'classic Teams', ends: '2025-07-01', named: /^(Teams Machine-Wide Installer|Microsoft Teams classic)$/i },
  { retirement: 'teams-classic-client', name: 'classic Teams', ends: '2025-07-01', named: /^Microsoft Teams$/i, version: /^1\./, on: /^(windows|macOS)$/i },
  { retirement: 'spo-designer-2013', name: 'SharePoint Designer 2013', ends: '2026-07-14', named: /^Microsoft SharePoint Designer 2013\b/i },
  { retirement: 'spo-infopath', name: 'InfoPath 2013', ends: '2026-07-14', named: /^Microsoft InfoPath 2013\b/i },
  {
    retirement: 'outlook-legacy-clients',
    name: 'Windows Mail and Calendar',
    ends: '2024-12-31',
    named: /^(Mail and Calendar|microsoft\.windowscommunicationsapps)$/i,
  },
  { retirement: 'microsoft-lens', name: 'Microsoft Lens', ends: '2026-03-09', named: /^((Microsoft|Office) Lens\b|com\.microsoft\.(office\.)?officelens$)/i },
  { retirement: 'outlook-lite', name: 'Outlook Lite', ends: '2026-05-25', named: /^(Microsoft )?Outlook Lite\b|^com\.microsoft\.outlooklite$/i, on: phones },
  // The versions are those that Microsoft names as served.
  { ...defenderBeforeFebruary, named: defenderApp, before: '1.0.8605.0101', on: /^android/i },
  { ...defenderBeforeFebruary, named: defenderApp, before: '1.1.73270102', on: /^ios/i },
];

/** Ended before the list of retirements begins: https://learn.microsoft.com/lifecycle/products/ */
const remains: readonly EndedSoftware[] = [
  { name: 'Silverlight', ends: '2021-10-12', named: /^Microsoft Silverlight\b/i },
  { name: 'Flash Player', ends: '2020-12-31', named: /^Adobe Flash Player\b/i },
  { name: 'Skype for Business 2015', ends: '2023-04-11', named: /^(Microsoft )?Skype for Business 2015\b/i },
  { name: 'Skype for Business 2016', ends: '2025-10-14', named: /^(Microsoft )?Skype for Business( Basic)? 2016\b/i },
  { name: 'Lync', ends: '2023-04-11', named: /^Microsoft Lync\b/i },
  { name: 'Access Runtime or database engine 2010', ends: '2020-10-13', named: /^Microsoft Access (database engine|Runtime) 2010\b/i },
  { name: 'Access Runtime 2013', ends: '2023-04-11', named: /^Microsoft Access Runtime 2013\b/i },
  { name: 'Office 2013', ends: '2023-04-11', named: boxed('2013') },
  { name: 'Office 2010', ends: '2020-10-13', named: boxed('2010') },
  { name: 'Office 2007', ends: '2017-10-10', named: boxed('2007') },
  { name: 'SharePoint Designer 2010', ends: '2021-07-13', named: /^Microsoft SharePoint Designer 2010\b/i },
  { name: 'InfoPath 2010', ends: '2020-10-13', named: /^Microsoft InfoPath 2010\b/i },
  { name: 'SQL Server 2012', ends: '2022-07-12', named: /^Microsoft SQL Server 2012( \(64-bit\))?$/i },
  { name: 'SQL Server 2014', ends: '2024-07-09', named: /^Microsoft SQL Server 2014( \(64-bit\))?$/i },
  { name: 'Skype', ends: '2025-05-05', named: /^(Skype|Microsoft\.SkypeApp|Skype version 8\.\d+)$/i },
];

const table: readonly EndedSoftware[] = [...announced, ...remains];

/** Ids of retirements that the inventory of programs answers, with the last day in the table. */
export const softwareRetirements: ReadonlyMap<string, string> = new Map(announced.flatMap(({ retirement, ends }) => (retirement ? [[retirement, ends]] : [])));

export interface InventoryName {
  displayName?: string | null | undefined;
  version?: string | null | undefined;
  platform?: string | null | undefined;
}

/** The ended program that a line of the inventory is, or undefined. */
export function endedSoftwareOf({ displayName, version, platform }: InventoryName): EndedSoftware | undefined {
  const name = displayName?.trim() ?? '';
  if (!name || suiteParts.test(name)) return undefined;
  return table.find((each) => each.named.test(name) && isMeantVersion(each, version ?? '') && (!each.on || each.on.test(platform ?? '')));
}

function isMeantVersion({ version: pattern, before }: EndedSoftware, version: string): boolean {
  return (!pattern || pattern.test(version)) && (!before || isBelow(version, before));
}

/** A version that is no row of numbers is not below anything. */
function isBelow(version: string, limit: string): boolean {
  if (!/^\d+(\.\d+)*$/.test(version)) return false;
  const [own, other] = [version.split('.').map(Number), limit.split('.').map(Number)];
  const at = other.findIndex((part, index) => (own[index] ?? 0) !== part);
  return at >= 0 && (own[at] ?? 0) < (other[at] ?? 0);
}

/** Office on a Mac: one name for every edition, so the inventory does not tell what is subscribed from what was bought. */
export function isMacOffice({ displayName, platform }: InventoryName): boolean {
  return /^macos$/i.test(platform ?? '') && /^Microsoft (Word|Excel|PowerPoint|Outlook)(\.app)?$/i.test(displayName?.trim() ?? '');
}
