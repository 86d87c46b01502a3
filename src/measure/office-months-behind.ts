import { type OfficeState, officeState } from '../advisories/office.ts';
import { freshDays } from '../advisories/windows.ts';
import { detectedApps } from '../datasets/graph/detectedApps.ts';
import { daysBetween } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { Measure, MeasureTable } from '../model/measure.ts';
import { type MeasureContext, unknownMeasure } from './fleet.ts';
import { keptOf } from './kept.ts';

const head = { id: 'office-months-behind', label: 'Installations of Microsoft 365 Apps behind on security updates', unit: 'count' } as const;
const groups = ['current', '1 month', '2 months', '3 or more months', 'no updates any more', 'unknown'] as const;

interface Version {
  version: string;
  devices: number;
  state: OfficeState;
}

/** Installations that Intune's inventory found, by how many Patch Tuesdays their build lacks. The inventory is days old and not by device. */
export function officeMonthsBehind({ evidence, snapshot, now }: MeasureContext): Measure {
  const apps = keptOf(evidence, detectedApps);
  if (!apps.ok) return unknownMeasure(head, apps.because);
  const perVersion = new Map<string, number>();
  for (const { version, deviceCount } of apps.kept.office) perVersion.set(version ?? '', (perVersion.get(version ?? '') ?? 0) + (deviceCount ?? 0));
  const versions = [...perVersion].map(([version, devices]): Version => ({ version, devices, state: officeState(snapshot, version, now) }));
  const total = versions.reduce((sum, { devices }) => sum + devices, 0);
  const { asOf: dataDate } = snapshot.office;
  if (total === 0) return { ...unknownMeasure(head, 'Intune found Microsoft 365 Apps on no device.'), dataDate };
  const inGroup = (name: string) => versions.reduce((sum, { state, devices }) => sum + (groupOf(state) === name ? devices : 0), 0);
  const unknown = inGroup('unknown');
  const behind = total - inGroup('current') - unknown;
  const old = daysBetween(dataDate, now) > freshDays;
  const series = groups.map((label) => ({ label, value: inGroup(label) }));
  const about = { dataDate, ...(old ? { confidence: 'lower' as const } : {}), series, table: tableOf(versions) };
  if (unknown === total) return { ...unknownMeasure(head, 'No version that was found is one of Microsoft 365 Apps this program knows.'), ...about };
  const limits = [
    'Intune renews its inventory of programs about once a week.',
    ...(unknown > 0 ? [`${count(unknown, 'installation')} of unknown version not counted as behind.`] : []),
    ...(old ? [`The list of builds ends ${dataDate}: every installation may be further behind.`] : []),
  ];
  return { ...head, value: behind, numerator: behind, denominator: total, because: limits.join(' '), ...about };
}

function groupOf(state: OfficeState): (typeof groups)[number] {
  if (state.state === 'unknown') return 'unknown';
  if (!state.serviced) return 'no updates any more';
  if (state.behind === 0) return 'current';
  if (state.behind === 1) return '1 month';
  return state.behind === 2 ? '2 months' : '3 or more months';
}

function tableOf(versions: readonly Version[]): MeasureTable {
  const sorted = [...versions].sort((a, b) => b.devices - a.devices || byText(a.version, b.version)).slice(0, 50);
  return {
    columns: [
      { id: 'version', label: 'Version' },
      { id: 'devices', label: 'Installations', unit: 'count' },
      { id: 'month', label: 'Has the fixes of' },
      { id: 'behind', label: 'Months behind', unit: 'count' },
      { id: 'missing', label: 'CVEs known to be missing', unit: 'count' },
      { id: 'critical', label: 'Of these critical for Microsoft', unit: 'count' },
      { id: 'unlisted', label: 'Missing months without a list of CVEs', unit: 'count' },
    ],
    rows: sorted.map(({ version, devices, state }) =>
      state.state === 'unknown'
        ? [version, devices, null, null, null, null, null]
        : [version, devices, state.month, state.behind, state.missing.length, state.critical.length, state.unlisted],
    ),
  };
}
