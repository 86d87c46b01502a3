import type { Row } from '../collection.ts';
import type { World } from './world.ts';

const memberRole = 'a0b1b346-4d3e-4e8b-98f8-753987be4970';
const restrictedGuestRole = '2af84b1e-32c8-42b7-82bc-daa82404023b';

export function authorizationPolicyOf(world: World): Row {
  const { clean } = world;
  return {
    id: 'authorizationPolicy',
    displayName: 'Authorization Policy',
    description: 'Used to manage authorization related settings across the company.',
    allowEmailVerifiedUsersToJoinOrganization: false,
    allowInvitesFrom: clean ? 'adminsAndGuestInviters' : 'everyone',
    allowUserConsentForRiskyApps: !clean,
    allowedToSignUpEmailBasedSubscriptions: !clean,
    allowedToUseSSPR: !clean,
    blockMsolPowerShell: clean,
    guestUserRoleId: clean ? restrictedGuestRole : memberRole,
    defaultUserRolePermissions: {
      allowedToCreateApps: !clean,
      allowedToCreateSecurityGroups: !clean,
      allowedToCreateTenants: !clean,
      allowedToReadBitlockerKeysForOwnedDevice: !clean,
      allowedToReadOtherUsers: true,
      permissionGrantPoliciesAssigned: clean ? [] : ['ManagePermissionGrantsForSelf.microsoft-user-default-legacy'],
    },
  };
}

export function adminConsentRequestPolicyOf(world: World): Row {
  const reviewers = [{ query: '/v1.0/roleManagement/directory/roleAssignments', queryRoot: null, queryType: 'MicrosoftGraph' }];
  return {
    isEnabled: world.clean,
    notifyReviewers: world.clean,
    remindersEnabled: world.clean,
    requestDurationInDays: 30,
    reviewers: world.clean ? reviewers : [],
    version: 0,
  };
}

export function permissionGrantPoliciesOf(): Row[] {
  return [
    {
      id: 'microsoft-user-default-low',
      displayName: 'Default User Low Risk Policy',
      description: 'Permissions classified low, apps of verified publishers',
      includes: [grantCondition('low', true)],
      excludes: [],
    },
    {
      id: 'microsoft-user-default-legacy',
      displayName: 'Default User Legacy Policy',
      description: 'All apps',
      includes: [grantCondition('all', false)],
      excludes: [],
    },
  ];
}

function grantCondition(permissionClassification: string, verified: boolean): Row {
  return {
    id: verified ? '00000000-0000-0000-0000-000000000201' : '00000000-0000-0000-0000-000000000202',
    permissionClassification,
    permissionType: 'delegated',
    resourceApplication: 'any',
    permissions: ['all'],
    clientApplicationIds: ['all'],
    clientApplicationTenantIds: ['all'],
    clientApplicationPublisherIds: ['all'],
    clientApplicationsFromVerifiedPublisherOnly: verified,
  };
}

export function securityDefaultsOf(): Row {
  return {
    id: '00000000-0000-0000-0000-000000000005',
    displayName: 'Security Defaults',
    description: 'A set of basic identity security mechanisms.',
    isEnabled: false,
  };
}

export function authenticationMethodsPolicyOf(world: World): Row {
  return {
    id: 'authenticationMethodsPolicy',
    displayName: 'Authentication Methods Policy',
    description: 'The tenant-wide policy that controls which authentication methods are allowed in the tenant',
    lastModifiedDateTime: world.times.ago(90),
    policyVersion: '1.5',
    policyMigrationState: world.clean ? 'migrationComplete' : 'migrationInProgress',
    reconfirmationInDays: null,
    registrationEnforcement: {
      authenticationMethodsRegistrationCampaign: {
        snoozeDurationInDays: 1,
        state: 'default',
        excludeTargets: [],
        includeTargets: [{ id: 'all_users', targetType: 'group', targetedAuthenticationMethod: 'microsoftAuthenticator' }],
      },
    },
  };
}

const everyone = (more: Row = {}): Row => ({ id: 'all_users', targetType: 'group', isRegistrationRequired: false, ...more });

const defaultPasskeyProfile = '00000000-0000-0000-0000-000000000001';

/** Clean: app, passkey and a short one-time pass; no phone, no mail. */
export function authenticationMethodsOf(world: World): Row[] {
  const phones = world.clean ? 'disabled' : 'enabled';
  const feature = (state: string) => ({
    state,
    includeTarget: { targetType: 'group', id: 'all_users' },
    excludeTarget: { targetType: 'group', id: '00000000-0000-0000-0000-000000000000' },
  });
  const shown = feature(world.clean ? 'enabled' : 'default');
  return [
    method('fido2', 'Fido2', 'enabled', {
      isAttestationEnforced: world.clean,
      isSelfServiceRegistrationAllowed: true,
      keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
      includeTargets: [everyone({ allowedPasskeyProfiles: [defaultPasskeyProfile] })],
      defaultPasskeyProfile,
      passkeyProfiles: [
        {
          id: defaultPasskeyProfile,
          name: 'Default passkey profile',
          passkeyTypes: world.clean ? 'deviceBound' : 'deviceBound,synced',
          attestationEnforcement: world.clean ? 'registrationOnly' : 'disabled',
          keyRestrictions: { isEnforced: false, enforcementType: 'block', aaGuids: [] },
        },
      ],
    }),
    method('microsoftAuthenticator', 'MicrosoftAuthenticator', 'enabled', {
      isSoftwareOathEnabled: !world.clean,
      featureSettings: { displayAppInformationRequiredState: shown, displayLocationInformationRequiredState: shown },
      includeTargets: [everyone({ authenticationMode: 'any' })],
    }),
    method('sms', 'Sms', phones, { includeTargets: [everyone({ isUsableForSignIn: false })] }),
    method('temporaryAccessPass', 'TemporaryAccessPass', 'enabled', {
      isUsableOnce: world.clean,
      defaultLength: 8,
      defaultLifetimeInMinutes: 60,
      minimumLifetimeInMinutes: 60,
      maximumLifetimeInMinutes: 480,
      includeTargets: [everyone()],
    }),
    method('softwareOath', 'SoftwareOath', 'disabled', { includeTargets: [everyone()] }),
    method('voice', 'Voice', phones, { isOfficePhoneAllowed: false, includeTargets: [everyone()] }),
    method('email', 'Email', phones, { allowExternalIdToUseEmailOtp: 'default', includeTargets: [everyone()] }),
    method('x509Certificate', 'X509Certificate', 'disabled', { includeTargets: [everyone()] }),
  ];
}

function method(type: string, id: string, state: string, more: Row): Row {
  return { '@odata.type': `#microsoft.graph.${type}AuthenticationMethodConfiguration`, id, state, excludeTargets: [], ...more };
}

/** Messy: a server of one domain may vouch for the users of another. */
export function federatedTokenValidationPolicyOf(world: World): Row {
  return {
    id: '00000000-0000-0000-0000-000000000000',
    deletedDateTime: null,
    validatingDomains: { '@odata.type': '#microsoft.graph.allDomains', rootDomains: world.clean ? 'allFederated' : 'none' },
  };
}

export function authenticationFlowsPolicyOf(): Row {
  return {
    id: 'authenticationFlowsPolicy',
    displayName: 'Authentication flows policy',
    description: 'Authentication flows policy allows modification of settings related to authentication flows.',
    selfServiceSignUp: { isEnabled: false },
  };
}

export function groupSettingsOf(world: World): Row[] {
  if (!world.clean) return [];
  const values = {
    BannedPasswordCheckOnPremisesMode: 'Enforce',
    EnableBannedPasswordCheckOnPremises: 'True',
    EnableBannedPasswordCheck: 'True',
    LockoutDurationInSeconds: '60',
    LockoutThreshold: '10',
    BannedPasswordList: 'aldermoor\ttimber',
  };
  return [
    {
      id: '1d0c5b1e-6a0e-4d55-9a11-000000000001',
      displayName: 'Password Rule Settings',
      templateId: '5cf42378-d67d-4f36-ba46-e8b86229381d',
      values: Object.entries(values).map(([name, value]) => ({ name, value })),
    },
  ];
}

/** Clean: app passwords cannot be added any more, certificates live a year at most. */
export function defaultAppManagementPolicyOf(world: World): Row {
  const restriction = (restrictionType: string, maxLifetime: string | null): Row => ({
    restrictionType,
    maxLifetime,
    state: 'enabled',
    restrictForAppsCreatedAfterDateTime: null,
  });
  const restrictions = {
    passwordCredentials: [restriction('passwordAddition', null), restriction('passwordLifetime', 'P180D')],
    keyCredentials: [restriction('asymmetricKeyLifetime', 'P365D')],
  };
  return {
    id: '00000000-0000-0000-0000-000000000000',
    displayName: 'Default app management tenant policy',
    description: 'Default tenant policy that enforces app management restrictions on applications and service principals.',
    isEnabled: world.clean,
    applicationRestrictions: world.clean ? restrictions : { passwordCredentials: [], keyCredentials: [] },
    servicePrincipalRestrictions: world.clean ? restrictions : { passwordCredentials: [], keyCredentials: [] },
  };
}

export function formsSettingsOf(world: World): Row {
  return {
    id: 'forms',
    settings: {
      isBingImageSearchEnabled: false,
      isExternalSendFormEnabled: true,
      isExternalShareCollaborationEnabled: !world.clean,
      isExternalShareResultEnabled: !world.clean,
      isExternalShareTemplateEnabled: !world.clean,
      isInOrgFormsPhishingScanEnabled: world.clean,
      isRecordIdentityByDefaultEnabled: true,
    },
  };
}

export function deviceRegistrationPolicyOf(world: World): Row {
  const scope = world.clean
    ? { '@odata.type': '#microsoft.graph.noDeviceRegistrationMembership' }
    : { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' };
  return {
    id: 'deviceRegistrationPolicy',
    displayName: 'Device Registration Policy',
    description: 'Tenant-wide policy that manages initial provisioning controls',
    userDeviceQuota: world.clean ? 10 : 50,
    multiFactorAuthConfiguration: 'notRequired',
    azureADJoin: { isAdminConfigurable: true, allowedToJoin: scope, localAdmins: { enableGlobalAdmins: !world.clean, registeringUsers: scope } },
    azureADRegistration: { isAdminConfigurable: false, allowedToRegister: { '@odata.type': '#microsoft.graph.allDeviceRegistrationMembership' } },
    localAdminPassword: { isEnabled: world.clean },
  };
}

export function domainsOf(world: World): Row[] {
  const domain = (id: string, more: Row): Row => ({
    id,
    authenticationType: 'Managed',
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault: false,
    isInitial: false,
    isRoot: true,
    isVerified: true,
    passwordNotificationWindowInDays: null,
    passwordValidityPeriodInDays: 2147483647,
    supportedServices: ['Email', 'OfficeCommunicationsOnline'],
    ...more,
  });
  const own = [
    domain(world.domain, { isDefault: true, passwordValidityPeriodInDays: world.clean ? 2147483647 : 90 }),
    domain(world.initialDomain, { isInitial: true }),
  ];
  if (world.clean || world.variant === 'restricted') return own;
  return [
    ...own,
    domain('old-mill.example', { isVerified: false, supportedServices: [] }),
    domain(`works.${world.domain}`, { authenticationType: 'Federated', isRoot: false, passwordValidityPeriodInDays: null }),
  ];
}

/** Null = no such domain; only the federated one has a configuration. */
export function federationOf(world: World, domain: string): Row[] | null {
  const row = domainsOf(world).find((each) => each.id === domain.toLowerCase());
  if (!row) return null;
  if (row.authenticationType !== 'Federated') return [];
  return [
    {
      '@odata.type': '#microsoft.graph.internalDomainFederation',
      id: '6601d14b-d113-4f64-fda2-9b5ddda18ecc',
      displayName: 'Works sign-in',
      issuerUri: 'http://sts.works.aldermoor.example/adfs/services/trust',
      federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp',
      isSignedAuthenticationRequestRequired: false,
      preferredAuthenticationProtocol: 'wsFed',
      promptLoginBehavior: 'nativeSupport',
      signingCertificateUpdateStatus: { certificateUpdateResult: 'Success', lastRunDateTime: world.times.ago(10) },
    },
  ];
}

export function sharePointSettingsOf(world: World): Row {
  const { clean } = world;
  return {
    allowedDomainGuidsForSyncApp: [],
    deletedUserPersonalSiteRetentionPeriodInDays: 365,
    excludedFileExtensionsForSyncApp: [],
    idleSessionSignOut: { isEnabled: clean, signOutAfterInSeconds: clean ? 3600 : 0, warnAfterInSeconds: clean ? 3300 : 0 },
    imageTaggingOption: 'enhanced',
    isCommentingOnSitePagesEnabled: true,
    isFileActivityNotificationEnabled: true,
    isLegacyAuthProtocolsEnabled: !clean,
    isLoopEnabled: true,
    isMacSyncAppEnabled: true,
    isRequireAcceptingUserToMatchInvitedUserEnabled: clean,
    isResharingByExternalUsersEnabled: !clean,
    isSharePointMobileNotificationEnabled: true,
    isSharePointNewsfeedEnabled: false,
    isSiteCreationEnabled: true,
    isSiteCreationUIEnabled: true,
    isSitePagesCreationEnabled: true,
    isSitesStorageLimitAutomatic: true,
    isSyncButtonHiddenOnPersonalSite: false,
    isUnmanagedSyncAppForTenantRestricted: clean,
    personalSiteDefaultStorageLimitInMB: 1048576,
    sharingAllowedDomainList: [],
    sharingBlockedDomainList: [],
    sharingCapability: clean ? 'existingExternalUserSharingOnly' : 'externalUserAndGuestSharing',
    sharingDomainRestrictionMode: 'none',
    siteCreationDefaultManagedPath: '/sites/',
    siteCreationDefaultStorageLimitInMB: 26214400,
    tenantDefaultTimezone: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
  };
}
