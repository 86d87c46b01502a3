import { type DeepReadonly, type Subject, UnknownEvidence } from '../kit/kit.ts';
import type { SharepointSettings } from './graph/sharepointSettings.ts';
import { theOnly } from './unread.ts';

/** From closed to open. */
export const sharingLevels = ['disabled', 'existingExternalUserSharingOnly', 'externalUserSharingOnly', 'externalUserAndGuestSharing'] as const;
export type SharingLevel = (typeof sharingLevels)[number];

export const sharingSubject: Subject = { type: 'sharepointSettings', id: 'sharepointSettings', name: 'SharePoint sharing' };

/** How far sharing outside may go; a value this version does not know is neither good nor bad. */
export function sharingOf(settings: DeepReadonly<SharepointSettings> | null): SharingLevel {
  const { sharingCapability } = theOnly(settings, 'SharePoint settings');
  const level = sharingLevels.find((each) => each === sharingCapability);
  if (!level) throw new UnknownEvidence(`SharePoint gave the sharing level "${sharingCapability ?? 'null'}", which this version does not know.`);
  return level;
}
