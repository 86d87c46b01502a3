import { byState, requireStateOf } from '../../src/datasets/accounts.ts';
import { directoryEvidence } from '../../src/datasets/directory.ts';
import { userRegistrationDetails } from '../../src/datasets/graph/userRegistrationDetails.ts';
import { idKey } from '../../src/datasets/ids.ts';
import { activeAndEligible, eligibleEvidence } from '../../src/datasets/role-evidence.ts';
import { privilegedUsers, roleHolders, synchronizationAccounts } from '../../src/datasets/roles.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

/** Words of the registration report for methods that a fake sign-in page cannot use. */
const phishingResistant = [
  'fido',
  'fido2',
  'fido2SecurityKey',
  'passKeyDeviceBound',
  'passKeyDeviceBoundAuthenticator',
  'passKeyDeviceBoundWindowsHello',
  'passKeySynced',
  'windowsHelloForBusiness',
  'macOsSecureEnclaveKey',
  'x509CertificateMultiFactor',
];

/** The other words. One that is on neither list is new: https://learn.microsoft.com/graph/api/resources/usageauthmethod */
const phishable = [
  'alternateMobileCall',
  'alternateMobilePhone',
  'appCode',
  'appNotification',
  'appPassword',
  'email',
  'externalAuthMethod',
  'hardwareOneTimePasscode',
  'microsoftAuthenticatorPasswordless',
  'microsoftAuthenticatorPush',
  'mobileCall',
  'mobilePhone',
  'mobileSMS',
  'officePhone',
  'oneTimePasscode',
  'password',
  'qrCode',
  'qrCodePin',
  'securityQuestion',
  'sms',
  'softwareOneTimePasscode',
  'temporaryAccessPass',
];

export default defineCheck({
  id: 'admins-without-phishing-resistant',
  title: 'Every administrator has a phishing-resistant method',
  failTitle: 'Some administrators have no phishing-resistant method',
  why: 'A rule that demands a security key locks out administrators who have none; until everyone has one it cannot be switched on.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Plan a phishing-resistant passwordless deployment',
      url: 'https://learn.microsoft.com/entra/identity/authentication/how-to-plan-prerequisites-phishing-resistant-passwordless-authentication',
    },
    { label: 'Authentication methods activity', url: 'https://learn.microsoft.com/entra/identity/authentication/howto-authentication-methods-activity' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Each administrator named registers a security key, a passkey or Windows Hello once; nothing changes for others.',
    steps: [
      'Hand each administrator named a security key, or let them add a passkey in Microsoft Authenticator.',
      'Where the person cannot sign in strongly enough to register, open the Microsoft Entra admin center, then Entra ID, then Users, the person, Authentication methods, and issue a one-time Temporary Access Pass.',
      'The person opens https://aka.ms/mysecurityinfo, chooses Add sign-in method, and registers the key or passkey.',
      'Certificates are not registered and not in the report: accept the finding of a person who signs in with one.',
    ],
    command: 'Get-MgReportAuthenticationMethodUserRegistrationDetail -All -Filter "isAdmin eq true" | Select-Object UserPrincipalName,MethodsRegistered',
    rollback: 'Remove the method again under the security information of the person.',
  },
  needs: { ...directoryEvidence, userRegistrationDetails },
  needsIfLicensed: eligibleEvidence,

  evaluate(evidence) {
    const holders = roleHolders(activeAndEligible(evidence), evidence.users);
    const sync = synchronizationAccounts(holders);
    const rolesOf = privilegedUsers(holders);
    const people = [...rolesOf.keys()].filter((id) => !sync.has(id)).flatMap((id) => evidence.users.get(id) ?? []);
    const { enabled, unsaid } = byState(people);
    const admins = enabled.map((user) => ({ id: user.id, roles: rolesOf.get(idKey(user.id)) ?? [], name: user.userPrincipalName }));
    if (admins.length + unsaid.length === 0) return { verdict: 'notApplicable', because: 'No enabled user holds a privileged role.' };
    const methodsOf = (id: string) => evidence.userRegistrationDetails.get(idKey(id))?.methodsRegistered?.split(',').filter(Boolean);
    const unknown = admins.filter(({ id }) => isResistant(methodsOf(id)) === null);
    const findings = admins.flatMap((admin): Finding[] => {
      const methods = methodsOf(admin.id);
      if (!methods || isResistant(methods) !== false) return [];
      const has = methods.length > 0 ? `only ${list(methods)}` : 'no method at all';
      const message = `${admin.name}, ${list(admin.roles, 3)}, has registered ${has}.`;
      return [{ subject: { type: 'user', id: admin.id, name: admin.name }, message, facts: { roles: admin.roles.join(', '), methods: methods.join(', ') } }];
    });
    if (findings.length === 0) requireStateOf(unsaid.filter(({ id }) => isResistant(methodsOf(id)) !== true));
    if (findings.length === 0 && unknown.length > 0) {
      const names = unknown.map(({ name }) => name).sort();
      throw new UnknownEvidence(
        `The registration report does not tell enough about ${list(names, 3)}.`,
        'The report follows changes with a delay of some hours: scan again later. If it stays, look at the person under Users, Authentication methods.',
      );
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.name, b.subject.name)),
      admins.length,
    );
  },
});

/** Null where the report does not say. */
function isResistant(methods: readonly string[] | undefined): boolean | null {
  if (!methods) return null;
  if (methods.some((method) => phishingResistant.includes(method))) return true;
  return methods.every((method) => phishable.includes(method)) ? false : null;
}
