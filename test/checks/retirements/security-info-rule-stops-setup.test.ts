import { expect } from 'vitest';
import check from '../../../checks/retirements/security-info-rule-stops-setup.ts';
import { policy } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const registration = { applications: { includeApplications: [], includeUserActions: ['urn:user:registersecurityinfo'] } };
const demanding = (builtInControls: readonly string[], operator = 'OR', change: Record<string, unknown> = {}) =>
  policy({ ...registration, grant: { builtInControls, operator }, ...change });
const given = (...conditionalAccessPolicies: unknown[]) => ({ conditionalAccessPolicies });

checkTable(check, [
  { it: 'passes with a second factor', evidence: given(demanding(['mfa'])), expect: { pass: 1 } },
  { it: 'passes with a second factor as the alternative', evidence: given(demanding(['compliantDevice', 'mfa'])), expect: { pass: 1 } },
  { it: 'fails with a managed device alone', evidence: given(demanding(['compliantDevice'])), expect: { fail: ['p1'] } },
  { it: 'fails with one of two kinds of managed device', evidence: given(demanding(['compliantDevice', 'domainJoinedDevice'])), expect: { fail: ['p1'] } },
  { it: 'fails with a device beside the second factor', evidence: given(demanding(['compliantDevice', 'mfa'], 'AND')), expect: { fail: ['p1'] } },
  {
    it: 'fails with a block and names what narrows it',
    evidence: given(demanding(['block'], 'OR', { conditions: { locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] } } })),
    expect: { fail: ['p1'] },
    and: (judgement) => expect(JSON.stringify(judgement)).toContain('blocks the registration of sign-in methods, depending on locations.'),
  },
  {
    it: 'passes over report-only rules',
    evidence: given(demanding(['mfa']), demanding(['block'], 'OR', { id: 'p2', state: 'enabledForReportingButNotEnforced' })),
    expect: { pass: 1 },
  },
  { it: 'does not apply without such a rule', evidence: given(policy({ grant: { builtInControls: ['block'] } })), expect: 'notApplicable' },
  { it: 'is unknown with a demand nobody knows', evidence: given(demanding(['handshake'])), expect: 'unknown' },
  { it: 'is unknown with demands joined by a word nobody knows', evidence: given(demanding(['compliantDevice', 'mfa'], 'XOR')), expect: 'unknown' },
  { it: 'fails beside a demand nobody knows', evidence: given(demanding(['handshake'], 'OR', { id: 'p2' }), demanding(['block'])), expect: { fail: ['p1'] } },
  { it: 'is unknown with a state nobody knows', evidence: given(demanding(['mfa'], 'OR', { state: 'paused' })), expect: 'unknown' },
]);
