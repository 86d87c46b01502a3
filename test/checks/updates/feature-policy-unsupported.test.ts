import { expect } from 'vitest';
import check from '../../../checks/updates/feature-policy-unsupported.ts';
import { device, target } from '../../datasets/intune-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const policy = (change: Record<string, unknown> = {}) => ({
  id: 'f1',
  displayName: 'Windows 11',
  featureUpdateVersion: 'Windows 11, version 25H2',
  endOfSupportDate: '2027-10-12T00:00:00Z',
  installLatestWindows10OnWindows11IneligibleDevice: false,
  assignments: [target.group('g1')],
  ...change,
});
const one = (change: Record<string, unknown> = {}) => ({ featureUpdateProfiles: [policy(change)] });

checkTable(check, [
  { it: 'passes with a version that is supported for long', evidence: one(), expect: { pass: 1 } },
  { it: 'passes 61 days before the end', evidence: one({ endOfSupportDate: '2026-10-20T00:00:00Z' }), expect: { pass: 1 } },
  { it: 'fails 60 days before the end', evidence: one({ endOfSupportDate: '2026-10-19T00:00:00Z' }), expect: { fail: ['f1'] } },
  {
    it: 'fails after the end',
    evidence: {
      featureUpdateProfiles: [policy({ endOfSupportDate: '2025-10-14T00:00:00Z', featureUpdateVersion: 'Windows 10, version 22H2' }), policy({ id: 'f2' })],
    },
    expect: { fail: ['f1'] },
    and: (judgement) => expect(judgement).toMatchObject({ examined: 2, findings: [{ message: expect.stringContaining('ended on 2025-10-14') }] }),
  },
  {
    it: 'tells how many computers it reaches, and how many perhaps',
    evidence: {
      ...one({ endOfSupportDate: '2025-10-14T00:00:00Z', assignments: [target.filtered] }),
      managedDevices: [device()],
      updatePolicyGroupMembers: {},
    },
    expect: { fail: ['f1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { computers: 0, computersPerhaps: 1 } }] }),
  },
  { it: 'fails when it offers Windows 10', evidence: one({ installLatestWindows10OnWindows11IneligibleDevice: true }), expect: { fail: ['f1'] } },
  { it: 'takes the end from the advisory data where Intune gives none', evidence: one({ endOfSupportDate: null }), expect: { pass: 1 } },
  {
    it: 'takes year 1 for no date',
    evidence: one({ endOfSupportDate: '0001-01-01T00:00:00Z', featureUpdateVersion: 'Windows 11, version 22H2' }),
    expect: { fail: ['f1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { endOfSupport: '2025-10-14' } }] }),
  },
  {
    it: 'is unknown without an end date of a version nobody knows yet',
    evidence: one({ endOfSupportDate: null, featureUpdateVersion: 'Windows 12' }),
    expect: 'unknown',
  },
  {
    it: 'is unknown when it is not told whether it offers Windows 10',
    evidence: one({ installLatestWindows10OnWindows11IneligibleDevice: null }),
    expect: 'unknown',
  },
  {
    it: 'leaves out policies that nobody is assigned to',
    evidence: one({ endOfSupportDate: '2025-10-14T00:00:00Z', assignments: [] }),
    expect: 'notApplicable',
  },
  { it: 'does not apply without policies', evidence: { featureUpdateProfiles: [] }, expect: 'notApplicable' },
]);
