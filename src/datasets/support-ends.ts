import type { DeepReadonly } from '../kit/kit.ts';
import { isoDay } from '../lib/dates.ts';
import { byText } from '../lib/text.ts';
import type { SupportedSoftware } from './graph/endOfSupportSoftware.ts';

type Row = DeepReadonly<SupportedSoftware>;

/** `unknown` = a status that this version does not know, with no date that would decide. */
type SupportState = 'ended' | 'ending' | 'supported' | 'unknown';

const said: Readonly<Record<string, SupportState>> = {
  'eos version': 'ended',
  'eos software': 'ended',
  'upcoming eos version': 'ending',
  'upcoming eos software': 'ending',
  none: 'supported',
  '': 'supported',
};

/** What Defender says, or the date where it has passed meanwhile: the date is the last day of support. */
export function supportStateOf({ EndOfSupportStatus: status, EndOfSupportDate: date }: Row, now: Date): SupportState {
  const state = said[status?.trim().toLowerCase() ?? ''] ?? 'unknown';
  const ends = lastDay(date);
  if (state === 'ended' || (ends !== null && isoDay(now) > ends)) return 'ended';
  return state === 'supported' && ends !== null ? 'ending' : state;
}

function lastDay(date: string | null | undefined): string | null {
  return date && !Number.isNaN(Date.parse(date)) ? isoDay(date) : null;
}

/** A version of a program. */
export interface ProgramVersion {
  id: string;
  vendor: string;
  name: string;
  version: string;
  state: SupportState;
  /** Last day of support; null = Defender does not tell it. */
  ends: string | null;
  devices: number;
}

/** Versions by id; several lines about one are one, and the worst of them counts. */
export function programVersions(rows: readonly Row[], now: Date): ProgramVersion[] {
  const groups = Map.groupBy(rows, ({ SoftwareVendor, SoftwareName, SoftwareVersion }) =>
    [SoftwareVendor, SoftwareName, SoftwareVersion ?? ''].join(' ').trim(),
  );
  return [...groups]
    .map(([id, [first, ...others]]): ProgramVersion | null => {
      if (!first) return null;
      const all = [first, ...others];
      const states = all.map((row) => supportStateOf(row, now));
      const ends = all.flatMap(({ EndOfSupportDate }) => lastDay(EndOfSupportDate) ?? []).sort(byText);
      return {
        ...{ id, vendor: first.SoftwareVendor, name: first.SoftwareName, version: first.SoftwareVersion ?? '' },
        ...{ state: worst(states), ends: ends[0] ?? null, devices: all.reduce((sum, { Devices }) => sum + Devices, 0) },
      };
    })
    .filter((version) => version !== null)
    .sort((a, b) => byText(a.id, b.id));
}

function worst(states: readonly SupportState[]): SupportState {
  return (['ended', 'unknown', 'ending'] as const).find((state) => states.includes(state)) ?? 'supported';
}
