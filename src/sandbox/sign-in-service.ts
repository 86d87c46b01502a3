import type { DeviceCodes } from './device-code.ts';
import type { TokenMint } from './tokens.ts';

/** What the sign-in service knows; `permissions` is asked at every token. */
export interface SignInService {
  origin: string;
  tenantId: string;
  tenantDomain: string;
  clientId: string;
  clientSecret: string;
  expiredSecret: string;
  clientCertificatePem: string | undefined;
  servicePrincipalId: string;
  lifetimeInSeconds: number;
  permissions: () => readonly string[];
  mint: TokenMint;
  deviceCodes: DeviceCodes;
  clock: () => Date;
}
