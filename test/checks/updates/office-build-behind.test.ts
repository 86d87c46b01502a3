import { expect } from 'vitest';
import check from '../../../checks/updates/office-build-behind.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (change: Record<string, unknown> = {}) => ({
  id: 'a1',
  displayName: 'Microsoft 365 Apps for enterprise - en-us',
  version: '16.0.20228.20190',
  deviceCount: 3,
  ...change,
});
const apps = (...changes: Record<string, unknown>[]) => ({
  detectedApps: [...changes.map((change) => app(change)), app({ id: 'other', displayName: 'Contoso Reader', version: '1.0' })],
});

// At the time of the table the Patch Tuesday of July is due: 20131.20150, 20026.20234 and 19127.20730 among others.
checkTable(check, [
  { it: 'passes with the newest build', evidence: apps({}), expect: { pass: 1 } },
  { it: 'passes with the build of the month that is due', evidence: apps({ version: '16.0.20131.20150' }), expect: { pass: 1 } },
  { it: 'passes with an old line that is still serviced', evidence: apps({ version: '16.0.19127.20730' }), expect: { pass: 1 } },
  {
    it: 'fails a build below its line',
    evidence: apps({ version: '16.0.19127.20678' }, { id: 'a2' }),
    expect: { fail: ['a1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ examined: 2, findings: [{ facts: { state: 'behind', devices: 3 }, message: expect.stringContaining('19127.20730') }] }),
  },
  { it: 'fails a line that gets no fixes any more', evidence: apps({ version: '16.0.18526.20714' }), expect: { fail: ['a1'] } },
  { it: 'is unknown without a version', evidence: apps({ version: null }), expect: 'unknown' },
  { it: 'is unknown with another form of version', evidence: apps({ version: '15.0.5603.1000' }), expect: 'unknown' },
  { it: 'is unknown with a build that no channel published', evidence: apps({ version: '16.0.20131.99999' }), expect: 'unknown' },
  { it: 'passes with a build from after the data', evidence: apps({ version: '16.0.20228.20202' }), expect: { pass: 1 } },
  { it: 'leaves out installations on no device', evidence: apps({ deviceCount: 0, version: '16.0.18526.20714' }), expect: 'notApplicable' },
  { it: 'judges an installation whose count is not told', evidence: apps({ deviceCount: null, version: '16.0.18526.20714' }), expect: { fail: ['a1'] } },
  { it: 'does not apply without Microsoft 365 Apps', evidence: apps(), expect: 'notApplicable' },
  {
    it: 'asks for newer data after 35 days',
    evidence: apps({ version: '16.0.20500.20100' }),
    context: { now: new Date('2026-11-22T12:00:00Z') },
    expect: 'manual',
  },
  {
    it: 'still fails with old data what provably misses fixes',
    evidence: apps({ version: '16.0.19127.20730' }),
    context: { now: new Date('2026-11-22T12:00:00Z') },
    expect: { fail: ['a1'] },
  },
]);
