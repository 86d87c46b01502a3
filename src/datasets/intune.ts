import type { AnyOf } from '../kit/kit.ts';

/** Service plans that hold Intune: in Microsoft 365 Business Premium, E3 and E5, the small business plan, and for schools. */
export const intunePlans: AnyOf<string> = ['INTUNE_A', 'INTUNE_SMBIZ', 'INTUNE_EDU'];
