import * as z from 'zod';
import { Retirement } from '../model/snapshot.ts';
import data from './data/retirements.json' with { type: 'json' };

/** What Microsoft retires, enforces or changes by default, as shipped with this version. */
export const retirementEntries: Retirement[] = z.array(Retirement).parse(data.entries);

/** The day the list was last put together; dates near it must be confirmed. */
export const retirementsAsOf: string = data.asOf;
