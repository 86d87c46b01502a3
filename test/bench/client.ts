import { subscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { judgeRun } from '../../src/cli/run.ts';
import { collectTenant } from '../../src/cli/scan.ts';
import { openEvidenceFile } from '../../src/collect/evidence-file.ts';
import { parseConfig } from '../../src/config/config.ts';
import { jsonText } from '../../src/lib/json-text.ts';
import { renderReport } from '../../src/report/report.ts';
import { catalogue } from '../support/catalogue.ts';
import { fastPacer } from '../support/pacers.ts';
import { readBare } from './bare.ts';
import { connect, type Target } from './target.ts';

/** One measured process: does one job against a stand-in that runs elsewhere, and prints what it took as JSON. */
export interface Job {
  job: 'collect' | 'scan' | 'bare' | 'iterator';
  target: Target;
  /** Limits of the service run so many times faster than published. */
  factor: number;
  /** Checks to read for; absent = all. */
  only?: readonly string[];
  /** For the bare loop: what to read, and how many requests may be in flight. */
  chains?: readonly string[];
  places?: number;
  /** Whether each of them begins a chain of pages, or is one page. */
  follow?: boolean;
}

export interface Took {
  /** Milliseconds of reading, signed in and modules loaded. */
  wall: number;
  /** Milliseconds of processor time in the same span. */
  cpu: number;
  /** Milliseconds of judging, and of rendering all forms of the report. */
  judging: number;
  rendering: number;
  /** MB, of the whole process. */
  peakRss: number;
  requests: number;
  rows: number;
  unread: number;
  throttled: number;
  /** What was asked for, path and query. */
  asked: string[];
}

const asked: string[] = [];
subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } };
  if (request.method === 'GET' && /^\/(v1\.0|beta)\//.test(request.path)) asked.push(request.path);
});
const job = JSON.parse(await text(process.stdin)) as Job;
const took = await { collect, scan: collect, bare: readAll, iterator: readAll }[job.job](job);
const peakRss = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ judging: 0, rendering: 0, unread: 0, throttled: 0, ...took, peakRss, asked }));

async function collect({ job: kind, target, factor, only }: Job): Promise<Partial<Took>> {
  const { session } = await connect(target);
  const folder = await mkdtemp(join(tmpdir(), 'tidytenant-bench-'));
  const now = new Date(target.now);
  const measured = meter();
  const collected = await collectTenant({
    session,
    checks: catalogue.filter(({ check }) => !only || only.includes(check.id)),
    now,
    signal: new AbortController().signal,
    pacer: fastPacer(factor),
    ...(kind === 'collect' ? { openSink: () => openEvidenceFile(join(folder, 'evidence.jsonl.gz')) } : {}),
  });
  const reading = measured();
  await rm(folder, { recursive: true });
  const evidence = [...collected.collection.evidence.values()];
  const costs = [...collected.collection.requests.values()];
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);
  return {
    ...reading,
    requests: sum(costs.map(({ total }) => total)),
    throttled: sum(costs.map((cost) => cost.throttled)),
    rows: sum(evidence.map((each) => (each.ok ? each.items : 0))),
    unread: evidence.filter((each) => !each.ok).length,
    ...(kind === 'scan' ? await judge(collected, now) : {}),
  };
}

async function judge(collected: Awaited<ReturnType<typeof collectTenant>>, now: Date): Promise<Pick<Took, 'judging' | 'rendering'>> {
  const at = now.toISOString();
  const judged = meter();
  const run = judgeRun({
    ...collected,
    tool: { name: 'tidytenant', version: '0' },
    config: parseConfig('', 'none'),
    snapshot: loadSnapshot(),
    startedAt: at,
    finishedAt: at,
  });
  const judging = judged().wall;
  const rendered = meter();
  let length = 0;
  for await (const { content } of renderReport(run, ['html', 'md', 'csv']))
    for (const piece of typeof content === 'string' || content instanceof Uint8Array ? [content] : content) length += piece.length;
  for (const text of jsonText(run)) length += text.length;
  if (length === 0) throw new Error('nothing was rendered');
  return { judging, rendering: rendered().wall };
}

async function readAll({ job: kind, target, chains = [], places = 8, follow = true }: Job): Promise<Partial<Took>> {
  const { session } = await connect(target);
  const measured = meter();
  const { requests, rows } = await readBare(kind === 'iterator' ? 'iterator' : 'bare', session, chains, places, follow);
  return { ...measured(), requests, rows };
}

function meter(): () => Pick<Took, 'wall' | 'cpu'> {
  const from = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: performance.now() - from, cpu: (user + system) / 1000 };
  };
}
