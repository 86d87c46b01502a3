import type { AnyOf } from '../kit/kit.ts';

/** Service plans that hold Intune: in Microsoft 365 Business Premium, E3 and E5, the small business plan, and for schools. */
export const intunePlans: AnyOf<string> = ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'];

/** Service plans that hold the Windows update service behind Autopatch. */
export const autopatchPlans: AnyOf<string> = ['WINDOWSUPDATEFORBUSINESS_DEPLOYMENTSERVICE', 'Windows_Autopatch'];
