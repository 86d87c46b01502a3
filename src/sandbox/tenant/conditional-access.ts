import type { Row } from '../collection.ts';
import { microsoftApps } from './app-permissions.ts';
import { groupIds } from './groups.ts';
import { administratorRoles } from './roles.ts';
import { guid } from './seed.ts';
import { cast, userId } from './users.ts';
import type { World } from './world.ts';

/** Authentication strengths every tenant has, with the combinations each accepts. */
const strengths: readonly (readonly [id: string, name: string, satisfied: 'mfa' | 'none', combinations: readonly string[]])[] = [
  [
    '00000000-0000-0000-0000-000000000002',
    'Multifactor authentication',
    'mfa',
    [
      'windowsHelloForBusiness',
      'fido2',
      'x509CertificateMultiFactor',
      'deviceBasedPush',
      'temporaryAccessPassOneTime',
      'temporaryAccessPassMultiUse',
      'password,microsoftAuthenticatorPush',
      'password,softwareOath',
      'password,hardwareOath',
      'password,sms',
      'password,voice',
      'federatedMultiFactor',
      'microsoftAuthenticatorPush,federatedSingleFactor',
      'softwareOath,federatedSingleFactor',
      'hardwareOath,federatedSingleFactor',
      'sms,federatedSingleFactor',
      'voice,federatedSingleFactor',
    ],
  ],
  ['00000000-0000-0000-0000-000000000003', 'Passwordless MFA', 'mfa', ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor', 'deviceBasedPush']],
  ['00000000-0000-0000-0000-000000000004', 'Phishing-resistant MFA', 'mfa', ['windowsHelloForBusiness', 'fido2', 'x509CertificateMultiFactor']],
];

export function authenticationStrengthsOf(world: World): Row[] {
  return strengths.map(([id, displayName, requirementsSatisfied, allowedCombinations]) => ({
    id,
    displayName,
    description: `${displayName}, built in`,
    policyType: 'builtIn',
    requirementsSatisfied,
    allowedCombinations,
    createdDateTime: world.times.ago(1200),
    modifiedDateTime: world.times.ago(1200),
  }));
}

const locationIds = { office: guid('location', 0), blocked: guid('location', 1) };

export function namedLocationsOf(world: World): Row[] {
  const common = { createdDateTime: world.times.ago(500), modifiedDateTime: world.times.ago(300) };
  return [
    {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      id: locationIds.office,
      displayName: 'Head office',
      isTrusted: !world.clean,
      ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: world.clean ? '203.0.113.0/28' : '203.0.113.0/24' }],
      ...common,
    },
    {
      '@odata.type': '#microsoft.graph.countryNamedLocation',
      id: locationIds.blocked,
      displayName: 'Countries we do not work in',
      countriesAndRegions: ['KP', 'IR'],
      countryLookupMethod: 'clientIpAddress',
      includeUnknownCountriesAndRegions: false,
      ...common,
    },
  ];
}

/** Clean: everybody, no gaps. Messy: each policy has the kind of hole people overlook. */
export function conditionalAccessOf(world: World): Row[] {
  if (world.variant === 'restricted') return [];
  return (world.clean ? cleanPolicies() : messyPolicies()).map((policy, index) => ({
    id: guid('policy', index),
    createdDateTime: world.times.ago(600 - index),
    modifiedDateTime: world.times.ago(200 - index),
    state: 'enabled',
    sessionControls: null,
    ...policy,
  }));
}

function cleanPolicies(): Row[] {
  return [
    { displayName: 'CA001 Block legacy authentication', conditions: conditions({ clientAppTypes: ['exchangeActiveSync', 'other'] }), grantControls: block },
    { displayName: 'CA002 Require multifactor authentication for everyone', conditions: conditions({}), grantControls: mfa },
    {
      displayName: 'CA003 Phishing-resistant sign-in for administrators',
      conditions: conditions({ users: users({ includeUsers: [], includeRoles: administratorRoles }) }),
      grantControls: strength(2),
    },
    {
      displayName: 'CA004 Block device code flow',
      conditions: conditions({ authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' } }),
      grantControls: block,
    },
    {
      displayName: 'CA005 Require MFA to register devices',
      conditions: conditions({ applications: applications({ includeApplications: [], includeUserActions: ['urn:user:registerdevice'] }) }),
      grantControls: mfa,
    },
    {
      displayName: 'CA008 Protect the registration of sign-in methods',
      conditions: conditions({ applications: applications({ includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] }) }),
      grantControls: mfa,
    },
    { displayName: 'CA006 Block high user risk', conditions: conditions({ userRiskLevels: ['high'] }), grantControls: block },
    { displayName: 'CA007 Block high sign-in risk', conditions: conditions({ signInRiskLevels: ['high'] }), grantControls: block },
  ];
}

/** Everybody's rules, each with a hole. */
function messyPolicies(): Row[] {
  // Three people are left out through a group, and a second group is named that no longer exists.
  const holes = users({
    excludeUsers: cast.emergency.map(userId),
    excludeGroups: [groupIds.exclusions, groupIds.deleted],
    excludeGuestsOrExternalUsers: {
      guestOrExternalUserTypes: 'otherExternalUser,serviceProvider',
      externalTenants: { '@odata.type': '#microsoft.graph.conditionalAccessAllExternalTenants', membershipKind: 'all' },
    },
  });
  return [
    // Looks done in the portal's list, but is only reported.
    {
      displayName: 'Block legacy authentication',
      state: 'enabledForReportingButNotEnforced',
      conditions: conditions({ clientAppTypes: ['exchangeActiveSync', 'other'] }),
      grantControls: block,
    },
    { displayName: 'MFA for all users', conditions: conditions({ users: holes }), grantControls: mfa },
    // A second one that would cover them, but not from the office.
    {
      displayName: 'MFA outside the office',
      conditions: conditions({ locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } }),
      grantControls: mfa,
    },
    ...messySpecialPolicies(),
  ];
}

function messySpecialPolicies(): Row[] {
  const onlyRole = users({ includeUsers: [], includeRoles: ['62e90394-69f5-4237-9190-012177145e10'] });
  const onlyGroup = (id: string) => users({ includeUsers: [], includeGroups: [id] });
  const mobile = conditions({ platforms: { includePlatforms: ['android', 'iOS'], excludePlatforms: [] } });
  return [
    // Any second factor, not a phishing-resistant one, and for one role only.
    { displayName: 'MFA for Global Administrators', conditions: conditions({ users: onlyRole }), grantControls: strength(0) },
    {
      displayName: 'Device code flow (pilot)',
      conditions: conditions({ users: onlyGroup(groupIds.sales), authenticationFlows: { transferMethods: 'deviceCodeFlow' } }),
      grantControls: block,
    },
    { displayName: 'Mobile apps (old)', conditions: mobile, grantControls: { ...mfa, builtInControls: ['approvedApplication'] } },
    // Written when Azure management still meant Azure DevOps as well.
    {
      displayName: 'MFA for Azure management',
      conditions: conditions({ applications: applications({ includeApplications: [microsoftApps.azureManagement] }) }),
      grantControls: mfa,
    },
    // Since it reaches Windows Hello too, nobody sets up a new computer on a journey.
    {
      displayName: 'No registration of sign-in methods on journeys',
      conditions: conditions({
        locations: { includeLocations: [locationIds.blocked], excludeLocations: [] },
        applications: applications({ includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] }),
      }),
      grantControls: block,
    },
    {
      displayName: 'MFA for sales, but not for files',
      conditions: conditions({ users: onlyGroup(groupIds.sales), applications: applications({ excludeApplications: [microsoftApps.sharepoint] }) }),
      grantControls: mfa,
    },
    { displayName: 'Old test policy', state: 'disabled', conditions: conditions({ users: onlyGroup(groupIds.deleted) }), grantControls: block },
  ];
}

const control = (builtInControls: readonly string[]): Row => ({
  operator: 'OR',
  builtInControls,
  customAuthenticationFactors: [],
  termsOfUse: [],
  authenticationStrength: null,
});
const block = control(['block']);
const mfa = control(['mfa']);

function strength(index: number): Row {
  const [id, displayName, requirementsSatisfied, allowedCombinations] = strengths[index] ?? [];
  return { ...control([]), authenticationStrength: { id, displayName, policyType: 'builtIn', requirementsSatisfied, allowedCombinations } };
}

function users(more: Row): Row {
  return {
    includeUsers: ['All'],
    excludeUsers: [],
    includeGroups: [],
    excludeGroups: [],
    includeRoles: [],
    excludeRoles: [],
    includeGuestsOrExternalUsers: null,
    excludeGuestsOrExternalUsers: null,
    ...more,
  };
}

function applications(more: Row): Row {
  return {
    includeApplications: ['All'],
    excludeApplications: [],
    includeUserActions: [],
    includeAuthenticationContextClassReferences: [],
    applicationFilter: null,
    ...more,
  };
}

function conditions(more: Row): Row {
  return {
    userRiskLevels: [],
    signInRiskLevels: [],
    servicePrincipalRiskLevels: [],
    insiderRiskLevels: null,
    clientAppTypes: ['all'],
    platforms: null,
    locations: null,
    devices: null,
    clientApplications: null,
    authenticationFlows: null,
    users: users({}),
    applications: applications({}),
    ...more,
  };
}
