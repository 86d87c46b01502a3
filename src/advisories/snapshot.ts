import { byText } from '../lib/text.ts';
import { Snapshot } from '../model/snapshot.ts';
import office from './data/office.json' with { type: 'json' };
import windows from './data/windows.json' with { type: 'json' };
import { retirementEntries, retirementsAsOf } from './retirements.ts';

let loaded: Snapshot | undefined;

/** The advisory data that ships with this version: the same object at every call. */
export function loadSnapshot(): Snapshot {
  loaded ??= {
    asOf: oldest([windows.asOf, windows.fixesAsOf, office.asOf, retirementsAsOf]),
    windows: Snapshot.shape.windows.parse(windows),
    office: Snapshot.shape.office.parse(office),
    // Parsed where it is imported.
    retirements: { asOf: retirementsAsOf, entries: retirementEntries },
  };
  return loaded;
}

function oldest(dates: readonly string[]): string {
  return [...dates].sort(byText)[0] ?? '';
}
