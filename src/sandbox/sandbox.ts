import { makeCertificate } from './certificate.ts';
import { makeDeviceCodes } from './device-code.ts';
import { makeFaults } from './faults.ts';
import type { FaultRule } from './faults-rules.ts';
import { type Exchange, handle, type Recorder, recordTo, type Services } from './handler.ts';
import { makeThrottle } from './limits.ts';
import { type Counts, countsOf } from './limits-counts.ts';
import { defaultPermissions } from './permissions.ts';
import { makeRouter } from './route.ts';
import { routesOf } from './routes.ts';
import { loadSchema } from './schema.ts';
import { type Answer, type ListeningServer, listen, type SandboxRequest } from './server.ts';
import type { SignInService } from './sign-in-service.ts';
import { huntingOf } from './tenant/defender.ts';
import { guid } from './tenant/seed.ts';
import { makeWorld, type World } from './tenant/world.ts';
import { makeTokenMint } from './tokens.ts';
import type { UpnStyle, Variant } from './variants.ts';
import { makeViews } from './views.ts';

export type { Reply } from './errors.ts';
export type { FaultRule } from './faults-rules.ts';
export type { Exchange } from './handler.ts';
export type { Counts } from './limits-counts.ts';
export type { SandboxRequest } from './server.ts';
export type { Variant } from './variants.ts';

/** Answers in the place of the service, cuts the connection, stays silent, or lets the request through. */
export type Intervention = Answer | undefined;

const defaultUsers = 400;

export interface SandboxOptions {
  /** `messy`: most checks fail; `clean`: none does; `restricted`: few licences, few permissions; `typical`: half tidied. */
  variant?: Variant;
  /** The typical tenant as it was so many weeks before `now`. */
  weeksAgo?: number;
  /** 0 = any free port. */
  port?: number;
  users?: number;
  /** Three for every four users unless given. */
  devices?: number;
  /** `natural`: names with numbers, the default; `numbered`: user000123, all alike but for their end. */
  upnStyle?: UpnStyle;
  /** Sign-ins by old protocols in the log of thirty days, beside the few that are always there. */
  signIns?: number;
  /** At least so many service principals, and apps registered here; every fortieth of those made up has no name. */
  servicePrincipals?: number;
  applications?: number;
  /** The day the tenant lives in; dates in it are relative to this. */
  now?: Date;
  /** Application permissions in the token; absent = all that the variant grants. */
  permissions?: readonly string[];
  /** Permissions taken out of the token. */
  without?: readonly string[];
  /** Names with markup, formulas and control characters. */
  hostileNames?: boolean;
  /** Certificate registered for client assertions. */
  clientCertificatePem?: string;
  tokenLifetimeInSeconds?: number;
  /** How often a device code is polled in vain before somebody "signs in". */
  deviceCodePolls?: number;
  record?: Recorder;
  /** `published`: every service refuses what exceeds its published limit. */
  limits?: 'none' | 'published';
  /** Makes the windows of the limits so many times shorter. */
  limitsFactor?: number;
  /** Milliseconds from the arrival of a request to its answer. */
  latencyMs?: number;
  /** What goes wrong, and when. */
  faults?: readonly FaultRule[];
  /** Which requests are hit by rules with a probability. */
  seed?: number;
  /** Runs before a request is answered, below the faults; for whatever the options above do not say. */
  before?: (request: SandboxRequest) => Promise<Intervention> | Intervention;
}

export interface Sandbox {
  origin: string;
  graphEndpoint: string;
  authorityHost: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** A secret that the sign-in service says has expired. */
  expiredClientSecret: string;
  /** For `NODE_EXTRA_CA_CERTS` or `tls.setDefaultCACertificates`. */
  caPem: string;
  requests(): readonly Exchange[];
  /** Requests to Graph so far, by service. */
  counts(): Counts;
  /** Replaces the permissions in tokens issued from now on. */
  grant(permissions: readonly string[]): void;
  /** Replaces the faults, and the seed where one is given; their counters start anew. */
  disturb(faults: readonly FaultRule[], seed?: number): void;
  close(): Promise<void>;
}

/** Starts a stand-in for Microsoft Graph and the sign-in service, with a fictional tenant, on loopback TLS. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = worldOf(options);
  const exchanges: Exchange[] = [];
  const record: Recorder = (exchange, body) => {
    exchanges.push(exchange);
    options.record?.(exchange, body);
  };
  const token = { permissions: tokenPermissions(world.variant, options) };
  const signIn = signInService(world, options, () => token.permissions);
  const schema = loadSchema();
  const graph = { origin: '', schema, router: makeRouter(routesOf(world), schema), plans: new Set(world.plans), views: makeViews() };
  const disturb = (rules: readonly FaultRule[], seed = options.seed ?? 0) => makeFaults(rules, seed, () => graph.origin);
  let faults = disturb(options.faults ?? []);
  const throttle =
    options.limits === 'published' ? { throttle: makeThrottle({ users: options.users ?? defaultUsers, factor: options.limitsFactor ?? 1 }) } : {};
  const services: Services = { graph, hunting: huntingOf(world), signIn, record, faults: (...request) => faults(...request), ...throttle };
  const certificate = await makeCertificate();
  const server = await listen(certificate, { port: options.port ?? 0, latencyMs: options.latencyMs }, (request) => answerTo(services, request, options));
  graph.origin = server.origin;
  signIn.origin = server.origin;
  return {
    origin: server.origin,
    graphEndpoint: server.origin,
    authorityHost: server.origin,
    tenantId: world.tenantId,
    clientId: signIn.clientId,
    clientSecret: signIn.clientSecret,
    expiredClientSecret: signIn.expiredSecret,
    caPem: certificate.caPem,
    requests: () => exchanges,
    counts: () => countsOf(exchanges, trafficOf(server)),
    grant: (permissions) => {
      token.permissions = [...permissions];
    },
    disturb: (rules, seed) => {
      faults = disturb(rules, seed);
    },
    close: server.close,
  };
}

async function answerTo(services: Services, request: SandboxRequest, { before }: SandboxOptions): Promise<Answer> {
  const answer = await services.faults(request, async () => (await before?.(request)) ?? handle(services, request));
  recordTo(services.record, request, answer, false);
  return answer;
}

function trafficOf(server: ListeningServer): Pick<Counts, 'bytes' | 'mostInFlight'> {
  const { bytes, mostInFlight } = server.traffic();
  return { bytes, mostInFlight };
}

function worldOf(options: SandboxOptions): World {
  const { variant = 'messy', users = defaultUsers, hostileNames = false, upnStyle = 'natural' } = options;
  const devices = options.devices ?? Math.round(users * 0.75);
  const { signIns = 0, servicePrincipals = 0, applications = 0, weeksAgo = 0 } = options;
  return makeWorld({ variant, users, devices, hostileNames, upnStyle, signIns, servicePrincipals, applications, weeksAgo, now: options.now ?? new Date() });
}

function tokenPermissions(variant: Variant, { permissions, without = [] }: SandboxOptions): readonly string[] {
  return (permissions ?? defaultPermissions(variant)).filter((permission) => !without.includes(permission));
}

function signInService(world: World, options: SandboxOptions, permissions: () => readonly string[]): SignInService {
  return {
    origin: '',
    tenantId: world.tenantId,
    tenantDomain: world.initialDomain,
    clientId: guid('client', 1),
    // Obviously not a real one, so that it may appear in documentation; still searched for in everything written.
    clientSecret: 'sandbox-secret-7Q8~not-a-real-one',
    expiredSecret: 'sandbox-secret-expired-last-month',
    clientCertificatePem: options.clientCertificatePem,
    servicePrincipalId: guid('servicePrincipal', 0),
    lifetimeInSeconds: options.tokenLifetimeInSeconds ?? 3600,
    permissions,
    mint: makeTokenMint(),
    deviceCodes: makeDeviceCodes(options.deviceCodePolls ?? 1),
    // Tokens live in real time, whatever day the tenant lives in.
    clock: () => new Date(),
  };
}
