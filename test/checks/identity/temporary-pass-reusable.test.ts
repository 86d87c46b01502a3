import check from '../../../checks/identity/temporary-pass-reusable.ts';
import { checkTable } from '../../support/check-table.ts';

const good = { id: 'TemporaryAccessPass', state: 'enabled', isUsableOnce: true, maximumLifetimeInMinutes: 480 };

checkTable(check, [
  { it: 'passes when it works once and for eight hours', evidence: { authenticationMethods: [good] }, expect: { pass: 1 } },
  {
    it: 'fails when it works several times',
    evidence: { authenticationMethods: [{ ...good, isUsableOnce: false }] },
    expect: { fail: ['TemporaryAccessPass'] },
  },
  {
    it: 'fails above eight hours',
    evidence: { authenticationMethods: [{ ...good, maximumLifetimeInMinutes: 481 }] },
    expect: { fail: ['TemporaryAccessPass'] },
  },
  { it: 'does not apply when it is off', evidence: { authenticationMethods: [{ ...good, state: 'disabled', isUsableOnce: false }] }, expect: 'notApplicable' },
  { it: 'is unknown when the use is null', evidence: { authenticationMethods: [{ ...good, isUsableOnce: null }] }, expect: 'unknown' },
  { it: 'is unknown when the lifetime is null', evidence: { authenticationMethods: [{ ...good, maximumLifetimeInMinutes: null }] }, expect: 'unknown' },
  { it: 'is unknown when it is not listed', evidence: { authenticationMethods: [] }, expect: 'unknown' },
  {
    it: 'fails for the lifetime when the use is null',
    evidence: { authenticationMethods: [{ ...good, isUsableOnce: null, maximumLifetimeInMinutes: 1440 }] },
    expect: { fail: ['TemporaryAccessPass'] },
  },
  {
    it: 'fails for the use when the lifetime is null',
    evidence: { authenticationMethods: [{ ...good, isUsableOnce: false, maximumLifetimeInMinutes: null }] },
    expect: { fail: ['TemporaryAccessPass'] },
  },
]);
