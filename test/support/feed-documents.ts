/** Small documents in the form of the feeds, written for the tests. */

export interface SmallCve {
  id: string;
  severity?: string;
  cvss?: number;
  exploited?: boolean;
  published?: string;
  /** Product id → fixed build; `null` = affected, no fix yet. */
  fixes: Readonly<Record<string, { build: string; kb: string; type?: string } | null>>;
}

export const products = {
  p24h2: 'Windows 11 Version 24H2 for x64-based Systems',
  p24h2arm: 'Windows 11 Version 24H2 for ARM64-based Systems',
  p22h2: 'Windows 11 Version 22H2 for x64-based Systems',
  s2025: 'Windows Server 2025 (Server Core installation)',
  s2012: 'Windows Server 2012 R2',
  apps: 'Microsoft 365 Apps for Enterprise for 64-bit Systems',
  exchange: 'Microsoft Exchange Server Subscription Edition RTM',
  linux: 'Azure Linux 3.0 x64',
} as const;

/** A month document of MSRC as JSON. */
export function cvrfJson(id: string, cves: readonly SmallCve[], revised = '2026-06-01T08:00:00'): string {
  return JSON.stringify({
    DocumentTitle: { Value: `${id} Security Updates` },
    DocumentTracking: {
      Identification: { ID: { Value: id }, Alias: { Value: id } },
      InitialReleaseDate: revised,
      CurrentReleaseDate: revised,
    },
    ProductTree: { Branch: [], FullProductName: Object.entries(products).map(([ProductID, Value]) => ({ ProductID, Value })) },
    Vulnerability: cves.map((cve) => ({
      Title: { Value: 'A flaw' },
      CVE: cve.id,
      ProductStatuses: [{ ProductID: Object.keys(cve.fixes), Type: 3 }],
      Threats: [
        ...Object.keys(cve.fixes).map((product) => ({ Description: { Value: cve.severity ?? 'Important' }, ProductID: [product], Type: 3 })),
        { Description: { Value: `Publicly Disclosed:No;Exploited:${cve.exploited ? 'Yes' : 'No'};Latest Software Release:N/A` }, Type: 1 },
      ],
      CVSSScoreSets: cve.cvss === undefined ? [] : [{ BaseScore: cve.cvss, TemporalScore: 1, Vector: 'CVSS:3.1', ProductID: Object.keys(cve.fixes) }],
      Remediations: Object.entries(cve.fixes).flatMap(([product, fix]) =>
        fix
          ? [
              { Description: { Value: fix.kb }, SubType: fix.type ?? 'Security Update', FixedBuild: fix.build, ProductID: [product], Type: 2 },
              { Description: { Value: 'Release Notes' }, ProductID: [product], Type: 5 },
            ]
          : [],
      ),
      RevisionHistory: [
        { Number: '1.1', Date: '2026-05-30T07:00:00', Description: { Value: 'more words' } },
        { Number: '1.0', Date: cve.published ?? '2026-05-12T07:00:00', Description: { Value: 'Information published.' } },
      ],
    })),
  });
}

/** The same as XML, the way the service answers when nothing is asked for. */
export function cvrfXml(id: string, cves: readonly SmallCve[], revised = '2026-06-01T08:00:00'): string {
  const names = Object.entries(products).map(([key, name]) => `<prod:FullProductName ProductID="${key}" CPE='cpe:2.3:o'>${name}</prod:FullProductName>`);
  return `<?xml version="1.0" encoding="utf-8"?><!-- a comment --><cvrf:cvrfdoc xmlns:cvrf="http://www.icasi.org/CVRF/schema/cvrf/1.1" xmlns:prod="p" xmlns:vuln="v">
<cvrf:DocumentTracking><cvrf:Identification><cvrf:ID>${id}</cvrf:ID></cvrf:Identification><cvrf:CurrentReleaseDate>${revised}</cvrf:CurrentReleaseDate></cvrf:DocumentTracking>
<prod:ProductTree><prod:Branch Type="Vendor" Name="Microsoft"><prod:FullProductName ProductID="p24h2">ignored</prod:FullProductName></prod:Branch>${names.join('')}</prod:ProductTree>
${cves.map(vulnerabilityXml).join('\n')}</cvrf:cvrfdoc>`;
}

function vulnerabilityXml(cve: SmallCve): string {
  const keys = Object.keys(cve.fixes);
  const id = (key: string) => `<vuln:ProductID>${key}</vuln:ProductID>`;
  const fixes = Object.entries(cve.fixes).flatMap(([key, fix]) =>
    fix
      ? [
          `<vuln:Remediation Type="Vendor Fix"><vuln:Description>${fix.kb}</vuln:Description>${id(key)}<vuln:AffectedFiles/><vuln:SubType>${fix.type ?? 'Security Update'}</vuln:SubType><vuln:FixedBuild>${fix.build}</vuln:FixedBuild></vuln:Remediation>`,
          `<vuln:Remediation Type="Known Issue"><vuln:Description>${fix.kb}</vuln:Description>${id(key)}</vuln:Remediation>`,
        ]
      : [],
  );
  const rating = keys.map((key) => `<vuln:Threat Type="Severity"><vuln:Description>${cve.severity ?? 'Important'}</vuln:Description>${id(key)}</vuln:Threat>`);
  const score = cve.cvss === undefined ? '' : `<vuln:ScoreSet><vuln:BaseScore>${cve.cvss}</vuln:BaseScore>${keys.map(id).join('')}</vuln:ScoreSet>`;
  return `<vuln:Vulnerability Ordinal="1"><vuln:Title>A flaw &amp; more</vuln:Title><vuln:Notes><vuln:Note Title="x">&lt;p&gt;<![CDATA[<b>]]>&#8211;</vuln:Note></vuln:Notes><vuln:CVE>${cve.id}</vuln:CVE>
<vuln:ProductStatuses><vuln:Status Type="Known Affected">${keys.map(id).join('')}</vuln:Status></vuln:ProductStatuses>
<vuln:Threats>${rating.join('')}<vuln:Threat Type="Exploit Status"><vuln:Description>Publicly Disclosed:No;Exploited:${cve.exploited ? 'Yes' : 'No'};Latest Software Release:N/A</vuln:Description></vuln:Threat></vuln:Threats>
<vuln:CVSSScoreSets>${score}</vuln:CVSSScoreSets><vuln:Remediations>${fixes.join('')}</vuln:Remediations>
<vuln:RevisionHistory><vuln:Revision><cvrf:Number>1.1</cvrf:Number><cvrf:Date>2026-05-30T07:00:00</cvrf:Date></vuln:Revision><vuln:Revision><cvrf:Date>${cve.published ?? '2026-05-12T07:00:00'}</cvrf:Date></vuln:Revision></vuln:RevisionHistory></vuln:Vulnerability>`;
}

/** Many vulnerabilities of one update. */
export function manyCves(count: number, build = '10.0.26100.9999', kb = '5999999'): SmallCve[] {
  return Array.from({ length: count }, (_, at) => ({ id: `CVE-2026-${90_000 + at}`, cvss: 7.8, fixes: { p24h2: { build, kb } } }));
}

export function indexJson(months: Readonly<Record<string, string>>): string {
  const value = Object.entries(months).map(([ID, CurrentReleaseDate]) => ({ ID, Alias: ID, DocumentTitle: ID, Severity: null, CurrentReleaseDate }));
  return JSON.stringify({ '@odata.context': 'https://api.msrc.microsoft.com/$metadata#Updates', value });
}

export function kevJson(
  rows: readonly { id: string; vendor?: string; added: string; due: string; action?: string; ransomware?: string }[],
  released: string,
): string {
  const vulnerabilities = rows.map(({ id, vendor, added, due, action, ransomware }) => ({
    cveID: id,
    vendorProject: vendor ?? 'Microsoft',
    product: 'Windows',
    vulnerabilityName: 'A flaw',
    dateAdded: added,
    dueDate: due,
    requiredAction: action ?? 'Apply mitigations per vendor instructions.',
    knownRansomwareCampaignUse: ransomware ?? 'Unknown',
  }));
  return JSON.stringify({ title: 'CISA Catalog', catalogVersion: released, dateReleased: `${released}T17:00:00.0000Z`, count: rows.length, vulnerabilities });
}

/** A list in the envelope of the collected lists. */
export function listJson(data: readonly object[]): string {
  return JSON.stringify({ metadata: { provider: 'x', recordCount: data.length }, data });
}

export function cveRecordJson(id: string, automatable: string, impact: string): string {
  const content = { id, role: 'CISA Coordinator', options: [{ Exploitation: 'active' }, { Automatable: automatable }, { 'Technical Impact': impact }] };
  const other = { providerMetadata: { shortName: 'CVE' }, title: 'CVE Program Container' };
  const cisa = { providerMetadata: { shortName: 'CISA-ADP' }, metrics: [{ cvssV3_1: {} }, { other: { type: 'ssvc', content } }] };
  return JSON.stringify({ dataType: 'CVE_RECORD', cveMetadata: { cveId: id }, containers: { cna: {}, adp: [other, cisa] } });
}
