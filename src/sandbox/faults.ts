import { createHash } from 'node:crypto';
import { distort, isLaterPage, missingPage, pageOf, refusalOf, tokenRefusal } from './faults-answers.ts';
import { type FaultRule, matcherOf } from './faults-rules.ts';
import type { Answer, SandboxRequest } from './server.ts';

/** Lets a request through to its answer, or puts something worse in the place of it. */
export type Faults = (request: SandboxRequest, proceed: () => Promise<Answer>, inBatch?: boolean) => Promise<Answer>;

interface Armed {
  rule: FaultRule;
  matches(path: string, search: string, body: string): boolean;
  seen: number;
  fired: number;
  /** Per address: how often it was asked for, and how often the rule fired. */
  addresses: Map<string, { seen: number; fired: number }>;
  /** `Authorization` headers that are refused from now on. */
  refused: Set<string>;
  /** Per chain of pages: how far it was read since it was last begun, and how often it broke. */
  chains: Map<string, { page: number; token: string | undefined; fired: number }>;
}

/** Faults of the connection: a part of a `$batch` has none of its own. */
const ofConnection = new Set(['hang', 'reset', 'drip', 'cutBody']);
const ofTokens = new Set(['expiredToken', 'claimsChallenge']);

export function makeFaults(rules: readonly FaultRule[], seed: number, origin: () => string): Faults {
  const armed = rules.map(
    (rule): Armed => ({ rule, matches: matcherOf(rule), seen: 0, fired: 0, addresses: new Map(), refused: new Set(), chains: new Map() }),
  );
  return async (request, proceed, inBatch = false) => {
    const found = armed.find((each, at) => !(inBatch && ofConnection.has(each.rule.kind)) && fires(each, request, `${seed} ${at}`));
    return found ? answerBadly(found.rule, request, origin(), proceed) : proceed();
  };
}

async function answerBadly(rule: FaultRule, request: SandboxRequest, origin: string, proceed: () => Promise<Answer>): Promise<Answer> {
  if (rule.kind === 'hang') return 'hang';
  if (rule.kind === 'reset') return 'destroy';
  if (ofTokens.has(rule.kind)) return tokenRefusal(rule.kind);
  if (rule.kind === 'expiredPage' || (rule.kind === 'missingPage' && isLaterPage(request))) return missingPage(rule);
  return refusalOf(rule) ?? distort(rule, request, origin, await proceed());
}

/** Counts the request, and decides. */
function fires(armed: Armed, request: SandboxRequest, seed: string): boolean {
  const { rule } = armed;
  if (!armed.matches(request.path, request.search, request.body)) return false;
  armed.seen += 1;
  if (ofTokens.has(rule.kind)) return refusesToken(armed, request);
  if (rule.kind === 'expiredPage') return breaksChain(armed, request);
  const address = `${request.path}${request.search}${request.body}`;
  const here = armed.addresses.get(address) ?? { seen: 0, fired: 0 };
  armed.addresses.set(address, here);
  here.seen += 1;
  if (armed.seen < (rule.from ?? 1) || armed.fired >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
  if (here.fired >= (rule.timesPerAddress ?? Number.POSITIVE_INFINITY)) return false;
  if (rule.probability !== undefined && draw(`${seed} ${address} ${here.seen}`) >= rule.probability) return false;
  here.fired += 1;
  armed.fired += 1;
  return true;
}

/** A token once refused stays so: only a fresh one helps. */
function refusesToken(armed: Armed, request: SandboxRequest): boolean {
  const token = String(request.headers.authorization ?? '');
  if (armed.refused.has(token)) return true;
  if (armed.seen < (armed.rule.from ?? 1) || armed.refused.size >= (armed.rule.times ?? 1)) return false;
  armed.refused.add(token);
  return true;
}

/** A chain breaks at one page; begun anew it can be read. The same page asked for again is no further page. */
function breaksChain(armed: Armed, request: SandboxRequest): boolean {
  const { page = 2, times = Number.POSITIVE_INFINITY, timesPerAddress = 1 } = armed.rule;
  const { chain, token } = pageOf(request);
  const here = armed.chains.get(chain) ?? { page: 0, token: undefined, fired: 0 };
  armed.chains.set(chain, here);
  if (token === undefined) here.page = 1;
  else if (token !== here.token) here.page += 1;
  here.token = token;
  if (armed.seen < (armed.rule.from ?? 1) || here.page !== page || here.fired >= timesPerAddress || armed.fired >= times) return false;
  here.fired += 1;
  armed.fired += 1;
  return true;
}

/** Between 0 and 1, always the same for the same words. */
function draw(words: string): number {
  return createHash('sha256').update(words).digest().readUInt32BE(0) / 2 ** 32;
}
