import check from '../../../checks/identity/self-sign-up-enabled.ts';
import { checkTable } from '../../support/check-table.ts';

function evidence(selfService: boolean | null, join: boolean | null, trials: boolean | null) {
  return {
    authenticationFlowsPolicy: [{ selfServiceSignUp: { isEnabled: selfService } }],
    authorizationPolicy: [{ allowEmailVerifiedUsersToJoinOrganization: join, allowedToSignUpEmailBasedSubscriptions: trials }],
  };
}

checkTable(check, [
  { it: 'passes when all three are off', evidence: evidence(false, false, false), expect: { pass: 3 } },
  { it: 'fails for self-service sign-up', evidence: evidence(true, false, false), expect: { fail: ['selfServiceSignUp'] } },
  { it: 'fails for joining by mail address', evidence: evidence(false, true, false), expect: { fail: ['allowEmailVerifiedUsersToJoinOrganization'] } },
  { it: 'fails for trial subscriptions', evidence: evidence(false, false, true), expect: { fail: ['allowedToSignUpEmailBasedSubscriptions'] } },
  { it: 'is unknown for null', evidence: evidence(false, null, false), expect: 'unknown' },
  { it: 'fails for what is certain beside a null', evidence: evidence(true, null, false), expect: { fail: ['selfServiceSignUp'] } },
  {
    it: 'is unknown without the switch',
    evidence: { ...evidence(false, false, false), authenticationFlowsPolicy: [{ selfServiceSignUp: null }] },
    expect: 'unknown',
  },
  { it: 'is unknown when the service sent no policy', evidence: { ...evidence(false, false, false), authorizationPolicy: [] }, expect: 'unknown' },
]);
