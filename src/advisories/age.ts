import { daysBetween } from '../lib/dates.ts';
import { freshDays, usableDays } from './windows.ts';

export type Age = 'fresh' | 'old' | 'tooOld' | 'absent' | 'fixed';

/** Parts of the advisory data as a person knows them. */
export const partNames = ['windows', 'lifecycle', 'apple', 'vulnerabilities', 'office', 'exchange', 'kev', 'bod2604', 'ssvc', 'epss', 'retirements'] as const;
type Part = (typeof partNames)[number];

/** What a part is for, and what follows from its age. */
const parts: Readonly<Record<Part, { about: string; fresh: string; old: string; tooOld: string }>> = {
  windows: {
    about: 'Windows updates',
    fresh: 'Proves whether a device is current.',
    old: 'Lower confidence: a device that has every known update is not proven current.',
    tooOld: 'No time to patch is given; coverage speaks of older months only.',
  },
  lifecycle: {
    about: 'Windows service dates',
    fresh: 'Tells which versions are in service.',
    old: 'Lower confidence: newer versions and moved dates are not known.',
    tooOld: 'Versions that came since are unknown to every check.',
  },
  apple: {
    about: 'Versions of macOS, iOS and iPadOS',
    fresh: 'Proves whether a device of Apple is current.',
    old: 'Lower confidence: a device that has the newest known version is not proven current.',
    tooOld: 'Devices of Apple are compared with versions that were replaced long ago.',
  },
  vulnerabilities: {
    about: 'Vulnerabilities (MSRC)',
    fresh: 'Tells which vulnerabilities a device lacks the fix for.',
    old: 'Lower confidence: the numbers of missing fixes are the least they can be.',
    tooOld: 'No time to patch per vulnerability is given; missing fixes are far more than those counted.',
  },
  office: {
    about: 'Microsoft 365 Apps builds',
    fresh: 'Proves whether a build is current.',
    old: 'Lower confidence: a build that is the newest known one is not proven current.',
    tooOld: 'No time to patch is given; newer builds are taken for current or unknown.',
  },
  exchange: {
    about: 'Exchange Server builds',
    fresh: 'Dates the fixes of Exchange Server.',
    old: 'Lower confidence: newer fixes have no date.',
    tooOld: 'Fixes that came since have no date.',
  },
  kev: {
    about: 'Exploited vulnerabilities (CISA KEV)',
    fresh: 'Tells which vulnerabilities are exploited, and until when CISA wants them fixed.',
    old: 'Lower confidence: newly exploited vulnerabilities are not counted.',
    tooOld: 'No time to patch exploited vulnerabilities is given; many are not counted.',
  },
  bod2604: { about: 'Deadlines of CISA BOD 26-04', fresh: 'A rule; it does not age.', old: '', tooOld: '' },
  ssvc: {
    about: 'CISA answers for BOD 26-04 (SSVC)',
    fresh: 'Decides between deadlines of BOD 26-04.',
    old: 'Lower confidence: for newer vulnerabilities the strictest deadline is taken.',
    tooOld: 'For newer vulnerabilities the strictest deadline is taken.',
  },
  epss: {
    about: 'Estimates of exploitation (EPSS)',
    fresh: 'Orders vulnerabilities; decides nothing.',
    old: 'Lower confidence: the estimates change daily.',
    tooOld: 'The estimates mean little any more.',
  },
  retirements: {
    about: 'Retirements and enforcements',
    fresh: 'Comes with the program; dates within 90 days are to be confirmed.',
    old: 'Lower confidence: dates may have moved. A newer version of the program brings newer ones.',
    tooOld: 'Dates may have moved or passed. A newer version of the program brings newer ones.',
  },
};

export interface PartAge {
  about: string;
  /** Whole days; null where there is no date or it does not matter. */
  days: number | null;
  age: Age;
  /** In one sentence. */
  means: string;
}

/** How old a part is at `now`, and what that means for results. */
export function ageOf(part: Part, asOf: string | null, now: Date): PartAge {
  const { about, fresh, old, tooOld } = parts[part];
  if (asOf === null) return { about, days: null, age: 'absent', means: 'Never read; tidytenant advisories update reads it.' };
  if (part === 'bod2604') return { about, days: null, age: 'fixed', means: fresh };
  const days = Math.max(0, daysBetween(asOf, now));
  if (days <= freshDays) return { about, days, age: 'fresh', means: fresh };
  return days <= usableDays ? { about, days, age: 'old', means: old } : { about, days, age: 'tooOld', means: tooOld };
}
