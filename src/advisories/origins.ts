import type { PartName } from '../model/snapshot.ts';

/** Where a part comes from, and under which terms. */
export interface Origin {
  name: string;
  /** What a person opens to see it; the addresses the program reads stand in `src/sources/feeds`. */
  url: string;
  licence: string;
}

const collected = 'MIT, (c) 2026 Jacob Thornberry';

/** The sources of the parts that are renewed from feeds. */
export const origins = {
  windows: {
    name: 'Windows update history, collected by DataForGeeks from Microsoft support pages',
    url: 'https://github.com/altrhombus/DataForGeeks/blob/main/content/ms/win/buildnumbers.json',
    licence: collected,
  },
  lifecycle: { name: 'endoflife.date, pages Windows and Windows Server', url: 'https://endoflife.date/windows', licence: 'MIT, endoflife.date contributors' },
  apple: { name: 'endoflife.date, pages macOS, iOS and iPadOS', url: 'https://endoflife.date/macos', licence: 'MIT, endoflife.date contributors' },
  vulnerabilities: {
    name: 'Microsoft Security Response Center, security update data (CVRF v3.0)',
    url: 'https://api.msrc.microsoft.com/cvrf/v3.0/updates',
    licence: 'Public Microsoft security update data, attributed to the Microsoft Security Response Center',
  },
  office: {
    name: 'Microsoft 365 Apps update history, collected by DataForGeeks from Microsoft Learn',
    url: 'https://github.com/altrhombus/DataForGeeks/blob/main/content/ms/apps/buildnumbers.json',
    licence: collected,
  },
  exchange: {
    name: 'Exchange Server build numbers, collected by DataForGeeks from Microsoft Learn',
    url: 'https://github.com/altrhombus/DataForGeeks/blob/main/content/ms/exchange/buildnumbers.json',
    licence: collected,
  },
  kev: { name: 'CISA catalog of known exploited vulnerabilities', url: 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog', licence: 'CC0-1.0' },
  ssvc: {
    name: 'CVE List, answers of CISA as authorized data publisher',
    url: 'https://github.com/CVEProject/cvelistV5',
    licence: 'CVE Program terms of use',
  },
  epss: { name: 'FIRST, exploit prediction scoring system', url: 'https://www.first.org/epss/', licence: 'Free to use with attribution to FIRST' },
} as const satisfies Partial<Record<PartName, Origin>>;
