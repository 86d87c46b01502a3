import { type ExploitedHole, exploitedHoles, fixReleased, isOpen, ownPartStart, vendorPart, vendorPartSince } from '../advisories/exploited-holes.ts';
import type { WindowsLine } from '../advisories/windows.ts';
import { dayInMs } from '../lib/dates.ts';
import { count } from '../lib/text.ts';
import type { Instant } from '../model/history.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { ageCaveats, datedBy, type MeasureContext, rounded, tooOld, unknownMeasure } from './fleet.ts';
import { type Duration, kaplanMeier, median } from './kaplan-meier.ts';
import { dayOf, firstSeen, isInUse, type Past, type PastDevice } from './past.ts';

const head = { id: 'exposure-window', label: 'Median exposure to exploited vulnerabilities', unit: 'days' } as const;
const lookBackDays = 365;

/** How long devices were open to one hole, in days. */
interface Window {
  hole: ExploitedHole;
  devices: number;
  /** Closed between two check-ins around the listing by CISA: perhaps before it. */
  perhaps: number;
  open: number;
  /** By the first check-in with the fix: the longest it can have been. */
  seen: Duration[];
  least: Duration[];
  /** Null = the publication of the hole is not in the data: nobody knows the vendor's part. */
  vendorDays: number | null;
  ownDays: number;
  ownLeast: number;
}

/**
 * Median days from when a hole was exploited (or the device was enrolled, if later) until the fix was seen on the device,
 * over every device that was seen open to it. By hole in the series: device-days, the vendor's part and the own part.
 */
export function exposureWindow(context: MeasureContext): Measure {
  const parts = ['updates', 'vulnerabilities', 'exploited'] as const;
  const dated = datedBy(context, ...parts);
  const old = tooOld(context, ...parts);
  if (old) return { ...unknownMeasure(head, old), ...dated };
  const past = context.past();
  if (typeof past === 'string') return { ...unknownMeasure(head, past), ...dated };
  const windows = windowsOf(past, context);
  const [seen, least] = [windows.flatMap((each) => each.seen), windows.flatMap((each) => each.least)];
  const since = `since the history of scans began on ${dayOf(past.begin)}`;
  if (seen.length === 0) return { ...unknownMeasure(head, `No computer was seen open to a hole that became exploited, or got its fix, ${since}.`), ...dated };
  const curve = kaplanMeier(seen);
  const [value, first] = [median(curve), median(kaplanMeier(least))];
  const unpublished = windows.filter(({ vendorDays }) => vendorDays === null).length;
  const closed = seen.filter(({ happened }) => happened).length;
  const limits = [
    value === null ? `Not reached after ${Math.floor(curve.watched)} days: most of these holes are still open.` : '',
    `${count(windows.length, 'exploited hole')} ${since}, ${count(seen.length, 'time')} open on a device, ${closed} seen closed.`,
    unpublished > 0
      ? `When ${count(unpublished, 'of these holes was', 'of these holes were')} published is unknown: the vendor's part of it is not counted.`
      : '',
    ...ageCaveats(context, parts),
  ];
  return {
    ...head,
    value: value === null ? null : rounded(value),
    numerator: closed,
    denominator: seen.length,
    because: limits.filter(Boolean).join(' '),
    ...dated,
    ...(first === null ? {} : { range: { least: rounded(first), most: value === null ? null : rounded(value) } }),
    series: windows.map((window) => ({ label: window.hole.id, value: rounded(allDays(window)) })),
    table: tableOf(windows),
  };
}

/** The holes whose own part began in the time of the history, most device-days first. */
function windowsOf(past: Past, { snapshot, now }: MeasureContext): Window[] {
  const since = Math.max(past.begin, now.getTime() - lookBackDays * dayInMs);
  return exploitedHoles(snapshot, past.lines, now)
    .map((hole) => windowOf(hole, past.devices, since, now))
    .filter(({ seen }) => seen.length > 0)
    .sort((a, b) => allDays(b) - allDays(a) || (a.hole.id < b.hole.id ? -1 : 1));
}

function windowOf(hole: ExploitedHole, devices: readonly PastDevice[], since: Instant, now: Date): Window {
  const window: Window = {
    hole,
    devices: 0,
    perhaps: 0,
    open: 0,
    seen: [],
    least: [],
    vendorDays: vendorPart(hole) === null ? null : 0,
    ownDays: 0,
    ownLeast: 0,
  };
  for (const device of devices) {
    const line = lineOf(hole, device);
    const own = line && ownPartStart(hole, line);
    if (!line || own === null || own < since) continue;
    const start = Math.max(own, device.enrolled);
    const { without, with: closed } = firstSeen(device, start, (level) => negated(isOpen(level, hole)));
    // Seen closed, and never open before: it came with the fix.
    const wasOpen = device.spans.some(({ level, first }) => (closed === null || first < closed) && isOpen(level, hole) === true);
    const end = closed ?? without;
    if (!wasOpen || end <= start) continue;
    const vendor = vendorPartSince(hole, device.enrolled, own);
    // Before a fix is out nobody has it: who had not is open from then on.
    if (without > start || own === fixReleased(hole, line)) window.devices += 1;
    else window.perhaps += 1;
    if (closed === null && isInUse(device, now.getTime())) window.open += 1;
    const times = timesOf(end - start, without - start, vendor);
    window.seen.push({ time: times.seen, happened: closed !== null });
    window.least.push({ time: times.least, happened: closed !== null });
    if (vendor !== null && window.vendorDays !== null) window.vendorDays += vendor / dayInMs;
    window.ownDays += (end - start) / dayInMs;
    window.ownLeast += (without - start) / dayInMs;
  }
  return window;
}

/** In days. What is not known of the vendor's part is not counted. */
function timesOf(own: number, ownLeast: number, vendor: number | null): { seen: number; least: number } {
  if (vendor === null) return { seen: own / dayInMs, least: ownLeast / dayInMs };
  return { seen: (own + vendor) / dayInMs, least: (ownLeast + vendor) / dayInMs };
}

/** Device-days of both parts, as far as they are known. */
function allDays({ ownDays, vendorDays }: Pick<Window, 'ownDays' | 'vendorDays'>): number {
  return vendorDays === null ? ownDays : ownDays + vendorDays;
}

/** The line that the device was on when it was first seen on one that the hole is in. */
function lineOf(hole: ExploitedHole, { spans }: PastDevice): WindowsLine | null {
  return spans.find(({ level }) => level.line !== null && ownPartStart(hole, level.line) !== null)?.level.line ?? null;
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

function tableOf(windows: readonly Window[]): MeasureTable {
  return {
    columns: [
      { id: 'cve', label: 'Vulnerability' },
      { id: 'published', label: 'Published' },
      { id: 'listed', label: 'Listed by CISA' },
      { id: 'fixed', label: 'First fix' },
      { id: 'due', label: 'Due by CISA' },
      { id: 'devices', label: 'Devices exposed', unit: 'devices' },
      { id: 'devicesMost', label: 'At most', unit: 'devices' },
      { id: 'open', label: 'Still open', unit: 'devices' },
      { id: 'deviceDays', label: 'Device-days', unit: 'deviceDays' },
      { id: 'vendorDays', label: "Of these the vendor's part", unit: 'deviceDays' },
      { id: 'ownDays', label: 'Own part', unit: 'deviceDays' },
      { id: 'ownLeast', label: 'Own part at least', unit: 'deviceDays' },
      { id: 'vendorWindow', label: 'Published to fix', unit: 'days' },
    ],
    rows: windows.map(({ hole, devices, perhaps, open, vendorDays, ownDays, ownLeast }) => [
      ...[hole.id, hole.published, hole.listed, hole.fixed, hole.due, devices, devices + perhaps, open],
      ...[rounded(allDays({ ownDays, vendorDays })), vendorDays === null ? null : rounded(vendorDays), rounded(ownDays), rounded(ownLeast), vendorPart(hole)],
    ]),
  };
}
