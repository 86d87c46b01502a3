import * as z from 'zod';

/** Name of a service plan as `subscribedSkus` spells it: `AAD_PREMIUM`, `INTUNE_A` … */
export type ServicePlan = string;

export const Tenant = z.object({
  id: z.string().min(1),
  name: z.string(),
  /** The default verified domain; empty when the organization could not be read. */
  domain: z.string(),
  /** Names of the service plans the tenant owns, sorted; null when they could not be read. */
  servicePlans: z.array(z.string()).nullable(),
  /** Why `servicePlans` is null. */
  servicePlansBecause: z.string().optional(),
});
export type Tenant = z.infer<typeof Tenant>;
