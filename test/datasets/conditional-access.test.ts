import { describe, expect, it } from 'vitest';
import {
  clientAppsOf,
  enforcement,
  flags,
  isAboutUsers,
  isEnforced,
  isReportOnly,
  narrowingsOf,
  offersManagedDeviceInstead,
  type Policy,
  requiresManagedDevice,
  requiresMfa,
  requiresPhishingResistant,
  transferMethodsOf,
} from '../../src/datasets/conditional-access.ts';
import { conditionalAccessPolicies } from '../../src/datasets/graph/conditionalAccessPolicies.ts';
import { policy as row } from './identity-rows.ts';

function policy(change: Parameters<typeof row>[0] = {}): Policy {
  return conditionalAccessPolicies.row.parse(row(change)) as Policy;
}

describe('state', () => {
  it.each([
    ['enabled', true, false],
    ['disabled', false, false],
    ['enabledForReportingButNotEnforced', false, true],
  ])('%s', (state, enforced, reportOnly) => {
    expect([isEnforced(policy({ state })), isReportOnly(policy({ state }))]).toEqual([enforced, reportOnly]);
  });
  it('refuses to guess about others', () => {
    expect(enforcement(policy({ state: 'paused' }))).toBe('unknown');
    expect(() => isEnforced(policy({ state: 'paused' }))).toThrow('paused');
  });
});

describe('scope', () => {
  it('is about users', () => expect(isAboutUsers(policy())).toBe(true));
  it('is not about users without users', () => expect(isAboutUsers(policy({ users: null }))).toBe(false));
  it('is not about users with a filter for workload identities', () =>
    expect(isAboutUsers(policy({ conditions: { clientApplications: { servicePrincipalFilter: { mode: 'include' } } } }))).toBe(false));
  it.each([
    [['all'], 4],
    [[], 4],
    [null, 4],
    [['browser'], 1],
    [['exchangeActiveSync', 'other'], 2],
  ])('client apps %j', (clientAppTypes, size) => expect(clientAppsOf(policy({ conditions: { clientAppTypes } })).size).toBe(size));
});

describe('narrowing', () => {
  it.each([
    [{}, []],
    [{ locations: { includeLocations: ['All'], excludeLocations: [] } }, []],
    [{ locations: { includeLocations: [], excludeLocations: [] } }, ['locations']],
    [{ platforms: { includePlatforms: ['all'], excludePlatforms: ['linux'] } }, ['platforms']],
    [{ signInRiskLevels: null, userRiskLevels: null }, []],
    [{ insiderRiskLevels: 'minor,moderate' }, ['insider risk']],
    [{ authenticationFlows: { transferMethods: 'none' } }, []],
    [{ authenticationFlows: { transferMethods: 'deviceCodeFlow' }, userRiskLevels: ['high'] }, ['user risk', 'authentication flows']],
  ])('%j', (conditions, expected) => expect(narrowingsOf(policy({ conditions }))).toEqual(expected));
  it('splits flags', () => {
    expect(flags('a, b,none,')).toEqual(['a', 'b']);
    expect(flags(null)).toEqual([]);
    expect(transferMethodsOf(policy())).toEqual([]);
  });
});

describe('demands', () => {
  const strength = { id: 's', requirementsSatisfied: 'mfa' };
  it.each([
    [{ builtInControls: ['mfa'] }, 'yes'],
    [{ operator: 'AND', builtInControls: ['mfa', 'approvedApplication'] }, 'yes'],
    [{ builtInControls: ['mfa', 'compliantDevice'] }, 'yes'],
    [{ builtInControls: ['mfa', 'compliantApplication'] }, 'no'],
    [{ builtInControls: ['mfa'], customAuthenticationFactors: ['x'] }, 'no'],
    [{ builtInControls: ['mfa', 'newControl'] }, 'unknown'],
    [{ operator: null, builtInControls: ['mfa', 'compliantDevice'] }, 'unknown'],
    [{ builtInControls: [], authenticationStrength: strength }, 'yes'],
    [{ builtInControls: ['mfa'], authenticationStrength: strength }, 'yes'],
    [{ builtInControls: ['passwordChange'] }, 'no'],
    [{ builtInControls: ['telepathy'] }, 'unknown'],
    [{ builtInControls: ['telepathy', 'compliantDevice'] }, 'unknown'],
    [{ builtInControls: ['telepathy', 'mfa'], termsOfUse: ['t'] }, 'no'],
    [{ operator: 'AND', builtInControls: ['telepathy', 'mfa'] }, 'yes'],
    [{ builtInControls: [], authenticationStrength: { id: 's', requirementsSatisfied: 'none' } }, 'no'],
    [{ builtInControls: [], authenticationStrength: { id: 's', requirementsSatisfied: null } }, 'unknown'],
    [{ builtInControls: [], authenticationStrength: { id: 's', requirementsSatisfied: 'somethingNew' } }, 'unknown'],
    [null, 'no'],
  ])('mfa by %j: %s', (grant, expected) => expect(requiresMfa(policy({ grant }))).toBe(expected));
  it.each([
    [{ builtInControls: ['compliantDevice'] }, 'yes'],
    [{ builtInControls: ['compliantDevice', 'domainJoinedDevice'] }, 'yes'],
    [{ builtInControls: ['mfa', 'compliantDevice'] }, 'no'],
    [{ operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] }, 'yes'],
    [{ operator: null, builtInControls: ['mfa', 'compliantDevice'] }, 'unknown'],
    [{ builtInControls: ['mfa'] }, 'no'],
  ])('managed device by %j: %s', (grant, expected) => expect(requiresManagedDevice(policy({ grant }))).toBe(expected));
  it('tells where a device stands in for a factor', () => {
    expect(offersManagedDeviceInstead(policy({ grant: { builtInControls: ['mfa', 'compliantDevice'] } }))).toBe(true);
    expect(offersManagedDeviceInstead(policy({ grant: { operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] } }))).toBe(false);
    expect(offersManagedDeviceInstead(policy())).toBe(false);
  });
  it.each([
    [['fido2'], 'yes'],
    [['fido2', 'x509CertificateMultiFactor'], 'yes'],
    [['fido2', 'x509CertificateSingleFactor'], 'no'],
    [['password,fido2'], 'no'],
    [['fido2', 'telepathy'], 'unknown'],
    [['telepathy', 'sms'], 'no'],
    [[], 'no'],
  ])('phishing-resistant by %j: %s', (combinations, expected) => {
    const strong = policy({ grant: { builtInControls: [], authenticationStrength: strength } });
    expect(requiresPhishingResistant(strong, new Map([['s', combinations]]))).toBe(expected);
  });
  it('does not know what a strength that is not listed or a new control demands', () => {
    expect(requiresPhishingResistant(policy({ grant: { builtInControls: [], authenticationStrength: strength } }), new Map())).toBe('unknown');
    expect(requiresPhishingResistant(policy({ grant: { builtInControls: ['telepathy'] } }), new Map())).toBe('unknown');
    expect(requiresPhishingResistant(policy({ grant: { authenticationStrength: null } }), new Map())).toBe('no');
  });
});
