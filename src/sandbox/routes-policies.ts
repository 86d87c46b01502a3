import { premiumRequired } from './authorize.ts';
import { listOf } from './collection.ts';
import type { Route } from './route.ts';
import { both, byKey, premium } from './routes-directory.ts';
import { authenticationStrengthsOf, conditionalAccessOf, namedLocationsOf } from './tenant/conditional-access.ts';
import * as policies from './tenant/policies.ts';
import type { World } from './tenant/world.ts';

export function routesPolicies(world: World): readonly Route[] {
  const licensed = { plans: premium, refusal: premiumRequired };
  const conditionalAccess = listOf(conditionalAccessOf(world));
  const locations = listOf(namedLocationsOf(world));
  const methods = listOf(policies.authenticationMethodsOf(world));
  return [
    { path: '/identity/conditionalAccess/policies', versions: both, answer: () => conditionalAccess, ...licensed },
    { path: '/identity/conditionalAccess/policies/{id}', versions: both, answer: ({ keys }) => byKey(conditionalAccess, keys), ...licensed },
    { path: '/identity/conditionalAccess/namedLocations', versions: both, answer: () => locations, ...licensed },
    { path: '/identity/conditionalAccess/authenticationStrength/policies', versions: ['v1.0'], answer: () => listOf(authenticationStrengthsOf(world)) },
    { path: '/policies/authorizationPolicy', versions: ['v1.0'], answer: () => policies.authorizationPolicyOf(world) },
    { path: '/policies/adminConsentRequestPolicy', versions: both, answer: () => policies.adminConsentRequestPolicyOf(world) },
    {
      path: '/policies/permissionGrantPolicies',
      versions: both,
      answer: () => listOf(policies.permissionGrantPoliciesOf()),
      expandable: ['includes', 'excludes'],
    },
    { path: '/policies/identitySecurityDefaultsEnforcementPolicy', versions: both, answer: () => policies.securityDefaultsOf() },
    { path: '/policies/federatedTokenValidationPolicy', versions: ['v1.0'], answer: () => policies.federatedTokenValidationPolicyOf(world) },
    { path: '/policies/authenticationFlowsPolicy', versions: both, answer: () => policies.authenticationFlowsPolicyOf() },
    { path: '/policies/authenticationMethodsPolicy', versions: both, answer: () => policies.authenticationMethodsPolicyOf(world) },
    { path: '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations', versions: both, answer: () => methods },
    { path: '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}', versions: both, answer: ({ keys }) => byKey(methods, keys) },
    { path: '/policies/deviceRegistrationPolicy', versions: both, answer: () => policies.deviceRegistrationPolicyOf(world) },
  ];
}
