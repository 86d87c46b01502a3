import * as z from 'zod';
import { byText } from '../../lib/text.ts';
import { Retirement } from '../../model/retirement.ts';
import activeDirectory from './active-directory.json' with { type: 'json' };
import entra from './entra.json' with { type: 'json' };
import exchange from './exchange.json' with { type: 'json' };
import graph from './graph.json' with { type: 'json' };
import intune from './intune.json' with { type: 'json' };
import microsoft365 from './microsoft-365.json' with { type: 'json' };
import office from './office.json' with { type: 'json' };
import powerPlatform from './power-platform.json' with { type: 'json' };
import security from './security.json' with { type: 'json' };
import sharepoint from './sharepoint.json' with { type: 'json' };
import teams from './teams.json' with { type: 'json' };
import windows from './windows.json' with { type: 'json' };

/** One file per family of products; docs/adding-a-retirement.md says how an entry is added. */
const families: readonly unknown[][] = [
  ...[activeDirectory, entra, exchange, graph, intune, microsoft365],
  ...[office, powerPlatform, security, sharepoint, teams, windows],
];

/** What Microsoft retires, enforces or changes by default, as shipped with this version, by id. */
export const retirementEntries: readonly Retirement[] = z
  .array(Retirement)
  .parse(families.flat())
  .sort((a, b) => byText(a.id, b.id));

/** The day up to which every entry was compared with its sources; dates near it must be confirmed. */
export const retirementsAsOf: string = retirementEntries.map(({ asOf }) => asOf).sort(byText)[0] ?? '';

/** Announced by Microsoft and not in the list, each with the reason: old advice must not come back by mistake. */
export const leftOut: readonly { id: string; because: string }[] = [
  {
    id: 'exo-external-recipient-rate',
    because: 'Microsoft withdrew the limit on external recipients of a mailbox in January 2026 (MC787382): nothing ends and nobody has to act.',
  },
];
