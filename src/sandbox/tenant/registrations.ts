import { type Collection, tableOf } from '../collection.ts';
import { isAdministrator } from './roles.ts';
import { cast, displayName, isGuest, principalName, userId } from './users.ts';
import type { World } from './world.ts';

const strong = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];

/** Clean: administrators have passkeys, everybody else the app. Messy: phones, and one in seven nothing at all. */
function methodsOf(world: World, index: number): string[] {
  if (world.clean) return isAdministrator(index) ? ['fido2SecurityKey', 'passKeyDeviceBound', ...strong] : strong;
  // Kept for emergencies, and nobody ever signed in with it.
  if (index === cast.emergency[1]) return [];
  if (index === 2) return ['fido2SecurityKey', ...strong];
  if (isAdministrator(index)) return ['mobilePhone', ...strong];
  if (index % 7 === 1) return [];
  return index % 5 === 0 ? ['mobilePhone'] : [...strong, 'mobilePhone'];
}

export function registrationsOf(world: World): Collection {
  const registered = (index: number) => methodsOf(world, index).length > 0;
  return tableOf(world.users, {
    id: userId,
    userPrincipalName: (index) => principalName(world, index),
    userDisplayName: (index) => displayName(world, index),
    userType: (index) => (isGuest(index) ? 'guest' : 'member'),
    isAdmin: isAdministrator,
    isMfaCapable: registered,
    isMfaRegistered: registered,
    isPasswordlessCapable: (index) => methodsOf(world, index).includes('fido2SecurityKey'),
    isSsprCapable: registered,
    isSsprEnabled: () => true,
    isSsprRegistered: registered,
    isSystemPreferredAuthenticationMethodEnabled: () => true,
    systemPreferredAuthenticationMethods: () => [],
    userPreferredMethodForSecondaryAuthentication: (index) => (registered(index) ? 'push' : 'none'),
    defaultMfaMethod: (index) => (registered(index) ? 'microsoftAuthenticatorPush' : 'none'),
    methodsRegistered: (index) => methodsOf(world, index),
    lastUpdatedDateTime: () => world.times.ago(1),
  });
}
