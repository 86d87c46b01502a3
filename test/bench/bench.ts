import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/root.ts';
import { boundOf, type Chains, chainsOf } from './bound.ts';
import type { Took } from './client.ts';
import { run, startStandIn } from './processes.ts';

/**
 * `npm run bench`: every figure is a ratio of two things done in the same run, on the same machine, against the same
 * stand-in in a process of its own. `--quick` leaves the large tenants out; `--published` reads them with the limits as
 * they are, ten minutes longer; `--dry` writes no file.
 */
const quick = process.argv.includes('--quick');
const dry = process.argv.includes('--dry');

interface Row {
  users: number;
  latency: number;
  factor: number;
  chain: number;
  limit: number;
  server: number;
  wall: number;
  requests: number;
  throttled: number;
}

const speed: Row[] = [];
const sizes: [users: number, factor: number][] = quick
  ? [[300, 1]]
  : [
      [300, 1],
      [5000, 1],
      // As published each of these takes more than three minutes.
      [100_000, process.argv.includes('--published') ? 1 : 4],
    ];
for (const [users, factor] of sizes) {
  const chains = await measureChains(users);
  for (const latency of [0, 50, 200]) speed.push(await measureSpeed(users, latency, factor, chains));
}
const size = quick ? 2000 : 100_000;
const effort = await measureEffort(size);
const memory = [await measureMemory(2000), await measureMemory(quick ? 5000 : 200_000)];
const logs = [await measureLog(1000), await measureLog(quick ? 10_000 : 1_000_000)];
const text = report();
console.log(text);
if (!dry && !quick) await writeFile(join(root, 'docs/benchmarks.md'), text);

/** Each chain of the tenant as Graph serves it unsplit, and what fetching it costs without waiting. */
async function measureChains(users: number): Promise<Chains> {
  const standIn = await startStandIn({ users });
  try {
    return await chainsOf(standIn);
  } finally {
    await standIn.stop();
  }
}

async function measureSpeed(users: number, latency: number, factor: number, chains: Chains): Promise<Row> {
  const standIn = await startStandIn({ users, latency, limits: 'published', factor });
  try {
    const took = await run({ job: 'collect', target: standIn.target, factor });
    requireWhole(took);
    const bound = boundOf(chains, latency, factor);
    console.error(`${users} users, ${latency} ms: ${took.wall.toFixed(0)} ms, bound ${Math.max(bound.chain, bound.limit, bound.server).toFixed(0)} ms`);
    return { users, latency, factor, ...bound, wall: took.wall, requests: took.requests, throttled: took.throttled };
  } finally {
    await standIn.stop();
  }
}

interface Effort {
  scan: Took;
  collect: Took;
  bare: Took;
  iterator: Took;
}

/** Processor time of reading, against loops that fetch and parse the same pages. */
async function measureEffort(users: number): Promise<Effort> {
  const standIn = await startStandIn({ users });
  try {
    const { addresses } = await chainsOf(standIn);
    const same = { target: standIn.target, factor: 1000, places: 8 };
    const scan = await median(() => run({ job: 'scan', ...same }));
    const collect = await run({ job: 'collect', ...same });
    // The very pages that the scan asked for, one by one.
    const bare = await median(() => run({ job: 'bare', ...same, follow: false, chains: scan.asked.map((path) => standIn.target.endpoint + path) }));
    const iterator = await run({ job: 'iterator', ...same, chains: addresses });
    return { scan, collect, bare, iterator };
  } finally {
    await standIn.stop();
  }
}

interface Memory {
  users: number;
  collect: Took;
  clean: Took;
  messy: Took;
}

/** Peak memory: reading with the evidence saved, and whole scans of a tenant in order and of one where a third of all accounts fails something. */
async function measureMemory(users: number): Promise<Memory> {
  const job = async (kind: 'collect' | 'scan', variant?: 'clean') => {
    const standIn = await startStandIn({ users, latency: 50, ...(variant ? { variant } : {}) });
    try {
      const took = await run({ job: kind, target: standIn.target, factor: 1000 });
      requireWhole(took);
      return took;
    } finally {
      await standIn.stop();
    }
  };
  return { users, collect: await job('collect'), clean: await job('scan', 'clean'), messy: await job('scan') };
}

/** A sign-in log of that length, read for the check that judges old protocols. */
async function measureLog(signIns: number): Promise<{ signIns: number; took: Took }> {
  const standIn = await startStandIn({ users: 2000, signIns });
  try {
    return { signIns, took: await run({ job: 'collect', target: standIn.target, factor: 100_000, only: ['legacy-auth-sign-ins-seen'] }) };
  } finally {
    await standIn.stop();
  }
}

/** A figure of a reading that lacks something would flatter. */
function requireWhole({ unread }: Took): void {
  if (unread > 0) throw new Error(`${unread} datasets were not read: nothing can be measured`);
}

async function median(measure: () => Promise<Took>): Promise<Took> {
  const three = [await measure(), await measure(), await measure()].sort((a, b) => a.cpu - b.cpu);
  return three[1] as Took;
}

function share({ judging, rendering }: Took, reading: number): string {
  return ((judging + rendering) / reading).toFixed(2);
}

function report(): string {
  const [small, large] = memory as [Memory, Memory];
  // Registrations alone, 1,000 to a page, 5 pages in 10 seconds.
  const pace = (Math.ceil(large.users / 1000 / 5) - 1) * 10_000;
  const seconds = (ms: number) => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
  const number = (value: number) => value.toLocaleString('en-US');
  const lines = [
    '# Benchmarks',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} with \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}. The stand-in (\`tidytenant sandbox\`) runs on the same machine in a process of its own. Seconds differ from machine to machine and from hour to hour; the ratios are what counts.`,
    '',
    '## Time to read a tenant',
    '',
    'The bound is the largest of three: the longest chain of pages as the service serves it unsplit (latency and fetching, one page after another); what the published limits make the slowest service take; the processor time the stand-in needs for its answers. Below 1.0: the chain was cut. "×4": all windows of all services are four times shorter than published, on both sides.',
    '',
    '| users | latency | limits | chain s | limits s | stand-in s | **wall s** | **wall ÷ bound** | requests | 429 |',
    '|--:|--:|--|--:|--:|--:|--:|--:|--:|--:|',
    ...speed.map((row) => {
      const bound = Math.max(row.chain, row.limit, row.server);
      const limits = row.factor === 1 ? 'published' : `×${row.factor}`;
      return `| ${number(row.users)} | ${row.latency} ms | ${limits} | ${seconds(row.chain)} | ${seconds(row.limit)} | ${seconds(row.server)} | ${seconds(row.wall)} | **${(row.wall / bound).toFixed(2)}** | ${number(row.requests)} | ${row.throttled} |`;
    }),
    '',
    '## Processor time of reading',
    '',
    `${number(size)} users, no latency, no limits; bare loop and scan are the median of three runs. The bare loop fetches the same pages with undici, unpacks and parses them, and drops them; ours checks every row against its schema and reduces it; collect writes the evidence file besides. All loops run as Node runs any program; ours with the settings of \`src/cli/engine.js\`.`,
    '',
    '| reader | processor s | ÷ bare loop | pages |',
    '|--|--:|--:|--:|',
    ...(['bare', 'scan', 'collect', 'iterator'] as const).map((reader) => {
      const name = { bare: 'bare undici loop', scan: 'tidytenant scan, reading', collect: 'tidytenant collect', iterator: "Graph client's PageIterator" }[
        reader
      ];
      return `| ${name} | ${seconds(effort[reader].cpu)} | **${(effort[reader].cpu / effort.bare.cpu).toFixed(2)}** | ${number(effort[reader].requests)} |`;
    }),
    '',
    '## Memory',
    '',
    'Peak MB of the whole process. In the messy tenant a third of all accounts and most devices fail something, and every finding is kept until the report is written: what grows there is the report, not the evidence.',
    '',
    '| users | devices | collect | scan, clean tenant | scan, messy tenant |',
    '|--:|--:|--:|--:|--:|',
    ...memory.map(
      (each) =>
        `| ${number(each.users)} | ${number(each.users * 0.75)} | ${each.collect.peakRss.toFixed(0)} | ${each.clean.peakRss.toFixed(0)} | ${each.messy.peakRss.toFixed(0)} |`,
    ),
    `| ratio | | **${(large.collect.peakRss / small.collect.peakRss).toFixed(2)}** | **${(large.clean.peakRss / small.clean.peakRss).toFixed(2)}** | **${(large.messy.peakRss / small.messy.peakRss).toFixed(2)}** |`,
    '',
    `A sign-in log, read without limits for one check: ${logs.map(({ signIns, took }) => `${number(signIns)} made-up sign-ins (${number(took.rows)} rows in all), peak ${took.peakRss.toFixed(0)} MB`).join('; ')}.`,
    '',
    '## Judging and rendering',
    '',
    `At ${number(large.users)} users of the messy tenant and 50 ms latency: judging ${seconds(large.messy.judging)} s, rendering all forms of the report ${seconds(large.messy.rendering)} s. Reading takes ${seconds(large.messy.wall)} s without limits (**${share(large.messy, large.messy.wall)}**), and at the pace of the sign-in reports at least ${seconds(pace)} s (**${share(large.messy, pace)}**).`,
    '',
  ];
  return lines.join('\n');
}
