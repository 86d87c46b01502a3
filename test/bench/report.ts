import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { formats, renderReport } from '../../src/report/report.ts';
import { root } from '../support/root.ts';
import { manyFindings } from '../support/sample-run.ts';

/**
 * `npm run bench:report`: what each form of the report takes at 1,000 and 50,000 findings, each in a process of its own.
 * `--dry` writes no file.
 */
interface Took {
  format: string;
  findings: number;
  /** Milliseconds, without starting the process and making the run up. */
  wall: number;
  /** Milliseconds of processor time in the same span, of this process: what a busy machine does not change much. */
  cpu: number;
  /** MB of the whole process, the run included; a browser that prints counts by itself and is not in it. */
  peakRss: number;
  bytes: number;
  zipped: number;
}

const sizes = [1_000, 50_000];
const checks = 100;
const [job, format = '', findings = ''] = process.argv.slice(2);
if (job === '--one') console.log(JSON.stringify(await renderOne(format, Number(findings))));
else await compare();

async function renderOne(wanted: string, count: number): Promise<Took> {
  const run = manyFindings(count, checks);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const took = { format: wanted, findings: count, wall: 0, cpu: 0, peakRss: 0, bytes: 0, zipped: 0 };
  for await (const { content } of renderReport(run, wanted === 'none' ? [] : [wanted])) {
    took.wall = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    took.cpu = (user + system) / 1000;
    took.peakRss = process.resourceUsage().maxRSS / 1024;
    const bytes = Buffer.from(typeof content === 'string' || content instanceof Uint8Array ? content : [...content].join(''));
    took.bytes = bytes.length;
    took.zipped = gzipSync(bytes).length;
  }
  return { ...took, peakRss: took.peakRss || process.resourceUsage().maxRSS / 1024 };
}

async function compare(): Promise<void> {
  const rows: Took[] = [];
  for (const wanted of ['none', ...formats]) {
    for (const count of sizes) {
      const took = await inProcess(wanted, count);
      rows.push(took);
      console.error(`${wanted}, ${count}: ${took.wall.toFixed(0)} ms, ${took.peakRss.toFixed(0)} MB, ${took.bytes} bytes`);
    }
  }
  const page = pageOf(rows);
  console.log(page);
  if (!process.argv.includes('--dry')) await writeFile(join(root, 'docs/benchmarks-report.md'), page);
}

async function inProcess(wanted: string, count: number): Promise<Took> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--one', wanted, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(await text(child.stdout)) as Took;
}

function pageOf(rows: readonly Took[]): string {
  const [processor] = cpus();
  return [
    '# Sizes and times of the report',
    '',
    `Measured ${new Date().toISOString().slice(0, 10)} with \`npm run bench:report\` on ${cpus().length} cores (${processor?.model.trim() ?? 'not known'}), Node ${process.version.slice(1)}. A made-up run of ${checks} failed checks; the findings are spread evenly over them.`,
    '',
    'Each form is made in a process of its own. Seconds are those of loading what the form needs and rendering it, by the clock and of the processor; other work on the same machine changes the first. Peak RSS is that of the whole process, which holds the run. The browser that prints the PDF is a process of its own: only the clock counts it. The page, and what is printed of it, names as many subjects as fit into a megabyte, SARIF 25,000; both say what they leave out.',
    '',
    ...sizes.flatMap((count) => tableOf(rows, count)),
    "For comparison: the single-file reports of Microsoft's Zero Trust Assessment and of Maester have 3.3 MB.",
    '',
  ].join('\n');
}

function tableOf(rows: readonly Took[], count: number): string[] {
  const of = (wanted: string) => rows.filter((row) => row.format === wanted && row.findings === count);
  const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(2);
  const lines = formats.flatMap(of).map(({ format: wanted, wall, cpu, bytes, zipped, peakRss }) => {
    return `| \`${wanted}\` | ${seconds(wall)} | ${seconds(cpu)} | ${size(bytes)} | ${size(zipped)} | ${peakRss.toFixed(0)} |`;
  });
  const idle = of('none').map(({ peakRss }) => `| the run alone | | | | | ${peakRss.toFixed(0)} |`);
  return [
    `## ${count.toLocaleString('en')} findings`,
    '',
    '| form | s | processor s | size | gzip | peak RSS, MB |',
    '|--|--:|--:|--:|--:|--:|',
    ...idle,
    ...lines,
    '',
  ];
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
