import * as z from 'zod';
import { defineDataset, keepRows } from '../../kit/kit.ts';

const OnmicrosoftMailUser = z.object({
  id: z.string(),
  userPrincipalName: z.string(),
  mail: z.string().nullish(),
  /** Disabled accounts are read as well: those of shared mailboxes are. */
  accountEnabled: z.boolean().nullish(),
  userType: z.string().nullish(),
});
export type OnmicrosoftMailUser = z.infer<typeof OnmicrosoftMailUser>;

export const onmicrosoftMailUsers = defineDataset({
  id: 'onmicrosoftMailUsers',
  about: 'Accounts whose mail address lies in the onmicrosoft.com domain.',
  source: 'graph',
  path: '/users',
  select: ['id', 'userPrincipalName', 'mail', 'accountEnabled', 'userType'],
  filter: "endsWith(mail,'.onmicrosoft.com')",
  top: 999,
  advanced: true,
  permissions: ['User.Read.All'],
  alsoGrantedBy: { 'User.Read.All': ['Directory.Read.All'] },
  row: OnmicrosoftMailUser,
  keep: keepRows<OnmicrosoftMailUser>(),
});
