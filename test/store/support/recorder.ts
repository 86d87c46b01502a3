import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadSnapshot } from '../../../src/advisories/snapshot.ts';
import { openHistory } from '../../../src/store/store.ts';
import { random } from './runs.ts';
import { year } from './year.ts';

/** `node recorder.ts FILE DEVICES DAYS SEED`: records the days of a simulated year in an order that the seed decides, and prints each once it is there. */
const [file = '', devices = '0', days = '0', seed = '0'] = process.argv.slice(2);
const chance = random(Number(seed));
const recordings = [...year(Number(devices), Number(days))].map((each) => ({ each, rank: chance() })).sort((a, b) => a.rank - b.rank);
writeSync(1, 'ready\n');
const snapshot = loadSnapshot();
const history = openHistory(file);
for (const { each } of recordings) {
  const said = history.record(each.run, each.observations, snapshot);
  if (said !== 'known') writeSync(1, `${each.day}\n`);
  // Whoever waits for the file gets a turn.
  await sleep(5);
}
history.close();
