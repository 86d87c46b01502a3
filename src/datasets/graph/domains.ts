import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepRows, UnknownEvidence } from '../../kit/kit.ts';

const Domain = z.object({
  /** The name: contoso.com. */
  id: z.string(),
  /** Managed, Federated. */
  authenticationType: z.string().nullish(),
  isDefault: z.boolean().nullish(),
  isInitial: z.boolean().nullish(),
  isRoot: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
  /** 2147483647 = never. */
  passwordValidityPeriodInDays: z.int().nullish(),
});
export type Domain = DeepReadonly<z.infer<typeof Domain>>;

export const domains = defineDataset({
  id: 'domains',
  about: 'Domains of the tenant: verified or not, how their users sign in, how long passwords last.',
  source: 'graph',
  path: '/domains',
  select: ['id', 'authenticationType', 'isDefault', 'isInitial', 'isRoot', 'isVerified', 'passwordValidityPeriodInDays'],
  permissions: ['Domain.Read.All'],
  alsoGrantedBy: { 'Domain.Read.All': ['Directory.Read.All'] },
  row: Domain,
  keep: keepRows<z.infer<typeof Domain>>(),
});

/** What a person does about a domain that says too little. */
export const domainFix = 'Scan again; if it stays, look at the domain in the Microsoft 365 admin center under Settings, Domains.';

/** Whether another system checks the passwords of the users of a domain. */
export function isFederated(domain: Domain): boolean {
  if (domain.authenticationType === 'Federated') return true;
  if (domain.authenticationType === 'Managed') return false;
  throw new UnknownEvidence(
    `The domain ${domain.id} has the sign-in type ${domain.authenticationType ?? 'null'}, which is neither Managed nor Federated.`,
    domainFix,
  );
}

/** A domain takes part in nothing before its owner has proved it. */
export function isVerified(domain: Domain): boolean {
  if (domain.isVerified == null) throw new UnknownEvidence(`The service did not say whether the domain ${domain.id} is verified.`, domainFix);
  return domain.isVerified;
}
