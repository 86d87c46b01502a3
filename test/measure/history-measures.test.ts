import { describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { takeMeasures } from '../../src/measure/measure.ts';
import type { EvidenceSet } from '../../src/model/evidence.ts';
import type { DeviceHistory } from '../../src/model/history.ts';
import { Measure } from '../../src/model/measure.ts';
import { Settings } from '../../src/model/settings.ts';

/** The update of May came out on 2026-05-12 at 18:00; the history begins on 1 May, the measures are of 8 June. */
const [before, hotpatch, cumulative] = ['10.0.26100.8246', '10.0.26100.8390', '10.0.26100.8457'];
const june = '2026-06-08T12:00:00Z';
const at = (text: string) => Date.parse(text.length === 10 ? `${text}T12:00:00Z` : text);

/** What a device ran: a build with its first and last check-in, each seen by the run of that moment. */
function seen(id: string, spans: readonly (readonly [string | null, string, string])[], more: Partial<DeviceHistory> = {}): DeviceHistory {
  const sighting = (text: string) => ({ run: at(text), sync: at(text) });
  return {
    ...{ id, name: id, model: null, user: null, ownership: null, enrolledAt: '2025-01-01T00:00:00Z', editions: [], rings: [], silences: [] },
    systems: spans.map(([osVersion, first, last]) => ({
      value: { operatingSystem: 'Windows', osVersion, patchLevel: null },
      first: sighting(first),
      last: sighting(last),
    })),
    ...more,
  };
}

/** Had it by the second check-in, lacked it at the first; checked in until the end. */
const patched = (id: string, without: string, having: string, build = cumulative) =>
  seen(id, [
    [before, '2026-05-01', without],
    [build, having, june],
  ]);
const never = (id: string, last = june) => seen(id, [[before, '2026-05-01', last]]);

function measured(
  history: readonly DeviceHistory[] | undefined,
  { now = june, settings = {}, snapshot = loadSnapshot(), evidence = new Map() as EvidenceSet } = {},
) {
  const input = { evidence, now: new Date(now), snapshot, settings: Settings.parse(settings), ...(history ? { history } : {}) };
  const measures = takeMeasures(input).map((measure) => Measure.parse(measure));
  return (id: string) => measures.find((measure) => measure.id === id) ?? expect.unreachable(id);
}

const rowOf = (measure: Measure, first: string) => {
  const row = measure.table?.rows.find(([cell]) => cell === first) ?? [];
  return Object.fromEntries((measure.table?.columns ?? []).map(({ id }, nth) => [id, row[nth]]));
};

describe('devices that this run does not find', () => {
  const history = [never('a', '2026-05-11'), never('b', '2026-05-11')];

  it('are gone where it read the devices, even when it found none at all', () => {
    const evidence: EvidenceSet = new Map([[managedDevices.id, { ok: true, kept: managedDevices.keep.start(), items: 0, pages: 1, at: june }]]);
    expect(measured(history, { evidence })('time-to-patch')).toMatchObject({ value: null, because: expect.stringContaining('No Windows device') });
    expect(measured(history, { evidence })('deadline-essential-eight-ml3')).toMatchObject({ value: null });
  });
  it('may be there still where it could not', () =>
    expect(measured(history)('time-to-patch')).toMatchObject({
      value: null,
      denominator: 2,
      because: expect.stringContaining('2 of these updates were not seen installed.'),
    }));
});

describe('coverage after days', () => {
  const after7 = (...history: DeviceHistory[]) => measured(history)('patch-coverage-7d');

  it('counts a check-in with the update at exactly that hour, and not one a minute later', () => {
    const [day7, minuteLater] = ['2026-05-19T18:00:00Z', '2026-05-19T18:01:00Z'];
    expect(after7(patched('a', '2026-05-18', day7), never('b'))).toMatchObject({ value: 50, numerator: 1, denominator: 2, range: { least: 50, most: 50 } });
    expect(after7(patched('a', day7, minuteLater), never('b'))).toMatchObject({ value: 0, denominator: 2, range: { least: 0, most: 0 } });
  });
  it('counts a hotpatch, which has a lower revision', () =>
    expect(after7(patched('a', '2026-05-13', '2026-05-14', hotpatch))).toMatchObject({
      value: 100,
      label: 'Patch coverage 7 days after release, update of May 2026',
    }));
  it('says how many may have had it: last seen without before that day, and with it later', () => {
    const others = Array.from({ length: 19 }, (_, nth) => never(`n${nth}`));
    expect(after7(patched('a', '2026-05-18', '2026-05-21'), ...others)).toMatchObject({
      value: 0,
      range: { least: 0, most: 5 },
      because: expect.stringContaining('Up to 1 device more'),
    });
  });
  it('gives no figure where too many were not seen around that day', () =>
    expect(after7(patched('a', '2026-05-10', '2026-05-25'), never('b'))).toMatchObject({
      value: null,
      because: 'Of the update of May 2026 too few devices were seen around day 7: between 0 and 50 percent had it.',
    }));
  it('leaves out who enrolled later, was silent for more than 30 days, or was removed by then', () => {
    const late = seen('late', [[cumulative, '2026-05-14', june]], { enrolledAt: '2026-05-13T00:00:00Z' });
    const silent = seen('silent', [[before, '2026-05-01', june]], { silences: [{ from: at('2026-04-15'), to: at('2026-06-01') }] });
    const removed = seen('removed', [[before, '2026-05-01', '2026-05-16']]);
    expect(after7(never('a'), late, silent, removed)).toMatchObject({ denominator: 1 });
    const silentSince = { sync: at('2026-04-10') };
    const lost = seen('lost', [[before, '2026-05-01', june]]);
    const systems = lost.systems.map(({ value, first, last }) => ({ value, first: { ...first, ...silentSince }, last: { ...last, ...silentSince } }));
    expect(after7({ ...lost, systems }, never('a'))).toMatchObject({ denominator: 1 });
  });
  it('counts who has an unknown patch level as not covered', () =>
    expect(after7(seen('a', [['10.0.26100', '2026-05-01', june]]), patched('b', '2026-05-13', '2026-05-14'))).toMatchObject({ value: 50, denominator: 2 }));
  it('does not look at phones', () => {
    const phone = seen('p', [['19.1', '2026-05-01', june]]);
    const asPhone = { ...phone, systems: phone.systems.map((span) => ({ ...span, value: { ...span.value, operatingSystem: 'iOS' } })) };
    expect(after7(asPhone, never('a'))).toMatchObject({ denominator: 1 });
  });
  it('needs a history that reaches back to that day', () => {
    const young = [seen('a', [[cumulative, '2026-05-25', june]])];
    expect(measured(young)('patch-coverage-7d')).toMatchObject({ value: null, because: expect.stringContaining('begins 2026-05-25') });
    expect(measured(undefined)('patch-coverage-7d')).toMatchObject({ value: null, because: expect.stringContaining('history of scans') });
    expect(measured([])('patch-coverage-7d')).toMatchObject({ value: null, because: expect.stringContaining('no devices yet') });
  });
});

describe('a pruned history', () => {
  /** The update of May came between builds that are gone with their runs: the one that stands looks as if it had come first. */
  const pruned = seen('a', [[cumulative, '2026-05-30', june]]);
  const standing = { ...pruned, systems: pruned.systems.map((span) => ({ ...span, first: { run: at('2026-04-20'), sync: null } })) };

  it('does not reach back to the first day of what still stands', () => {
    const of = measured([standing, seen('b', [[before, '2026-06-01', june]])]);
    expect(of('time-to-patch')).toMatchObject({ value: null, because: expect.stringContaining('began on 2026-06-01') });
    expect(of('patch-coverage-7d').value).toBeNull();
  });
});

describe('time to patch', () => {
  it('is the median of all, by the first check-in with the update; the last one without it is the least', () => {
    const measure = measured([
      patched('a', '2026-05-13T18:00:00Z', '2026-05-14T18:00:00Z'),
      patched('b', '2026-05-16T18:00:00Z', '2026-05-18T18:00:00Z'),
      patched('c', '2026-05-20T18:00:00Z', '2026-05-22T18:00:00Z'),
      never('d'),
    ])('time-to-patch');
    // 2, 6, 10 days and one without: half is reached at the second.
    expect(measure).toMatchObject({ value: 6, range: { least: 4, most: 6 }, numerator: 3, denominator: 4, unit: 'days' });
    expect(measure.series).toEqual(
      expect.arrayContaining([
        { label: 'day 1', value: 0 },
        { label: 'day 2', value: 25 },
        { label: 'day 7', value: 50 },
        { label: 'day 10', value: 75 },
      ]),
    );
    expect(measure.table?.rows[6]).toEqual([6, 50, 50, 2]);
  });
  it('says for how long the median was not reached', () =>
    expect(measured([patched('a', '2026-05-13', '2026-05-14'), never('b'), never('c')])('time-to-patch')).toMatchObject({
      value: null,
      numerator: 1,
      denominator: 3,
      because: expect.stringContaining('Not reached after 26 days: 2 of these updates were not seen installed.'),
    }));
  it('does not make the patched the whole: the mean says that it is of them only', () =>
    expect(measured([patched('a', '2026-05-14T18:00:00Z', '2026-05-15T18:00:00Z'), never('b'), never('c')])('mean-time-to-patch')).toMatchObject({
      value: 3,
      label: 'Mean time to patch of the patched only',
      numerator: 1,
      denominator: 3,
      because: expect.stringContaining('2 not seen installed are left out'),
    }));
  it('counts a device until it falls silent, not until it comes back with the update', () => {
    const back = patched('back', '2026-05-13T18:00:00Z', '2026-06-05');
    const silent = { ...back, silences: [{ from: at('2026-04-20'), to: at('2026-05-30') }] };
    expect(measured([silent, patched('a', '2026-05-13', '2026-05-14')])('time-to-patch')).toMatchObject({ denominator: 2, numerator: 1 });
  });
  it('is given per set of critical vulnerabilities, each with its own updates', () => {
    const of = measured([patched('a', '2026-05-13T18:00:00Z', '2026-05-14T18:00:00Z')]);
    // Of May one CVE is not named, so that nobody knows whether CISA lists it.
    expect(of('time-to-patch-critical')).toMatchObject({ value: 2, dataDate: '2026-07-06' });
    expect(of('time-to-patch-cvss')).toMatchObject({ value: 2 });
    expect(of('time-to-patch-exploited')).toMatchObject({ value: null, because: expect.stringContaining('none is known to belong here') });
    expect(of('time-to-patch-bod')).toMatchObject({ value: null });
  });
  it('needs an update that came out while scans were running', () =>
    expect(measured([seen('a', [[before, '2026-05-25', june]])])('time-to-patch')).toMatchObject({
      value: null,
      because: 'No such update came out since the history of scans began on 2026-05-25.',
    }));
});

describe('the age of the update data', () => {
  const history = [patched('a', '2026-05-13', '2026-05-14')];
  it('lowers the confidence after 35 days', () => {
    expect(measured(history, { now: '2026-09-15T12:00:00Z' })('time-to-patch')).not.toHaveProperty('confidence');
    expect(measured(history, { now: '2026-09-16T12:00:00Z' })('time-to-patch')).toMatchObject({
      confidence: 'lower',
      because: expect.stringContaining('36 days'),
    });
  });
  it('gives no time to patch after 70 days, of any part that it rests on', () => {
    const of = measured(history, { now: '2026-10-20T12:00:00Z' });
    expect(of('time-to-patch').value).not.toBeNull();
    expect(of('time-to-patch-critical')).toMatchObject({
      value: null,
      because: expect.stringContaining('The data on vulnerabilities ends 2026-07-06, more than 70 days'),
    });
    const later = measured(history, { now: '2026-10-21T12:00:00Z' });
    for (const id of ['time-to-patch', 'mean-time-to-patch', 'exposure-window', 'deadline-own', 'deadline-essential-eight-ml1'])
      expect(later(id), id).toMatchObject({ value: null, because: expect.stringContaining('70 days') });
    expect(later('patch-coverage-7d').value).not.toBeNull();
  });
});

describe('deadlines', () => {
  const deadline = '2026-05-26T18:00:00Z';
  const eight = (...history: DeviceHistory[]) => measured(history, { now: '2026-06-30T12:00:00Z' })('deadline-cyber-essentials');

  it('hold to the minute', () => {
    const june30 = (device: DeviceHistory) => ({
      ...device,
      systems: device.systems.map((span, nth) => (nth === 1 ? { ...span, last: { run: at('2026-06-30T12:00:00Z'), sync: at('2026-06-30') } } : span)),
    });
    const measure = eight(
      june30(patched('a', '2026-05-20', deadline)),
      june30(patched('b', deadline, '2026-05-26T18:01:00Z')),
      june30(patched('c', '2026-05-20', '2026-05-28')),
    );
    expect(rowOf(measure, '2026-05')).toMatchObject({ deadline: '2026-05-26', due: 3, inTime: 1, late: 1, between: 1 });
  });
  it('that lie ahead are left out, and said', () => {
    const measure = measured([patched('a', '2026-05-13', '2026-05-14'), never('b')], { now: '2026-06-08T12:00:00Z' })('deadline-essential-eight-ml1');
    expect(measure).toMatchObject({ value: null, because: expect.stringContaining('Left out: 2 not due yet') });
  });
  it('count who is silent or gone on that day neither way', () => {
    const gone = seen('gone', [[before, '2026-05-01', '2026-05-20']]);
    const measure = measured([gone, patched('a', '2026-05-13', '2026-05-14')])('deadline-cyber-essentials');
    expect(measure).toMatchObject({ value: 100, denominator: 1, because: expect.stringContaining('1 on devices that were silent or gone on that day') });
  });
  it('come first by the standard that the tenant goes by', () => {
    const history = [patched('a', '2026-05-13', '2026-05-14')];
    const ids = (settings: object) =>
      takeMeasures({ evidence: new Map(), now: new Date(june), snapshot: loadSnapshot(), settings: Settings.parse(settings), history })
        .filter(({ id }) => id.startsWith('deadline-'))
        .map(({ id, label }) => (label.endsWith('chosen') ? `${id} chosen` : id));
    expect(ids({})).toHaveLength(8);
    expect(ids({})[0]).toBe('deadline-own chosen');
    expect(ids({ patchStandard: 'pci-dss' }).slice(0, 2)).toEqual(['deadline-pci-dss chosen', 'deadline-own']);
  });
  it('follow the own settings', () => {
    const history = [patched('a', '2026-05-13', '2026-05-15T12:00:00Z')];
    expect(measured(history)('deadline-own')).toMatchObject({ value: 100, numerator: 1 });
    expect(measured(history, { settings: { patchDeadlineDays: 2 } })('deadline-own')).toMatchObject({ value: 0, range: { least: 0, most: 100 } });
  });
});

describe('the exposure window', () => {
  /** CVE-2026-21510 and four more: published, listed and fixed on 2026-02-10. */
  const [open, closed] = ['10.0.26100.7623', '10.0.26100.7840'];
  const february = (id: string, spans: readonly (readonly [string, string, string])[], more: Partial<DeviceHistory> = {}) => seen(id, spans, more);
  const of = (...history: DeviceHistory[]) => measured(history, { now: '2026-03-02T18:00:00Z' })('exposure-window');
  const late = february('late', [[open, '2026-02-01', '2026-03-02T18:00:00Z']]);

  it('runs from the fix to the first check-in with it, device by device', () => {
    const measure = of(
      february('a', [
        [open, '2026-02-01', '2026-02-13T18:00:00Z'],
        [closed, '2026-02-15T18:00:00Z', '2026-03-02T18:00:00Z'],
      ]),
      late,
    );
    expect(rowOf(measure, 'CVE-2026-21510')).toMatchObject({ devices: 2, open: 1, deviceDays: 25, vendorDays: 0, ownDays: 25, ownLeast: 23, vendorWindow: 0 });
    expect(measure).toMatchObject({ value: 5, range: { least: 3, most: 5 }, numerator: 5, denominator: 10 });
    expect(measure.series).toContainEqual({ label: 'CVE-2026-21510', value: 25 });
  });
  it("leaves the vendor's part out where the publication is not in the data, and says so", () => {
    const shipped = loadSnapshot();
    const entries = shipped.vulnerabilities.entries.filter(({ id }) => id !== 'CVE-2026-21510');
    const snapshot = { ...shipped, vulnerabilities: { ...shipped.vulnerabilities, entries } };
    const measure = measured([late], { now: '2026-03-02T18:00:00Z', snapshot })('exposure-window');
    expect(rowOf(measure, 'CVE-2026-21510')).toMatchObject({ deviceDays: 20, vendorDays: null, ownDays: 20, vendorWindow: null });
    expect(measure.because).toContain("When 1 of these holes was published is unknown: the vendor's part of it is not counted.");
  });
  it('begins with the enrolment where that came later', () =>
    expect(
      rowOf(of(february('new', [[open, '2026-02-20T18:00:00Z', '2026-03-02T18:00:00Z']], { enrolledAt: '2026-02-20T18:00:00Z' }), late), 'CVE-2026-21510'),
    ).toMatchObject({
      devices: 2,
      deviceDays: 30,
    }));
  it('is none for a device that came with the fix', () =>
    expect(
      rowOf(of(february('new', [[closed, '2026-02-20T18:00:00Z', '2026-03-02T18:00:00Z']], { enrolledAt: '2026-02-20T18:00:00Z' }), late), 'CVE-2026-21510'),
    ).toMatchObject({
      devices: 1,
    }));
  it('says for how long most were not closed', () =>
    expect(of(late)).toMatchObject({ value: null, denominator: 5, because: expect.stringContaining('Not reached after 20 days') }));
  it('needs a hole whose time began with the history', () =>
    expect(of(february('a', [[open, '2026-02-20', '2026-03-02T18:00:00Z']]))).toMatchObject({
      value: null,
      because: expect.stringContaining('No computer was seen open'),
    }));
});
