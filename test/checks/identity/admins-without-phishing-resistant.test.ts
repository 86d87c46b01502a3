import { expect } from 'vitest';
import check from '../../../checks/identity/admins-without-phishing-resistant.ts';
import { exchangeAdmin, forbidden, grant, groupGrant, lower, members, notLicensed, syncAccounts, upper, user } from '../../datasets/identity-rows.ts';
import { checkTable } from '../../support/check-table.ts';

function registered(id: string, ...methodsRegistered: string[]) {
  return { id, isMfaCapable: true, methodsRegistered };
}

function evidence(details: unknown[], change: Record<string, unknown> = {}) {
  return {
    users: [user('anna'), user('ben')],
    roleAssignments: [grant('anna')],
    roleGroupMembers: {},
    userRegistrationDetails: details,
    roleEligibilityInstances: notLicensed,
    eligibleGroupMembers: notLicensed,
    ...change,
  };
}

checkTable(check, [
  { it: 'passes with a security key', evidence: evidence([registered('anna', 'mobilePhone', 'fido2')]), expect: { pass: 1 } },
  { it: 'passes with a passkey in the app', evidence: evidence([registered('anna', 'passKeyDeviceBoundAuthenticator')]), expect: 'pass' },
  { it: 'passes with Windows Hello', evidence: evidence([registered('anna', 'windowsHelloForBusiness')]), expect: 'pass' },
  { it: 'passes with a platform credential', evidence: evidence([registered('anna', 'macOsSecureEnclaveKey')]), expect: 'pass' },
  {
    it: 'fails with the app and a phone',
    evidence: evidence([registered('anna', 'mobilePhone', 'microsoftAuthenticatorPasswordless')]),
    expect: { fail: ['anna'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        findings: [{ message: 'anna@contoso.com, Global Administrator, has registered only microsoftAuthenticatorPasswordless and mobilePhone.' }],
      }),
  },
  { it: 'is unknown for a method that is new', evidence: evidence([registered('anna', 'mobilePhone', 'passKeyOfTomorrow')]), expect: 'unknown' },
  { it: 'fails without any method', evidence: evidence([registered('anna')]), expect: { fail: ['anna'] } },
  { it: 'leaves people without a role alone', evidence: evidence([registered('anna', 'fido2'), registered('ben', 'sms')]), expect: { pass: 1 } },
  {
    it: 'counts holders through a group',
    evidence: evidence([registered('anna', 'fido2'), registered('ben', 'sms')], {
      roleAssignments: [grant('anna'), groupGrant('admins')],
      roleGroupMembers: { admins: members('ben') },
    }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'counts eligible holders',
    evidence: evidence([registered('anna', 'fido2'), registered('ben', 'sms')], {
      roleEligibilityInstances: [grant('ben', exchangeAdmin)],
      eligibleGroupMembers: {},
    }),
    expect: { fail: ['ben'] },
  },
  {
    it: 'counts eligible holders through a group',
    evidence: evidence([registered('anna', 'fido2'), registered('ben', 'sms')], {
      roleEligibilityInstances: [groupGrant('e')],
      eligibleGroupMembers: { e: members('ben') },
    }),
    expect: { fail: ['ben'] },
  },
  { it: 'is unknown when an administrator is not in the report', evidence: evidence([]), expect: 'unknown' },
  { it: 'is unknown when the methods are null', evidence: evidence([{ id: 'anna', isMfaCapable: null, methodsRegistered: null }]), expect: 'unknown' },
  {
    it: 'is unknown when eligible roles could not be read',
    evidence: evidence([registered('anna', 'fido2')], { roleEligibilityInstances: forbidden }),
    expect: 'unknown',
  },
  {
    it: 'does not apply to the account of the synchronisation',
    evidence: evidence([], { roleAssignments: [grant('anna'), grant('anna', syncAccounts)] }),
    expect: 'notApplicable',
  },
  { it: 'does not apply when nobody holds a privileged role', evidence: evidence([], { roleAssignments: [] }), expect: 'notApplicable' },
  {
    it: 'ignores disabled administrators',
    evidence: evidence([registered('anna', 'fido2')], {
      users: [user('anna'), user('ben', { accountEnabled: false })],
      roleAssignments: [grant('anna'), grant('ben')],
    }),
    expect: { pass: 1 },
  },
  {
    it: 'finds an administrator in the report by an id in upper case',
    evidence: evidence([registered(upper, 'password')], { users: [user(lower)], roleAssignments: [grant(upper)] }),
    expect: { fail: [lower] },
  },
  {
    it: 'fails for who is certain beside an administrator of unknown state',
    evidence: evidence([registered('anna', 'sms'), registered('ben', 'sms')], {
      users: [user('anna'), user('ben', { accountEnabled: null })],
      roleAssignments: [grant('anna'), grant('ben')],
    }),
    expect: { fail: ['anna'] },
  },
  {
    it: 'is unknown for an administrator of unknown state',
    evidence: evidence([registered('ben', 'sms')], { users: [user('ben', { accountEnabled: null })], roleAssignments: [grant('ben')] }),
    expect: 'unknown',
  },
]);
