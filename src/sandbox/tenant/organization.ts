import type { Row } from '../collection.ts';
import type { World } from './world.ts';

/** In a messy tenant the synchronisation with the local directory stopped two days ago. */
export function organizationOf(world: World): Row {
  const synced = world.variant !== 'restricted';
  return {
    id: world.tenantId,
    displayName: world.hostileNames ? 'Aldermoor <b>Timber</b> & "Sons"' : world.name,
    countryLetterCode: 'DE',
    createdDateTime: world.times.ago(2200),
    defaultUsageLocation: 'DE',
    tenantType: 'AAD',
    onPremisesSyncEnabled: synced ? true : null,
    onPremisesLastSyncDateTime: synced ? world.times.ago(world.clean ? 0.02 : 2) : null,
    technicalNotificationMails: [`it@${world.domain}`],
    verifiedDomains: [
      { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: true, isInitial: false, name: world.domain, type: 'Managed' },
      { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: false, isInitial: true, name: world.initialDomain, type: 'Managed' },
    ],
  };
}
