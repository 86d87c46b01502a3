import { describe, expect, it } from 'vitest';
import type { GraphRequest } from '../../src/model/request.ts';
import { type Clock, Pacer, type Turn } from '../../src/sources/graph/pacing.ts';
import { limitOf, type ServiceLimit, serviceLimits } from '../../src/sources/graph/services.ts';

const never = new AbortController().signal;
const limit: ServiceLimit = { id: 'test', units: 5, window: 10, paths: /^\/test/ };
const request = (path: string, query: Record<string, string> = {}): GraphRequest => ({
  version: 'v1.0',
  path,
  query: Object.entries(query),
  advanced: false,
  single: false,
  permissions: [],
});

/** A clock that jumps as far as it is asked to wait. */
function jumpingClock(): Clock & { time: number } {
  const clock = {
    time: 0,
    now: () => clock.time,
    wait: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      clock.time += ms;
    },
  };
  return clock;
}

async function send(pacer: Pacer, clock: { time: number }, count: number, cost = 1, every = 0): Promise<number[]> {
  const at: number[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    (await pacer.turn(limit, cost, never)).answered();
    at.push(clock.time);
    clock.time += every;
  }
  return at;
}

describe('pacing', () => {
  it('never exceeds the quota in any window, however the windows lie', async () => {
    const clock = jumpingClock();
    const at = await send(new Pacer(clock), clock, 40, 1, 700);
    for (const start of at) expect(at.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(5);
  });

  it('is as fast as the quota allows', async () => {
    const clock = jumpingClock();
    expect(await send(new Pacer(clock), clock, 11)).toEqual([0, 0, 0, 0, 0, 10_000, 10_000, 10_000, 10_000, 10_000, 20_000]);
  });

  it('counts what requests cost, and lets one through that costs more than the whole', async () => {
    const clock = jumpingClock();
    expect(await send(new Pacer(clock), clock, 3, 3)).toEqual([0, 10_000, 20_000]);
    expect(await send(new Pacer(clock), clock, 2, 9)).toEqual([20_000, 30_000]);
  });

  it('lets everybody pause when one is told to, and the longest pause wins', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    pacer.pause(limit, 7000);
    pacer.pause(limit, 3000);
    expect(await send(pacer, clock, 2)).toEqual([7000, 7000]);
  });

  it('takes breath near the limit', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    pacer.slow(limit, 0.5);
    expect(await send(pacer, clock, 1)).toEqual([0]);
    pacer.slow(limit, 0.9);
    const [at = 0] = await send(pacer, clock, 1);
    expect(at).toBeCloseTo(1000);
  });

  it('keeps services apart', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    pacer.pause(limit, 5000);
    await pacer.turn({ ...limit, id: 'other' }, 1, never);
    expect(clock.time).toBe(0);
  });

  it('stops waiting when the scan is stopped, and lets the next one through', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    await expect(pacer.turn(limit, 1, AbortSignal.abort())).rejects.toThrow();
    await expect(pacer.turn(limit, 1, never)).resolves.toBeDefined();
  });

  const arrivals: [string, (turn: Turn, clock: { time: number }) => void, number][] = [
    [
      'the answer, where it is quick',
      (turn, clock) => {
        turn.sent();
        clock.time = 40;
        turn.answered();
      },
      10_040,
    ],
    [
      'a tenth of the window, but at most a second, after sending, where the answer takes long',
      (turn, clock) => {
        turn.sent();
        clock.time = 4000;
        turn.answered();
      },
      11_000,
    ],
    [
      'sending, not from its turn, where it waited for a place',
      (turn, clock) => {
        clock.time = 3000;
        turn.sent();
      },
      14_000,
    ],
    [
      'the answer, where nothing was sent at all',
      (turn, clock) => {
        clock.time = 3000;
        turn.answered();
      },
      13_000,
    ],
  ];
  it.each(arrivals)('counts a request from %s', async (_name, happen, at) => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    const turn = await pacer.turn({ ...limit, units: 1 }, 1, never);
    const second = pacer.turn({ ...limit, units: 1 }, 1, never).then(() => clock.time);
    await new Promise((resolve) => setImmediate(resolve));
    happen(turn, clock);
    expect(await second).toBe(at);
  });

  it('wakes who waits as soon as an answer makes the wait shorter', async () => {
    const pacer = new Pacer();
    const quick = { ...limit, units: 1, window: 0.05 };
    const turn = await pacer.turn(quick, 1, never);
    turn.sent();
    const from = performance.now();
    const second = pacer.turn(quick, 1, never);
    await new Promise((resolve) => setImmediate(resolve));
    turn.answered();
    await second;
    expect(performance.now() - from).toBeLessThan(200);
  });

  it('leaves room to the others while one is on its way', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    await pacer.turn(limit, 1, never);
    expect(await send(pacer, clock, 5)).toEqual([0, 0, 0, 0, 10_000]);
  });

  it('stops waiting for an answer that never comes', async () => {
    const clock = jumpingClock();
    const pacer = new Pacer(clock);
    const stop = new AbortController();
    await pacer.turn({ ...limit, units: 1 }, 1, never);
    const second = pacer.turn({ ...limit, units: 1 }, 1, stop.signal);
    setImmediate(() => stop.abort());
    await expect(second).rejects.toThrow();
  });
});

describe('the published limits', () => {
  it.each<[string, string]>([
    ['/identity/conditionalAccess/policies', 'conditional-access'],
    ['/identity/conditionalAccess/authenticationStrength/policies', 'identity'],
    ['/identityProtection/riskyUsers', 'conditional-access'],
    ['/auditLogs/signIns', 'identity-reports'],
    ['/reports/authenticationMethods/userRegistrationDetails', 'identity-reports'],
    ['/deviceManagement/managedDevices', 'intune'],
    ['/admin/serviceAnnouncement/messages', 'service-communications'],
    ['/appCatalogs/teamsApps', 'teams'],
    ['/users', 'identity'],
    ['/admin/sharepoint/settings', 'identity'],
  ])('%s counts as %s', (path, id) => {
    expect(limitOf(request(path)).id).toBe(id);
  });

  it.each<[string, Record<string, string>, number]>([
    ['/users', {}, 2],
    ['/users', { $select: 'id' }, 1],
    ['/users', { $select: 'id', $expand: 'manager' }, 2],
    ['/groups/1/transitiveMembers', { $select: 'id', $top: '999' }, 4],
    ['/groups/1/transitiveMembers', { $top: '5' }, 4],
    ['/domains', { $select: 'id' }, 1],
  ])('%s with %j costs %i units', (path, query, cost) => {
    const asked = request(path, query);
    expect(limitOf(asked).cost?.(asked)).toBe(cost);
  });

  it('end with one that takes everything else', () => {
    expect(serviceLimits.at(-1)?.paths.test('/anything')).toBe(true);
  });
});
