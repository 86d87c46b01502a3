import * as z from 'zod';
import { type DeepReadonly, defineDataset, keepRows, UnknownEvidence } from '../../kit/kit.ts';

const AuthenticationMethod = z.object({
  /** Sms, Voice, Email, Fido2, MicrosoftAuthenticator, TemporaryAccessPass … */
  id: z.string(),
  /** enabled, disabled. */
  state: z.string().nullish(),
  /** `all_users` or ids of groups. */
  includeTargets: z.array(z.object({ id: z.string() })).nullish(),
  excludeTargets: z.array(z.object({ id: z.string() })).nullish(),
  /** Only of TemporaryAccessPass. */
  isUsableOnce: z.boolean().nullish(),
  /** Only of TemporaryAccessPass. */
  maximumLifetimeInMinutes: z.int().nullish(),
  /** Only of Email: default, enabled, disabled. */
  allowExternalIdToUseEmailOtp: z.string().nullish(),
  /** Only of Fido2: the profile of all users who are given no other. */
  defaultPasskeyProfile: z.string().nullish(),
  /** Only of Fido2; the service embeds them although they are a navigation property. */
  passkeyProfiles: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullish(),
        /** Flags, comma-separated: deviceBound, synced. */
        passkeyTypes: z.string().nullish(),
        /** disabled, registrationOnly. */
        attestationEnforcement: z.string().nullish(),
      }),
    )
    .nullish(),
});
export type AuthenticationMethod = DeepReadonly<z.infer<typeof AuthenticationMethod>>;

/** No `$select`: every method is a type of its own with properties of its own. */
export const authenticationMethods = defineDataset({
  id: 'authenticationMethods',
  about: 'Which methods of signing in are allowed, for whom, and how they are set.',
  source: 'graph',
  path: '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations',
  permissions: ['Policy.Read.AuthenticationMethod'],
  alsoGrantedBy: { 'Policy.Read.AuthenticationMethod': ['Policy.Read.All'] },
  row: AuthenticationMethod,
  keep: keepRows<z.infer<typeof AuthenticationMethod>>(),
});

const methodFix = 'Look at the method in the Microsoft Entra admin center under Authentication methods, Policies, save it once, and scan again.';

export function findMethod(methods: readonly AuthenticationMethod[], id: string): AuthenticationMethod | undefined {
  return methods.find((one) => one.id.toLowerCase() === id.toLowerCase());
}

/** The configuration of one method and whether it is on. A method that is not listed is unknown, never off. */
export function methodState(methods: readonly AuthenticationMethod[], id: string): { method: AuthenticationMethod; enabled: boolean } {
  const method = findMethod(methods, id);
  if (!method) throw new UnknownEvidence(`The service did not list the configuration of the method ${id}.`, methodFix);
  if (method.state !== 'enabled' && method.state !== 'disabled') {
    throw new UnknownEvidence(`The method ${id} has the state ${method.state ?? 'null'}, which is neither enabled nor disabled.`, methodFix);
  }
  return { method, enabled: method.state === 'enabled' };
}

/** `all users`, or how many groups. */
export function methodTarget(method: AuthenticationMethod): string {
  const targets = method.includeTargets;
  if (!targets) return 'unknown';
  return targets.some((target) => target.id === 'all_users') ? 'all users' : `${targets.length} named`;
}
