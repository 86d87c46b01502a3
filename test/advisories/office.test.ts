import { expect, it } from 'vitest';
import { officeLevel } from '../../src/advisories/office.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';

const half = 'Semi-Annual Enterprise';

it.each([
  ['20131.20150', '2026-07-20', half, 'current'],
  ['19127.20752', '2026-07-20', half, 'current'],
  ['19127.20752', '2026-08-20', half, 'current'],
  ['19127.20730', '2026-08-20', half, 'behind'],
  ['20131.20150', '2026-08-20', half, 'unsupported'],
  ['20131.20150', '2026-08-20', undefined, 'behind'],
  ['16.0.20228.20190', '2026-08-20', undefined, 'current'],
  ['16.0.20300.20100', '2026-08-20', undefined, 'current'],
  ['18526.20714', '2026-08-20', half, 'unsupported'],
  // Never published: between two builds of a line, far above its newest one, a line of its own.
  ['20131.20180', '2026-07-20', undefined, 'unknown'],
  ['20131.99999', '2026-08-20', undefined, 'unknown'],
  ['20140.20100', '2026-08-20', undefined, 'unknown'],
  // Above the newest of its line, as one from after the data would be.
  ['20228.20210', '2026-08-20', undefined, 'current'],
  ['20228.20420', '2026-08-20', undefined, 'unknown'],
  ['20228.20420', '2026-09-20', undefined, 'current'],
  // From before the data.
  ['14326.21000', '2026-08-20', undefined, 'unsupported'],
  ['16.0.5603.1000', '2026-08-20', undefined, 'unknown'],
  [null, '2026-08-20', undefined, 'unknown'],
])('build %s on %s, channel %s, is %s', (build, day, channel, state) => {
  expect(officeLevel(loadSnapshot(), build, new Date(`${day}T12:00:00Z`), 0, channel).state).toBe(state);
});
