import type { Collection, Row } from '../collection.ts';
import { isAdministrator } from './roles.ts';
import { displayName, isGuest, principalName, userId } from './users.ts';
import type { World } from './world.ts';

const strong = ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'];

/** Clean: administrators have passkeys, everybody else the app. Messy: phones, and one in seven nothing at all. */
function methodsOf(world: World, index: number): string[] {
  if (world.clean) return isAdministrator(index) ? ['fido2SecurityKey', 'passKeyDeviceBound', ...strong] : strong;
  if (index === 2) return ['fido2SecurityKey', ...strong];
  if (isAdministrator(index)) return ['mobilePhone', ...strong];
  if (index % 7 === 1) return [];
  return index % 5 === 0 ? ['mobilePhone'] : [...strong, 'mobilePhone'];
}

export function registrationsOf(world: World): Collection {
  return { size: world.users, at: (index) => registrationRow(world, index) };
}

function registrationRow(world: World, index: number): Row {
  const methodsRegistered = methodsOf(world, index);
  const registered = methodsRegistered.length > 0;
  return {
    id: userId(index),
    userPrincipalName: principalName(world, index),
    userDisplayName: displayName(world, index),
    userType: isGuest(index) ? 'guest' : 'member',
    isAdmin: isAdministrator(index),
    isMfaCapable: registered,
    isMfaRegistered: registered,
    isPasswordlessCapable: methodsRegistered.includes('fido2SecurityKey'),
    isSsprCapable: registered,
    isSsprEnabled: true,
    isSsprRegistered: registered,
    isSystemPreferredAuthenticationMethodEnabled: true,
    systemPreferredAuthenticationMethods: [],
    userPreferredMethodForSecondaryAuthentication: registered ? 'push' : 'none',
    defaultMfaMethod: registered ? 'microsoftAuthenticatorPush' : 'none',
    methodsRegistered,
    lastUpdatedDateTime: world.times.ago(1),
  };
}
