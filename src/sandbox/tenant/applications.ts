import type { Row } from '../collection.ts';
import { appRoleId, microsoftApps } from './app-permissions.ts';
import { guid } from './seed.ts';
import { servicePrincipalNamed } from './service-principals.ts';
import { userId } from './users.ts';
import type { World } from './world.ts';

interface Credential {
  /** Days before now. */
  started: number;
  /** Days before now; negative = still to come. */
  ended: number;
}

interface Registration {
  name: string;
  secrets?: readonly Credential[];
  certificates?: readonly Credential[];
  federated?: boolean;
  azureAdGraph?: boolean;
  onlyAzureAdGraph?: boolean;
  addIn?: string;
  /** Offered to other organizations. */
  offered?: boolean;
  owned?: boolean;
}

const lasting = (started: number, ended: number): Credential => ({ started, ended });

/** Credentials of the clean tenant live at most 180 days (secrets) and a year (certificates), and none ends soon. */
const tidy: readonly Registration[] = [
  { name: 'tidytenant', certificates: [lasting(40, -320)], owned: true },
  { name: 'Aldermoor Automation', certificates: [lasting(100, -260)], owned: true },
  { name: 'Aldermoor Intranet', federated: true, owned: true },
  { name: 'Aldermoor Directory Card', secrets: [lasting(60, -110)], owned: true },
  { name: 'Aldermoor Payroll', owned: true },
  { name: 'Aldermoor Quote Builder', secrets: [lasting(30, -140)], owned: true },
];

const untidy: readonly Registration[] = [
  { name: 'tidytenant', certificates: [lasting(40, -320)], owned: true },
  // Two years; and one that ended last month.
  { name: 'Aldermoor Automation', secrets: [lasting(300, -430), lasting(400, 35)] },
  { name: 'Aldermoor Intranet', secrets: [lasting(175, -5)], azureAdGraph: true, owned: true },
  { name: 'Aldermoor Directory Card', secrets: [lasting(160, -20)], owned: true },
  // Ends soon, but its successor is in place.
  { name: 'Aldermoor Payroll', secrets: [lasting(170, -10), lasting(5, -170)], owned: true },
  { name: 'Aldermoor Quote Builder', certificates: [lasting(200, -900)], addIn: 'FileHandler', offered: true },
  // Nobody took its secret away when its interface ended.
  { name: 'Aldermoor Phone Book', secrets: [lasting(150, -210)], onlyAzureAdGraph: true, owned: true },
];

export function applicationsOf(world: World): Row[] {
  return (world.clean ? tidy : untidy).map((registration, index) => applicationRow(world, registration, index));
}

function applicationRow(world: World, app: Registration, index: number): Row {
  const { appId, displayName } = servicePrincipalNamed(world, app.name);
  return {
    id: guid('application', index),
    appId,
    displayName,
    createdDateTime: world.times.ago(800 - index),
    signInAudience: app.offered ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    servicePrincipalLockConfiguration: app.offered ? null : { isEnabled: true, allProperties: true, ...lockDetails },
    addIns: app.addIn ? [{ id: guid('addIn', 10 + index), type: app.addIn, properties: [{ key: 'version', value: '2' }] }] : [],
    authenticationBehaviors: {
      blockAzureADGraphAccess: app.azureAdGraph ? false : null,
      removeUnverifiedEmailClaim: null,
      requireClientServicePrincipal: null,
    },
    keyCredentials: (app.certificates ?? []).map((each, at) => certificate(world, each, index * 10 + at)),
    passwordCredentials: (app.secrets ?? []).map((each, at) => secret(world, each, index * 10 + at)),
    requiredResourceAccess: requested(app),
    federatedIdentityCredentials: app.federated ? [federated(index)] : [],
    owners: app.owned ? [{ '@odata.type': '#microsoft.graph.user', id: userId(2) }] : [],
    ...platforms,
  };
}

const lockDetails = { credentialsWithUsageSign: null, credentialsWithUsageVerify: null, tokenEncryptionKeyId: null };

const platforms: Row = {
  publicClient: { redirectUris: [] },
  spa: { redirectUris: [] },
  web: {
    homePageUrl: null,
    logoutUrl: null,
    redirectUris: ['https://apps.aldermoor.example/signin'],
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    redirectUriSettings: [],
  },
};

function certificate(world: World, life: Credential, index: number): Row {
  return {
    ...dates(world, life),
    keyId: guid('key', index),
    displayName: 'CN=certificate',
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
    customKeyIdentifier: null,
    key: null,
  };
}

function secret(world: World, life: Credential, index: number): Row {
  return { ...dates(world, life), keyId: guid('secret', index), displayName: 'secret', hint: 'Ab1', customKeyIdentifier: null, secretText: null };
}

function dates(world: World, { started, ended }: Credential): Row {
  return { startDateTime: world.times.ago(started), endDateTime: world.times.ago(ended) };
}

function requested(app: Registration): Row[] {
  const graph = { resourceAppId: microsoftApps.graph, resourceAccess: [{ id: appRoleId(microsoftApps.graph, 'User.Read.All'), type: 'Role' }] };
  const old = {
    resourceAppId: microsoftApps.azureAdGraph,
    resourceAccess: [{ id: appRoleId(microsoftApps.azureAdGraph, 'Directory.Read.All'), type: 'Role' }],
  };
  if (app.onlyAzureAdGraph) return [old];
  return app.azureAdGraph ? [graph, old] : [graph];
}

function federated(index: number): Row {
  return {
    id: guid('federatedCredential', index),
    name: 'deploy',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:aldermoor/intranet:environment:production',
    audiences: ['api://AzureADTokenExchange'],
    description: null,
    claimsMatchingExpression: null,
  };
}
