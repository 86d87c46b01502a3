import { expect } from 'vitest';
import check from '../../../checks/identity/trusted-locations-unused.ts';
import { lower, policy, upper } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const office = { id: 'l1', displayName: 'Office', '@odata.type': '#microsoft.graph.ipNamedLocation', isTrusted: true, ipRanges: [{}] };
const country = { id: 'c1', displayName: 'Home country', '@odata.type': '#microsoft.graph.countryNamedLocation' };

function places(includeLocations: string[], excludeLocations: string[], state = 'enabled') {
  return policy({ state, conditions: { locations: { includeLocations, excludeLocations } } });
}

checkTable(check, [
  {
    it: 'passes when a policy excludes the network',
    evidence: { namedLocations: [office], conditionalAccessPolicies: [places(['All'], ['l1'])] },
    expect: { pass: 1 },
  },
  { it: 'passes when a policy includes the network', evidence: { namedLocations: [office], conditionalAccessPolicies: [places(['l1'], [])] }, expect: 'pass' },
  {
    it: 'passes when a policy names all trusted networks',
    evidence: { namedLocations: [office, { ...office, id: 'l2' }], conditionalAccessPolicies: [places(['All'], ['AllTrusted'])] },
    expect: { pass: 2 },
  },
  { it: 'fails without policies', evidence: { namedLocations: [office], conditionalAccessPolicies: [] }, expect: { fail: ['l1'] } },
  { it: 'fails when policies name no place', evidence: { namedLocations: [office], conditionalAccessPolicies: [policy()] }, expect: { fail: ['l1'] } },
  {
    it: 'names the unused one only',
    evidence: { namedLocations: [office, { ...office, id: 'l2', displayName: 'Old office' }], conditionalAccessPolicies: [places(['All'], ['l1'])] },
    expect: { fail: ['l2'] },
  },
  {
    it: 'does not count a report-only policy but says so',
    evidence: { namedLocations: [office], conditionalAccessPolicies: [places(['All'], ['l1'], 'enabledForReportingButNotEnforced')] },
    expect: { fail: ['l1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { inReportOnly: true } }] }),
  },
  {
    it: 'does not count a disabled policy',
    evidence: { namedLocations: [office], conditionalAccessPolicies: [places(['All'], ['AllTrusted'], 'disabled')] },
    expect: { fail: ['l1'] },
  },
  {
    it: 'does not apply to networks that are not trusted',
    evidence: { namedLocations: [{ ...office, isTrusted: false }], conditionalAccessPolicies: [] },
    expect: 'notApplicable',
  },
  { it: 'does not apply to countries', evidence: { namedLocations: [country], conditionalAccessPolicies: [] }, expect: 'notApplicable' },
  { it: 'does not apply without locations', evidence: { namedLocations: [], conditionalAccessPolicies: [] }, expect: 'notApplicable' },
  {
    it: 'is unknown when the trust of a network is null',
    evidence: { namedLocations: [{ ...office, isTrusted: null }], conditionalAccessPolicies: [] },
    expect: 'unknown',
  },
  {
    it: 'is unknown for a policy in a state that is not published',
    evidence: { namedLocations: [office], conditionalAccessPolicies: [places(['All'], ['l1'], 'paused')] },
    expect: 'unknown',
  },
  {
    it: 'fails for the network that is certain beside one of unknown trust and a policy in an unknown state',
    evidence: {
      namedLocations: [office, { ...office, id: 'l2', isTrusted: null }, { ...office, id: 'l3' }],
      conditionalAccessPolicies: [places(['All'], ['l3'], 'paused')],
    },
    expect: { fail: ['l1'] },
  },
  {
    it: 'need not know the trust of a network that is used',
    evidence: {
      namedLocations: [office, { ...office, id: 'l2', isTrusted: null }],
      conditionalAccessPolicies: [places(['All'], ['l1', 'l2'])],
    },
    expect: { pass: 1 },
  },
  {
    it: 'knows a network by an id in upper case',
    evidence: { namedLocations: [{ ...office, id: lower }], conditionalAccessPolicies: [places(['All'], [upper])] },
    expect: { pass: 1 },
  },
]);
