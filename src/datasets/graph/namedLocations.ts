import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepRows } from '../../kit/kit.ts';

const NamedLocation = z.object({
  id: z.string(),
  displayName: z.string(),
  '@odata.type': z.string().nullish(),
  /** Only networks (ipNamedLocation) have it. */
  isTrusted: z.boolean().nullish(),
  ipRanges: z.array(z.object({})).nullish(),
});

export type NamedLocation = DeepReadonly<z.infer<typeof NamedLocation>>;

/** No `$select`: networks and countries are different types in one list. */
export const namedLocations = defineDataset({
  id: 'namedLocations',
  about: 'Networks and countries that Conditional Access knows by name, and which of them are trusted.',
  source: 'graph',
  path: '/identity/conditionalAccess/namedLocations',
  permissions: ['Policy.Read.All'],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  row: NamedLocation,
  keep: keepRows<z.infer<typeof NamedLocation>>(),
});

/** Only networks can be trusted; countries have no such mark. */
export function isTrusted(location: NamedLocation): 'yes' | 'no' | 'unknown' {
  if (location.isTrusted != null) return location.isTrusted ? 'yes' : 'no';
  return location['@odata.type'] === '#microsoft.graph.countryNamedLocation' ? 'no' : 'unknown';
}
