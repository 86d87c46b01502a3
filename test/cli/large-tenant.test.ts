import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/sandbox.ts';
import type { Limits } from '../../src/sources/graph/limits.ts';
import { jumpingPacer, scanSandbox, signIn, trustedSandbox, verdictsOf } from '../support/scan-sandbox.ts';

/** Large enough for lists of many pages, and with latency, so that cutting them is worth it. */
const sandbox = await trustedSandbox({ variant: 'messy', users: 9000, devices: 8000, servicePrincipals: 8000, applications: 7000, latencyMs: 25 });
const session = await signIn(sandbox);
afterEach(() => sandbox.disturb([]));
afterAll(() => sandbox.close());

/** Scans, and gives what was read of each dataset beside the verdicts: every row as text, sorted; of the last reading only. */
async function scan(limits: Partial<Limits> = {}) {
  const rows = new Map<string, { reading: number; rows: string[] }>();
  const from = sandbox.requests().length;
  const run = await scanSandbox(sandbox, {
    session,
    pacer: jumpingPacer(),
    limits: { retries: 5, ...limits },
    sink: {
      close: async () => {},
      write: async (line) => {
        if (!('rows' in line)) return;
        const { dataset, reading = 1 } = line;
        const before = rows.get(dataset);
        const current = before && before.reading >= reading ? before : { reading, rows: [] };
        if (reading === current.reading) current.rows.push(...line.rows.map((row) => JSON.stringify(row)));
        rows.set(dataset, current);
      },
    },
  });
  for (const each of rows.values()) each.rows.sort();
  return {
    run,
    rows,
    asked: sandbox
      .requests()
      .slice(from)
      .map(({ path, query }) => decodeURIComponent(path + query)),
  };
}

const whole = await scan({ chains: 1 });

describe('a large tenant', () => {
  it('is read in parts without losing or repeating a row', async () => {
    const cut = await scan();
    for (const property of ['userPrincipalName', 'displayName', 'enrolledDateTime']) {
      expect(
        cut.asked.some((address) => address.includes(`${property} ge `)),
        property,
      ).toBe(true);
      expect(
        whole.asked.some((address) => address.includes(`${property} ge `)),
        property,
      ).toBe(false);
    }
    for (const [dataset, { rows }] of whole.rows) expect(cut.rows.get(dataset)?.rows, dataset).toEqual(rows);
    expect(verdictsOf(cut.run)).toEqual(verdictsOf(whole.run));
  });

  const passing: [string, FaultRule[]][] = [
    ['page tokens that expire once', [{ match: '^/v1\\.0/(users|applications|servicePrincipals)$', kind: 'expiredPage' }]],
    ['page tokens that expire once in one chain', [{ match: '/v1.0/users', kind: 'expiredPage', page: 3, status: 410, times: 1 }]],
    ['a challenge for a new token in the middle', [{ match: '/v1.0/deviceManagement/managedDevices', kind: 'claimsChallenge', from: 3, times: 1 }]],
    ['answers that drip', [{ match: '/v1.0/users', kind: 'drip', ms: 400, from: 2, times: 3 }]],
    [
      'pages cut off, resets and 503 now and then',
      (['cutBody', 'reset', '503'] as const).map((kind) => ({ match: '^/(v1\\.0|beta)/', kind, probability: 0.1, timesPerAddress: 1 })),
    ],
  ];
  it.each(passing)('under %s says what it says in calm', async (_name, rules) => {
    sandbox.disturb(rules, 7);
    const disturbed = await scan();
    expect(disturbed.run.datasets.filter(({ ok }) => !ok)).toEqual(whole.run.datasets.filter(({ ok }) => !ok));
    for (const [dataset, { rows }] of whole.rows) expect(disturbed.rows.get(dataset)?.rows, dataset).toEqual(rows);
    expect(verdictsOf(disturbed.run)).toEqual(verdictsOf(whole.run));
  });

  it('gives up on a list whose pages never hold, and says so', async () => {
    sandbox.disturb([{ match: '/v1.0/users', kind: 'missingPage' }]);
    const { run } = await scan();
    const users = run.datasets.find(({ id }) => id === 'users');
    expect(users).toMatchObject({ ok: false, reason: 'partial' });
    expect(users?.detail).toMatch(/^The pages of \/users broke off, also when begun anew\./);
  });

  it('finds the one row among thousands that is not as it should be', async () => {
    sandbox.disturb([{ match: '/v1.0/deviceManagement/managedDevices', kind: 'wrongType', field: 'lastSyncDateTime', from: 4, times: 1 }]);
    const { run } = await scan();
    expect(run.datasets.find(({ id }) => id === 'managedDevices')).toMatchObject({
      ok: false,
      reason: 'shape',
      detail: expect.stringMatching(/page \d+.*lastSyncDateTime/),
    });
  });
});
