import { expect } from 'vitest';
import check from '../../../checks/updates/windows-known-issues-open.ts';
import { device } from '../../datasets/intune-rows.ts';
import { issue, product } from '../../datasets/update-service-rows.ts';
import { checkTable } from '../../support/check-table.ts';

// The device runs 26100.9168, the update KB5121003 of August; July is KB5101650 (26100.8875).
const evidence = (issues: unknown[], devices = [device()], name?: string) => ({ updateProducts: [product(issues, name)], managedDevices: devices });

checkTable(check, [
  { it: 'passes without issues', evidence: evidence([]), expect: { pass: 1 } },
  {
    it: 'fails an issue of the installed update',
    evidence: evidence([issue({ safeguardHoldIds: [58001] })], [device(), device({ id: 'd2' })]),
    expect: { fail: ['WI1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: expect.stringContaining('safeguard hold 58001'), facts: { devices: 2, state: 'confirmed', safeguardHolds: '58001' } }],
      }),
  },
  { it: 'fails an issue of the version itself', evidence: evidence([issue({ originatingKnowledgeBaseArticle: null })]), expect: { fail: ['WI1'] } },
  { it: 'passes a build that does not have the update yet', evidence: evidence([issue()], [device({ osVersion: '10.0.26100.8875' })]), expect: { pass: 1 } },
  {
    it: 'passes a build that has the update which ends it',
    evidence: evidence([issue({ originatingKnowledgeBaseArticle: { id: 'KB5101650' }, resolvingKnowledgeBaseArticle: { id: 'KB5121003' } })]),
    expect: { pass: 1 },
  },
  {
    it: 'passes issues that are solved or have a way around',
    evidence: evidence([issue({ status: 'resolved' }), issue({ id: 'WI2', status: 'mitigated' }), issue({ id: 'WI3', status: 'mitigatedExternal' })]),
    expect: { pass: 1 },
  },
  { it: 'fails one that Microsoft still looks into', evidence: evidence([issue({ status: 'investigating' })]), expect: { fail: ['WI1'] } },
  {
    it: 'passes an issue of a version that nobody has',
    evidence: evidence([issue({ originatingKnowledgeBaseArticle: null })], [device()], 'Windows 11, version 23H2'),
    expect: { pass: 1 },
  },
  {
    it: 'does not take a server for the client of the same build',
    evidence: evidence([issue({ originatingKnowledgeBaseArticle: null })], [device({ osVersion: '10.0.26100.33296' })]),
    expect: { pass: 1 },
  },
  {
    it: 'names an issue once that is listed for two versions',
    evidence: {
      updateProducts: [product([issue()]), product([issue()], 'Windows 11, version 25H2')],
      managedDevices: [device(), device({ id: 'd2', osVersion: '10.0.26200.9168' })],
    },
    expect: { fail: ['WI1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { devices: 2 } }] }),
  },
  {
    it: 'is unknown with an update the data does not hold',
    evidence: evidence([issue({ originatingKnowledgeBaseArticle: { id: 'KB9999999' } })]),
    expect: 'unknown',
  },
  { it: 'is unknown in a state nobody knows yet', evidence: evidence([issue({ status: 'pondering' })]), expect: 'unknown' },
  { it: 'is unknown where the revision is not told', evidence: evidence([issue()], [device({ osVersion: '10.0.26100' })]), expect: 'unknown' },
  { it: 'is unknown where the service lists nothing', evidence: { updateProducts: [], managedDevices: [device()] }, expect: 'unknown' },
  { it: 'does not apply without devices', evidence: evidence([issue()], []), expect: 'notApplicable' },
]);
