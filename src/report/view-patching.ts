import type { RunRecord } from '../model/run-record.ts';
import { shorten } from './clean.ts';
import type { Format } from './format.ts';
import { cellWords, isOld } from './measure-words.ts';
import { coveragePicture, deadlinesPicture, exposurePicture, measureOf, statesPicture, survivalPicture } from './pictures/patch-pictures.ts';
import type { Picture } from './pictures/picture.ts';
import type { Judged } from './view-judged.ts';
import { withVerdict } from './view-judged.ts';

export interface Patching {
  pictures: Picture[];
  worst: WorstDevices | null;
}

export interface WorstDevices {
  intro: string;
  note: string;
  rows: WorstDevice[];
  rest: WorstDevice[];
}

export interface WorstDevice {
  name: string;
  user: string;
  product: string;
  behind: string;
  service: string;
  missing: string;
  sets: { label: string; value: string }[];
  days: string;
  lastSync: string;
  /** The gravest check that found the device; null where none did. */
  check: string | null;
  checkTitle: string;
}

const shown = 10;
const setIds = ['critical', 'cvss', 'kev', 'bod'] as const;

/** What the first page has no room for: states of all devices, holes one by one, standards, and the worst devices. */
export function patchingView(run: RunRecord, judged: readonly Judged[], format: Format): Patching {
  const onFirstPage = coveragePicture(run, format) !== null;
  const pictures = [
    onFirstPage ? statesPicture(run, format) : null,
    survivalPicture(run, format) ? exposurePicture(run, format) : null,
    deadlinesPicture(run, format),
  ];
  return { pictures: pictures.filter((each) => each !== null), worst: worstView(run, judged, format) };
}

function worstView(run: RunRecord, judged: readonly Judged[], format: Format): WorstDevices | null {
  const measure = measureOf(run, 'worst-devices');
  if (!measure?.table || measure.value === null) return null;
  const { columns, rows } = measure.table;
  const named = columns.findIndex(({ id }) => id === 'id');
  const checks = checksByDevice(judged, new Set(rows.map((row) => String(row[named]))));
  const devices = rows.map((row) => deviceOf(Object.fromEntries(columns.map(({ id }, nth) => [id, row[nth] ?? null])), checks, format));
  const old = isOld(measure, run.startedAt) ? format.say('patching.old', { date: format.day(measure.dataDate as string) }) : '';
  return {
    intro: format.say('patching.worstIntro', { count: measure.value, shown: devices.length }),
    note: old,
    rows: devices.slice(0, shown),
    rest: devices.slice(shown),
  };
}

/** `judged` comes gravest first. */
function checksByDevice(judged: readonly Judged[], devices: ReadonlySet<string>): Map<string, Judged> {
  const checks = new Map<string, Judged>();
  for (const each of withVerdict(judged, 'fail'))
    if (each.meta.area === 'updates')
      for (const { subject } of each.findings)
        if (devices.has(subject.id) && subject.type === 'managedDevice' && !checks.has(subject.id)) checks.set(subject.id, each);
  return checks;
}

function deviceOf(row: Record<string, string | number | null>, checks: ReadonlyMap<string, Judged>, format: Format): WorstDevice {
  const { say } = format;
  const cell = (id: string) => cellWords(row[id] ?? null, undefined, format);
  const found = checks.get(String(row['id']));
  const service = row['service'];
  return {
    name: shorten(String(row['device'] ?? ''), 80),
    user: row['user'] === null ? say('patching.noUser') : shorten(String(row['user']), 80),
    product: [row['product'], row['edition'], row['build']]
      .filter((each) => each !== null && each !== undefined)
      .map((each) => shorten(String(each), 60))
      .join(', '),
    behind: typeof row['behind'] === 'number' ? say('patching.months', { count: row['behind'] }) : say('patching.notKnown'),
    service: typeof service === 'string' ? say('patching.outOfService', { date: /^\d/.test(service) ? format.day(service) : say('patching.longAgo') }) : '',
    missing: cell('missing'),
    // Four times "not known" says no more than once.
    sets: setIds.filter(() => setIds.some((id) => typeof row[id] === 'number')).map((id) => ({ label: say(`patching.set.${id}`), value: cell(id) })),
    // The data never name all holes.
    days: row['days'] === 0 ? say('patching.noneKnown') : cell('days'),
    lastSync: cell('lastSync'),
    check: found?.meta.id ?? null,
    checkTitle: found?.meta.failTitle ?? '',
  };
}
