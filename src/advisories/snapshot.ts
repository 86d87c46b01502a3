import { Parts, type Snapshot } from '../model/snapshot.ts';
import { composeSnapshot } from './compose.ts';
import apple from './data/apple.json' with { type: 'json' };
import bod2604 from './data/bod-26-04.json' with { type: 'json' };
import exchange from './data/exchange.json' with { type: 'json' };
import kev from './data/kev.json' with { type: 'json' };
import lifecycle from './data/lifecycle.json' with { type: 'json' };
import manifest from './data/manifest.json' with { type: 'json' };
import office from './data/office.json' with { type: 'json' };
import vulnerabilities from './data/vulnerabilities.json' with { type: 'json' };
import windows from './data/windows.json' with { type: 'json' };
import { retirementEntries, retirementsAsOf } from './retirements/catalogue.ts';

let shipped: Parts | undefined;
let loaded: Snapshot | undefined;

/** The advisory data that ships with this version, part by part. */
export function shippedParts(): Parts {
  shipped ??= Parts.parse({ windows, lifecycle, apple, vulnerabilities, office, exchange, kev, bod2604, ssvc: null, epss: null });
  return shipped;
}

/** The advisory data that ships with this version: the same object at every call. */
export function loadSnapshot(): Snapshot {
  loaded ??= snapshotOf(shippedParts());
  return loaded;
}

/** A snapshot of other parts than the shipped ones. Retirements always come with the version. */
export function snapshotOf(parts: Parts): Snapshot {
  return composeSnapshot(parts, { asOf: retirementsAsOf, entries: [...retirementEntries] });
}

/** Where each shipped file comes from. */
export const shippedFiles: readonly { file: string; sources: readonly { name: string; url: string; licence: string; seen: string }[] }[] = manifest.files;
