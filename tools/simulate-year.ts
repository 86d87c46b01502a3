import { compareYear } from '../test/measure/support/compare-year.ts';
import { simulateYear } from '../test/measure/support/simulated-year.ts';

/** Measures simulated years of daily scans at full size and compares every figure with what is true: devices, then seeds. */
const devices = Number(process.argv[2] ?? 2000);
const seeds = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [1, 2, 3];

for (const seed of seeds) {
  const year = simulateYear(devices, seed);
  const started = performance.now();
  const compared = compareYear(year);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const wrong = compared.filter(({ least, most, truth }) => !(truth >= least && truth <= most));
  console.log(`${devices} devices, seed ${seed}: ${compared.length} figures compared in ${seconds} s, ${wrong.length} outside their bounds`);
  for (const { what, least, most, truth } of wrong) console.log(`  ${what}: ${truth} is not between ${least} and ${most}`);
  for (const { what, least, most, truth } of compared.filter(({ what }) => what.startsWith('time-to-patch')))
    console.log(`  ${what}: ${truth.toFixed(2)} days, measured between ${least.toFixed(2)} and ${most.toFixed(2)}`);
  if (wrong.length > 0) process.exitCode = 1;
}
