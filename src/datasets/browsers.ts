/** First version of each browser that knows all of ECMAScript 2022, class static blocks being the last of it. */
const first: Readonly<Record<string, number>> = { chrome: 94, edge: 94, firefox: 93, opera: 80, safari: 16.4 };

/**
 * Whether a browser, named as in the sign-in log (`Chrome 139.0.0`, `Mobile Safari 15.6`, `IE 11.0`), lacks ECMAScript
 * 2022. Null = it is not told, or not known here.
 */
export function lacksEs2022(browser: string | null | undefined): boolean | null {
  const [, family, major, minor = '0'] = /^(?:Mobile )?(Chrome|Edge|Firefox|Opera|Safari|IE)(?: Mobile)? (\d+)(?:\.(\d+))?/i.exec(browser?.trim() ?? '') ?? [];
  if (!family || !major) return null;
  const least = first[family.toLowerCase()];
  if (least === undefined) return true;
  const [leastMajor, leastMinor] = [Math.floor(least), Math.round((least % 1) * 10)];
  return Number(major) < leastMajor || (Number(major) === leastMajor && Number(minor) < leastMinor);
}
