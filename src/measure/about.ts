/** What a figure means, for the documents. One entry for each measure, or for a family of them. */
export interface MeasureAbout {
  /** Ids of the measures it speaks of. */
  ids: readonly string[];
  title: string;
  /** What is divided by what, or counted how. */
  formula: string;
  /** What it is read from. */
  source: string;
  /** What asks for such a figure. */
  standard: string;
  example: string;
  /** What would make it wrong, and what is done about it. */
  wrong: string;
}

const inventory = 'Intune (`managedDevices`) and the list of Windows updates';
const overTime = 'The history of scans and the list of Windows updates';
const withCves = `${overTime}, MSRC and CISA`;

export const measuresAbout: readonly MeasureAbout[] = [
  {
    ids: ['patch-coverage-today'],
    title: 'Patch coverage',
    formula:
      'eligible devices that contain the newest known month ÷ eligible devices. The table has the coverage day by day after release, of the newest three months.',
    source: inventory,
    standard: 'NIST SP 800-40r4 (metrics), CIS Controls 7.3.',
    example: '122 of 161 devices contain August 2026: 75.8 %. A device at 26100.9106 counts: that is the hotpatch of August.',
    wrong:
      'Comparing with the cumulative revision alone would call hotpatched devices unpatched. Old update data does not know the newest month: the label names the month, and the remark says it. Fewer eligible devices can look like better coverage: the number of devices is always given.',
  },
  {
    ids: ['patch-coverage-7d', 'patch-coverage-14d', 'patch-coverage-30d'],
    title: 'Patch coverage 7, 14 and 30 days after release',
    formula:
      'eligible devices seen with the month by release + 7 (14, 30) days ÷ devices that had been enrolled before the release and were managed and in use on that day. The newest month that is old enough; earlier ones in series and table.',
    source: overTime,
    standard: 'Cyber Essentials counts 14 days, CIS Controls 7.3 a month.',
    example:
      'Released Tuesday 18:00 UTC. By the next Tuesday 18:00, 692 of 1,869 devices had checked in with the update: 37.0 %. Another 161 were seen without it before and with it later: at most 45.6 %.',
    wrong:
      'A scan sees a device at its check-ins: what was installed in between counts from the next check-in, so the figure is the least, and the range has the most. Where more than a tenth of the devices was not seen around that day there is no figure.',
  },
  {
    ids: ['months-behind'],
    title: 'Currency',
    formula: 'devices by the number of released months newer than the newest one they contain; the value counts those at least one behind or without updates.',
    source: inventory,
    standard: 'CIS Controls 7.3 (monthly or more often).',
    example: '26100.8457 contains May 2026; in August it is 3 months behind.',
    wrong:
      'A version of three parts (10.0.26100) is unknown, not unpatched, and has a group of its own. Windows 10 without extended updates stands still and is counted as getting no updates any more.',
  },
  {
    ids: ['device-states'],
    title: 'Devices by state',
    formula:
      'devices known to be up to date ÷ all managed devices. Every device is in one group: up to date, updates missing, gets no updates any more, not known, silent for 31 to 90 days, silent for longer. Android counts as up to date with a patch level of at most two months.',
    source: `${inventory}, service dates by edition`,
    standard: 'CIS Controls 1.1 and 7.3.',
    example: '300 devices: 116 Windows computers contain August 2026 and 13 Android devices have a fresh patch level, 82 are not known, 29 are silent: 43 %.',
    wrong:
      'What the data does not know is not up to date and not behind: it has a group of its own. With old update data the label says that the newest update known is meant.',
  },
  {
    ids: ['time-to-patch', 'time-to-patch-critical', 'time-to-patch-cvss', 'time-to-patch-exploited', 'time-to-patch-bod'],
    title: 'Median time to patch',
    formula:
      'days from release to the first check-in with the update; median of the Kaplan-Meier curve over every update since the history began (a year at most) and every device enrolled and in use at its release. A device without the update counts for as long as it was watched: to its last check-in, or until it fell silent for more than 30 days. One figure for all security updates, and one for each set: rated critical by Microsoft, CVSS 9.0 and more, in the CISA catalog, 3 days under BOD 26-04. An update belongs to a set when it fixes at least one such vulnerability on the line of the device.',
    source: withCves,
    standard: 'NIST SP 800-40r4 (metrics).',
    example:
      'Four devices, patched after 2, 6 and 10 days, one still without after 26: half is reached on day 6. With two of three still without: "not reached after 26 days". The range goes by the last check-in without the update, the shortest it can have been.',
    wrong:
      'A mean or median of the patched only leaves out the slow ones and flatters. Devices that left count as if they would have gone on like the others: if the ones that left were the neglected ones, the truth is longer. Updates whose vulnerabilities are not known one by one are left out of the sets, and their number is given. The range is of two curves, one by the last check-in without and one by the first with the update.',
  },
  {
    ids: ['mean-time-to-patch'],
    title: 'Mean time to patch of the patched only',
    formula: 'sum of days from release to the first check-in with the update ÷ installations seen.',
    source: overTime,
    standard: 'NIST SP 800-40r4 (metrics).',
    example: '20,515 installations seen of 22,508 updates on devices: mean 11.1 days, where the median over all is 8.8.',
    wrong:
      'What is still missing is not in it, so that the mean falls when slow devices are never patched. The label says it; the median is the figure to go by.',
  },
  {
    ids: ['exposure-window'],
    title: 'Exposure window',
    formula:
      "per exploited vulnerability and device: end − start. The own part starts when the fix was out and CISA had listed the vulnerability, or with the enrolment, if later; it ends with the first check-in with the fix. The vendor's part before it runs from the publication to the fix, where the vulnerability was exploited by then. Median of the Kaplan-Meier curve over all pairs; by vulnerability in the table: devices, device-days, both parts.",
    source: withCves,
    standard: 'CISA KEV and BOD 26-04.',
    example:
      "CVE-2026-42897 in Exchange: public 2026-05-14, listed 05-15 with a due date of 05-29, fixed 06-09: the vendor's part is 26 days, and only a workaround could have met the due date. CVE-2026-32202 in Windows: fixed 04-14, listed 04-28: the own part counts from 28 April.",
    wrong:
      'A workaround closes a hole as well, and no scan sees it. A vulnerability is known to be exploited from the day CISA lists it, which may be weeks after the first attack. Only vulnerabilities that the data names count: the figure is the least.',
  },
  {
    ids: ['open-exploited-device-days', 'open-exploited-exposure'],
    title: 'Open exploited exposure',
    formula:
      'device-days: for every device in use that lacks the fix of at least one exploited vulnerability, days from when the first of these could have been closed (fix out, listed by CISA, device enrolled) to its last check-in, summed. Devices: how many there are.',
    source: `${inventory}, MSRC and CISA`,
    standard: 'CISA KEV and BOD 26-04.',
    example: 'A device at 26100.8037 lacks the fix of CVE-2026-32202, listed 2026-04-28. Last check-in 2026-08-18: 112 device-days.',
    wrong:
      "No history is needed: updates are cumulative, so that a device which lacks a fix today has lacked it since. A device that was set back to an older build would be counted too long. Silent devices are not in it; they have groups of their own. Without the names of a month's vulnerabilities only those count that Microsoft calls exploited.",
  },
  {
    ids: ['critical-gaps-microsoft', 'critical-gaps-cvss', 'critical-gaps-bod'],
    title: 'Gaps in critical fixes',
    formula: 'devices in use that lack at least one fix of the set ÷ devices in use of known patch level; by number of missing fixes in the series.',
    source: `${inventory}, MSRC and CISA`,
    standard: 'PCI DSS 6.3.3 (own ranking), BOD 26-04.',
    example: '26100.8246 in August 2026 lacks May, June and July: four fixes rated critical in May alone, one of CVSS 9.8, none that is exploited.',
    wrong:
      'The sets differ a lot and are never added up. Months after the end of the data, and months whose vulnerabilities are not named, may hide more: the range says on how many devices.',
  },
  {
    ids: ['servers-and-network'],
    title: 'Servers and network devices',
    formula:
      'servers and network devices that Defender saw within 30 days and that lack a released month, run a version out of service, or have an open hole with public exploit code or of CVSS 9.0 and more ÷ all it saw; the 50 worst one by one.',
    source: "Defender's hunting tables (`deviceInventory`), the list of Windows updates, service dates",
    standard: 'CIS Controls 7.3, 2.2 (supported software).',
    example: 'Windows Server 2019 at 17763.8755 contains May 2026: in August it is 3 months behind.',
    wrong:
      'A device that Defender does not watch shows neither programs nor holes: it is unknown, not clean. A network device shows holes only where Defender scans it with a sign-in. Needs Defender for Endpoint Plan 2; an answer of 10,000 rows may have been cut off and is not used.',
  },
  {
    ids: ['exploitable-software'],
    title: 'Programs with urgent holes',
    formula:
      'programs other than Windows in which at least one open hole has public exploit code or scores CVSS 9.0 or more, and for which the maker has a fix; by program: devices, holes, how many are past the deadline.',
    source: "Defender's hunting tables (`exploitableVulnerabilities`), CISA",
    standard: 'CIS Controls 7.4; Essential Eight, patch applications.',
    example: 'A hole in a browser, public for 41 days, with exploit code, on 34 computers: past a deadline of 14 days.',
    wrong:
      'The deadline counts from the publication of the hole, because nobody tells the day of every fix: where the fix came later, the hole is called overdue too early. Devices are those of the hole that is open on most: the program may be on more. What Defender does not watch is not in it.',
  },
  {
    ids: ['app-access'],
    title: 'Apps that were given access',
    formula:
      'apps other than Microsoft’s that hold an application permission, or a delegated one beyond telling who signs in; by app: what was given to the app itself, for everybody, and by people for themselves, and how many people that were. The first 200 by power are listed.',
    source: 'Entra ID (`servicePrincipals`, `resourceAppRoleAssignments`, `oauth2PermissionGrants`).',
    standard: 'CIS M365 5.1.5; NIST CSF ID.AM (an inventory of what has access).',
    example: 'Of 31 apps, four only learn who signs in: 27. PDF Melter holds Files.ReadWrite.All, given by 5 people for themselves.',
    wrong:
      'Application permissions are read for the services that hold data or control the tenant: Graph, Exchange, SharePoint, Azure AD Graph and Defender; an app that holds only permissions of other services is missing. Where a part could not be read there is a list, but no number. What Exchange limits to some mailboxes looks as if it were for all.',
  },
  {
    ids: ['defender-onboarding'],
    title: 'Devices that Defender does not watch',
    formula: 'devices that Defender saw within 30 days and that could be onboarded but are not ÷ these and the onboarded ones; by kind in the series.',
    source: "Defender's hunting tables (`deviceOnboarding`)",
    standard: 'CIS Controls 1.1 (an inventory that is true).',
    example: '6 of 138 devices can be onboarded and are not: 5 computers and a server.',
    wrong: 'Defender finds unmanaged devices only where a watched one is in the same network. Devices of which it knows too little are left out and counted.',
  },
  {
    ids: ['systemic-lateness'],
    title: 'Groups in which lateness concentrates',
    formula:
      "number of groups (model, version, edition, ring, user, ownership) whose devices are late with the newest update past its deadline more often than all others: at least 5 devices on both sides, and Fisher's exact test times the number of groups compared below 0.05.",
    source: `${inventory}, update rings, the shipped list of Windows updates, the own deadline of the settings`,
    standard: 'none.',
    example: '29 of 151 devices are late; 11 of them are among the 12 computers of one model: the model is a group.',
    wrong: 'Groups overlap: one cause may show as a model and as a ring. Few devices hide a difference; none found does not mean that there is none.',
  },
  {
    ids: ['worst-devices'],
    title: 'Devices behind or out of service',
    formula:
      'devices in use that lack a released month or run a version out of service; the 25 worst one by one: out of service first, then by exploited holes, then by months.',
    source: `${inventory}, service dates by edition, MSRC and CISA`,
    standard: 'CIS Controls 7.3, 2.2 (supported software).',
    example: '22631.7517 Enterprise on 2026-11-22 contains every known month and is out of service since 2026-11-10.',
    wrong: 'Where Intune does not tell the edition and editions end on different days, the service is unknown and not counted as over.',
  },
  {
    ids: [
      'deadline-own',
      'deadline-bod-26-04',
      'deadline-essential-eight-ml1',
      'deadline-essential-eight-ml2',
      'deadline-essential-eight-ml3',
      'deadline-pci-dss',
      'deadline-cyber-essentials',
      'deadline-cis-controls',
    ],
    title: 'Updates installed in time',
    formula:
      'updates on devices seen installed by their deadline ÷ updates on devices whose deadline has passed, over every update since the history began and every device in use at its release and on the day of the deadline. What is not due yet is left out, installed or not.',
    source: withCves,
    standard: 'The table of deadlines below.',
    example:
      'Cyber Essentials, released 2026-05-12 18:00 UTC: due 2026-05-26 18:00. A check-in with the update at 18:00 is in time, one without it at 18:00 is late; without at noon and with it the next day is neither, and is not counted as in time.',
    wrong:
      'Counting early installations of updates that are not due yet would flatter. For what an update fixes without naming it, and for answers that CISA has not given, the strictest deadline is taken and the remark says so; where nothing is known of an update it is left out, except where the deadline is the same for all. Computers are taken for not publicly exposed.',
  },
  {
    ids: ['patch-ledger'],
    title: 'Updates installed',
    formula:
      'changes of a device to a newer version, first seen in the last 30 days or since the history began; steps back are left out. In the series: devices, vulnerabilities fixed, and those of them in the CISA catalog. By version in the table, with the most that a device got fixed by it.',
    source: withCves,
    standard: 'NIST SP 800-40r4 (what was patched, when, where).',
    example: 'In 30 days 150 devices went from July to August 2026, three of them by way of a preview: 153 updates on 150 devices.',
    wrong:
      'Two updates between two check-ins are seen as one. What a version fixes is known of Windows only; vulnerabilities that the data does not name are not counted. The ledger itself (`tidytenant ledger export`) has each device.',
  },
  {
    ids: ['ring-bound'],
    title: 'Promised time to patch',
    formula: 'deferral + deadline + grace period of the slowest assigned update ring.',
    source: 'Update rings of Intune',
    standard: 'Compared with the deadline of the settings.',
    example: '7 deferral + 3 deadline + 2 grace: 12 days.',
    wrong: 'A ring without a deadline promises nothing; then there is no figure. A grace period that is left to Windows is taken for the longest one.',
  },
  {
    ids: ['tiers'],
    title: 'Stages of the roll-out',
    formula:
      'update rings in the order of deferral + deadline + grace period, with the computers each reaches; rings of the same bound are one stage, one that reaches nobody is none.',
    source: 'Update rings and settings catalog policies, their assignments, the members of the groups',
    standard: 'Practice, not a standard: test, pilot, broad.',
    example: 'Pilot after 2 days, early after 5, everybody else after 12: three stages.',
    wrong: 'A ring without a deadline has no bound and comes last. Computers whose assignments cannot be resolved stand in a column of their own.',
  },
  {
    ids: ['update-policies'],
    title: 'Policies beside the rings',
    formula:
      'number of assigned feature, quality, expedite and driver update policies; in the table what each does and how many of the computers in use it reaches.',
    source: 'Update policies of Intune, their assignments, the members of the groups, `managedDevices`',
    standard: 'Practice, not a standard: a way past the rings for urgent fixes, drivers that wait.',
    example: 'A feature update policy for the group Pilot, which has 9 of 90 computers as members: 9 computers, 10 %.',
    wrong: 'A filter leaves open whom it lets through: such computers stand in a column of their own. Co-managed computers are left out.',
  },
  {
    ids: ['ring-coverage', 'devices-in-no-ring'],
    title: 'Coverage of the rings',
    formula:
      'Windows computers that exactly one assigned ring reaches ÷ Windows computers in use that Intune alone manages; in none, in several and unknown in the series; share of each ring and its patch coverage in the table.',
    source: 'Update rings, their assignments, the members of the groups, `managedDevices`',
    standard: 'Tiers before the broad ring are practice, not a standard.',
    example: 'Two computers, one ring for all and a second for one of them: one is in exactly one ring, one in two.',
    wrong:
      'Assignments by filter, and exclusions of users from a ring for devices or the reverse, cannot be resolved: such a computer is unknown, even where another ring reaches it, for there may be a second one. Co-managed computers are left out.',
  },
  {
    ids: ['office-months-behind'],
    title: 'Microsoft 365 Apps behind',
    formula: 'installations whose build lacks at least one Patch Tuesday of its own version line, or whose line gets no fixes any more ÷ installations found.',
    source: "Intune's inventory of programs (`detectedApps`) and the list of builds",
    standard: 'CIS Controls 7.4; Essential Eight, patch applications.',
    example:
      '20131.20150 had July 2026 on the Semi-Annual Enterprise channel and lacks August; 19127.20752 is the older line of that channel, still serviced, and current.',
    wrong:
      'The inventory is renewed about once a week and counts installations, not devices; no time to patch can be taken from it. Without the channel a build is compared with its own line in any channel.',
  },
  {
    ids: ['apple-behind'],
    title: 'Versions of macOS, iOS and iPadOS',
    formula:
      'Macs, iPhones and iPads in use that lack the newest version of their major one, or whose major version gets no updates any more ÷ those in use; by version in the table.',
    source: '`managedDevices` (`osVersion`) and the list of versions (endoflife.date)',
    standard: 'Cyber Essentials; CIS Controls 7.3.',
    example: 'iOS 18.7.9 lacks 18.7.10 of 2026-08-17; iOS 26 is not asked for. iOS 17.7.7 gets no updates since 2025-05-13.',
    wrong:
      'Apple often repairs holes in the newest major version alone: on an older one a device can be current here and open. Only the newest version of each is known: how long a device has lacked others is not. Where the list is more than 35 days old, the figure is the least.',
  },
  {
    ids: ['android-months-behind'],
    title: 'Android patch levels',
    formula:
      'Android devices in use whose security patch level is more than two months old ÷ Android devices in use. Months count from the month of the level to that of the scan.',
    source: '`managedDevices` (`androidSecurityPatchLevel`)',
    standard: 'Cyber Essentials.',
    example: 'Level 2026-05-05 in August 2026: 3 months.',
    wrong: 'Makers ship a bulletin weeks later and not every month; a device may be current for its maker. A device without a level is not counted as behind.',
  },
  {
    ids: ['devices-not-judged'],
    title: 'Devices not judged',
    formula: 'devices in use on platforms whose releases are not in the data ÷ devices in use.',
    source: '`managedDevices`',
    standard: 'None: it says what the other figures leave out.',
    example: 'Chrome OS and Linux: their releases are not in the data.',
    wrong: 'Nothing is guessed from version numbers.',
  },
  {
    ids: ['updates-not-in-data'],
    title: 'Updates that are newer than the data',
    formula:
      'Windows updates that Microsoft lists in the catalog of the tenant, released after the day on which the data of this program ends; those without security fixes are in the table and not counted.',
    source: 'The Windows update service (`updateRevisions`) and the list of Windows updates',
    standard: 'None: it says what the other figures do not know yet.',
    example: 'The data ends on 2026-08-11; the catalog lists an out-of-band update of 2026-08-18: 1.',
    wrong: 'Needs the Windows update service (Autopatch). The catalog does not tell of every update whether it holds security fixes: such a one is counted.',
  },
  {
    ids: ['stale-devices', 'lost-devices'],
    title: 'Silent devices',
    formula:
      'devices whose last check-in is 31 to 90 days ago (stale), or longer (lost) ÷ managed devices of every platform. One that never checked in counts from its enrolment.',
    source: '`managedDevices`',
    standard: 'CIS Controls 1.1 (an inventory that is true).',
    example: '30 days and 23 hours: in use. 31 days: stale. 91 days: lost.',
    wrong: 'They are in no patch figure and never dropped silently: whoever stops checking in would otherwise make the coverage better.',
  },
];
