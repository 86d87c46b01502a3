/** One document of a feed. */
export interface FeedDocument {
  /** Short name for messages: "the MSRC index". */
  name: string;
  url: string;
  accept: string;
  /** Most bytes of the answer, unpacked. */
  bytes: number;
}

const json = 'application/json';
const mega = 1024 * 1024;
/** Public lists collected from Microsoft's own pages, which publish them for people only. */
const collected = 'https://raw.githubusercontent.com/altrhombus/DataForGeeks/main/content/ms';

/** Which months there are, and when each was last revised. https://github.com/microsoft/MSRC-Microsoft-Security-Updates-API */
export const msrcIndex: FeedDocument = { name: 'the MSRC index', url: 'https://api.msrc.microsoft.com/cvrf/v3.0/updates', accept: json, bytes: 4 * mega };

/** One month. `id` as the index spells it: `2026-May`. */
export function msrcMonth(id: string): FeedDocument {
  return {
    name: `the MSRC document ${id}`,
    url: `https://api.msrc.microsoft.com/cvrf/v3.0/cvrf/${encodeURIComponent(id)}`,
    accept: json,
    bytes: 96 * mega,
  };
}

export const kevCatalog: FeedDocument = {
  name: 'the KEV catalog of CISA',
  url: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  accept: json,
  bytes: 32 * mega,
};

export const windowsBuilds: FeedDocument = { name: 'the list of Windows updates', url: `${collected}/win/buildnumbers.json`, accept: json, bytes: 32 * mega };
export const officeBuilds: FeedDocument = {
  name: 'the list of Microsoft 365 Apps builds',
  url: `${collected}/apps/buildnumbers.json`,
  accept: json,
  bytes: 32 * mega,
};
export const exchangeBuilds: FeedDocument = {
  name: 'the list of Exchange Server builds',
  url: `${collected}/exchange/buildnumbers.json`,
  accept: json,
  bytes: 8 * mega,
};

/** https://endoflife.date/docs/api/v1/ */
export function lifecycleOf(product: 'windows' | 'windows-server' | 'macos' | 'ios' | 'ipados'): FeedDocument {
  return { name: `the lifecycle dates of ${product}`, url: `https://endoflife.date/api/v1/products/${product}/`, accept: json, bytes: 4 * mega };
}

/** One CVE record, with what CISA adds to it: `cves/2026/42xxx/CVE-2026-42897.json`. */
export function cveRecord(id: string): FeedDocument {
  const [, year = '', number = ''] = id.split('-');
  const folder = `${number.slice(0, -3)}xxx`;
  return {
    name: `the record of ${id}`,
    url: `https://raw.githubusercontent.com/CVEProject/cvelistV5/main/cves/${year}/${folder}/${id}.json`,
    accept: json,
    bytes: 4 * mega,
  };
}

/** Ids one request may name: the parameter takes 2,000 characters, a page 100 rows. https://www.first.org/epss/api */
export const epssBatch = 100;

export function epssScores(ids: readonly string[]): FeedDocument {
  return { name: 'the EPSS scores', url: `https://api.first.org/data/v1/epss?cve=${ids.join(',')}`, accept: json, bytes: 4 * mega };
}
