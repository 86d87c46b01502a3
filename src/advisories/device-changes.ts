import type { DeviceSystem, Instant, Span } from '../model/history.ts';
import type { ChangedEntry, StandingEntry } from '../model/ledger.ts';
import { parseWindowsVersion } from './windows.ts';

/** What a history says of one device, without who it is. */
export type DeviceFact = Omit<StandingEntry, 'number' | 'device' | 'corrects'> | Omit<ChangedEntry, 'number' | 'device' | 'corrects'>;

type Read = Span<DeviceSystem & { osVersion: string }>;

/**
 * How a device came to its versions: what it had when it was first seen, and each change with the moments between which it
 * came. A version that nobody can read says nothing, and is not a change.
 */
export function deviceFacts(systems: readonly Span<DeviceSystem>[]): DeviceFact[] {
  const facts: DeviceFact[] = [];
  let before: Read | undefined;
  for (const span of systems) {
    if (!isReadable(span)) continue;
    if (before && isSame(before.value, span.value)) {
      before = { ...span, value: { ...span.value, patchLevel: span.value.patchLevel ?? before.value.patchLevel } };
      continue;
    }
    facts.push(before && before.value.operatingSystem === span.value.operatingSystem ? changed(before, span) : standing(span));
    before = span;
  }
  return facts;
}

/** What version a fact speaks of. Android's builds mean little without the patch level. */
export function versionText({ osVersion, patchLevel }: DeviceSystem): string {
  return patchLevel === null ? (osVersion ?? '') : `${osVersion ?? ''} (${patchLevel})`;
}

export function isWindowsPlatform(platform: string | null): boolean {
  return /^windows( ?server)?$/i.test(platform ?? '');
}

function isReadable(span: Span<DeviceSystem>): span is Read {
  const { operatingSystem, osVersion } = span.value;
  if (!osVersion) return false;
  return !isWindowsPlatform(operatingSystem) || (parseWindowsVersion(osVersion)?.revision ?? null) !== null;
}

/** A patch level that was not read before, or is not read any more, is no change. */
function isSame(a: DeviceSystem, b: DeviceSystem): boolean {
  if (a.operatingSystem !== b.operatingSystem || a.osVersion !== b.osVersion) return false;
  return a.patchLevel === null || b.patchLevel === null || a.patchLevel === b.patchLevel;
}

function standing({ value, first }: Read): DeviceFact {
  const { firstWith } = interval(null, first);
  return { kind: 'standing', run: moment(first.run), platform: value.operatingSystem, to: versionText(value), firstWith: moment(firstWith) };
}

function changed(before: Read, { value, first }: Read): DeviceFact {
  const { lastWithout, firstWith } = interval(before.last.sync, first);
  return {
    kind: 'changed',
    run: moment(first.run),
    platform: value.operatingSystem,
    from: versionText(before.value),
    to: versionText(value),
    lastWithout: lastWithout === null ? null : moment(lastWithout),
    firstWith: moment(firstWith),
  };
}

/**
 * What is known of a device dates from its check-in, not from the run that read it. Where the version changed without a
 * newer check-in, the run itself is the first moment with it. Times that contradict each other bound nothing.
 */
function interval(last: Instant | null, { sync, run }: Span<unknown>['first']): { lastWithout: Instant | null; firstWith: Instant } {
  // The history keeps check-ins to the second: the earlier bound goes down, the later one up.
  const lastWithout = last === null ? null : Math.floor(last / 1000) * 1000;
  const firstWith = sync === null ? run : Math.ceil(sync / 1000) * 1000;
  if (lastWithout === null || lastWithout < firstWith) return { lastWithout, firstWith };
  return { lastWithout: lastWithout < run ? lastWithout : null, firstWith: run };
}

/** `2026-05-20T03:00:00Z`; fractions only where there are any. */
export function moment(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
