import { expect } from 'vitest';
import check from '../../../checks/updates/update-ring-unsafe-settings.ts';
import { otherProfile, ring, target } from '../../datasets/intune-rows.ts';
import { driverPolicy } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const with1 = (change: Record<string, unknown>, driverUpdateProfiles: unknown[] = []) => ({
  deviceConfigurations: [ring(change), otherProfile],
  driverUpdateProfiles,
});
const insider = { businessReadyUpdatesOnly: 'windowsInsiderBuildRelease' };
const fast = { id: 'pilot', displayName: 'Pilot', qualityUpdatesDeferralPeriodInDays: 0 };

checkTable(check, [
  { it: 'passes a ring that brings everything', evidence: with1({}), expect: { pass: 1 } },
  {
    it: 'fails a ring without other Microsoft products',
    evidence: with1({ microsoftUpdateServiceAllowed: false }),
    expect: { fail: ['r1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ message: expect.stringContaining('Office'), facts: { microsoftUpdates: false } }] }),
  },
  { it: 'fails a ring without drivers', evidence: with1({ driversExcluded: true }), expect: { fail: ['r1'] } },
  { it: 'passes it where a driver policy is assigned', evidence: with1({ driversExcluded: true }, [driverPolicy()]), expect: { pass: 1 } },
  {
    it: 'fails it where the driver policy is for nobody',
    evidence: with1({ driversExcluded: true }, [driverPolicy({ assignments: [] })]),
    expect: { fail: ['r1'] },
  },
  { it: 'fails a ring that only tells of updates', evidence: with1({ automaticUpdateMode: 'notifyDownload' }), expect: { fail: ['r1'] } },
  { it: 'fails a ring that leaves it to the user', evidence: with1({ automaticUpdateMode: 'userDefined' }), expect: { fail: ['r1'] } },
  { it: 'passes what Windows does by itself', evidence: with1({ automaticUpdateMode: 'windowsDefault' }), expect: { pass: 1 } },
  { it: 'fails a ring whose users may pause', evidence: with1({ userPauseAccess: 'enabled' }), expect: { fail: ['r1'] } },
  { it: 'passes where pausing is not configured', evidence: with1({ userPauseAccess: 'notConfigured' }), expect: { pass: 1 } },
  { it: 'fails a lone ring with test versions', evidence: with1(insider), expect: { fail: ['r1'] } },
  {
    it: 'passes test versions in the first ring',
    evidence: { deviceConfigurations: [ring({ ...fast, ...insider }), ring()], driverUpdateProfiles: [] },
    expect: { pass: 2 },
  },
  {
    it: 'fails test versions in a later ring',
    evidence: { deviceConfigurations: [ring(fast), ring(insider)], driverUpdateProfiles: [] },
    expect: { fail: ['r1'] },
  },
  {
    it: 'says all that is wrong in one finding',
    evidence: with1({ microsoftUpdateServiceAllowed: false, userPauseAccess: 'enabled' }),
    expect: { fail: ['r1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({ findings: [{ message: 'The ring leaves out Office and other Microsoft products and lets users pause updates.' }] }),
  },
  { it: 'is unknown where a setting is not told', evidence: with1({ microsoftUpdateServiceAllowed: null }), expect: 'unknown' },
  { it: 'is unknown with a mode nobody knows yet', evidence: with1({ automaticUpdateMode: 'someNewMode' }), expect: 'unknown' },
  { it: 'is unknown with a channel nobody knows yet', evidence: with1({ businessReadyUpdatesOnly: 'windowsInsiderBuildCanary' }), expect: 'unknown' },
  {
    it: 'fails in spite of an unknown beside it',
    evidence: with1({ automaticUpdateMode: 'someNewMode', userPauseAccess: 'enabled' }),
    expect: { fail: ['r1'] },
  },
  { it: 'does not apply to a ring for nobody', evidence: with1({ assignments: [target.without('g1')] }), expect: 'notApplicable' },
]);
