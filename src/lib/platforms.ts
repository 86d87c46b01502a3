export type Platform = 'windows' | 'windowsServer' | 'macOS' | 'iOS' | 'iPadOS' | 'android' | 'other';

const names: readonly (readonly [Platform, RegExp])[] = [
  ['windows', /^windows$/i],
  ['windowsServer', /^windows ?server$/i],
  ['macOS', /^mac ?os$/i],
  ['iOS', /^ios$/i],
  ['iPadOS', /^ipados$/i],
  // AndroidForWork, AndroidEnterprise and others run the same system.
  ['android', /^android/i],
];

/** Few names, however many devices. */
const known = new Map<string, Platform>();

/** What a managed device runs, from the free text in which Intune says it. Phones and headsets with Windows have names of their own. */
export function platformOf(operatingSystem: string | null | undefined): Platform {
  const text = operatingSystem ?? '';
  const platform = known.get(text) ?? names.find(([, name]) => name.test(text))?.[0] ?? 'other';
  known.set(text, platform);
  return platform;
}
