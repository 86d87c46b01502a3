import { type Domain, domainFix, domains, isFederated, isVerified } from '../../src/datasets/graph/domains.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

const never = 2_147_483_647;
/** What holds where nothing was set: https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy */
const oldDefault = { before: '2021', days: 90 };

export default defineCheck({
  id: 'password-expiry-forced',
  title: 'Passwords are changed on suspicion, not by calendar',
  failTitle: 'Passwords expire by calendar',
  why: 'Forced changes lead to predictable passwords and notes under keyboards. A change helps when a password may be known to others, not when the calendar says so.',
  severity: 'low',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.6.1v1' },
    { framework: 'CIS M365 6.0', id: '1.3.1' },
    { framework: 'CIS M365 7.0', id: '1.3.1' },
    { framework: 'NIST SP 800-53', id: 'IA-5(1)' },
    { framework: 'ISO 27001:2022', id: 'A.5.16' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.36' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
  ],
  references: [
    { label: 'Password policy recommendations for Microsoft 365', url: 'https://learn.microsoft.com/microsoft-365/admin/misc/password-policy-recommendations' },
    { label: 'Set the password expiration policy', url: 'https://learn.microsoft.com/microsoft-365/admin/manage/set-password-expiration-policy' },
  ],
  remediation: {
    effort: 'low',
    impact: 'Nobody is asked to change the password by date any more.',
    steps: [
      'Open the Microsoft 365 admin center, then Settings, then Org settings, then Security & privacy, then Password expiration policy.',
      'Select "Set passwords to never expire" and save.',
      'Make sure that everyone has a second factor before you do.',
    ],
    command: 'Update-MgDomain -DomainId <domain> -PasswordValidityPeriodInDays 2147483647',
    rollback: 'Set the former number of days on the same page.',
  },
  needs: { domains, organization },

  /** Subdomains take the value of their root. Null = never set: the age of the tenant decides. */
  evaluate({ domains, organization }) {
    const judged = domains.filter((domain) => domain.isVerified === true && domain.authenticationType === 'Managed' && domain.isRoot === true);
    if (judged.length === 0 && !domains.some(isJudged))
      return { verdict: 'notApplicable', because: 'The tenant has no domain whose passwords it manages itself.' };
    const fallback = defaultDays(theOnly(organization, 'organization').createdDateTime);
    const findings = judged.flatMap((domain): Finding[] => {
      const set = domain.passwordValidityPeriodInDays;
      const days = set ?? fallback;
      if (days === null || days === never) return [];
      const byDefault = set == null ? `, the default of tenants created before ${oldDefault.before}` : '';
      const message = `Passwords of ${domain.id} expire after ${days} days${byDefault}.`;
      return [{ subject: { type: 'domain', id: domain.id, name: domain.id }, message, facts: { days } }];
    });
    if (findings.length === 0) domains.forEach(isJudged);
    if (findings.length === 0 && fallback === null && judged.some((domain) => domain.passwordValidityPeriodInDays == null)) {
      throw new UnknownEvidence(
        'Whether passwords expire was never set, and the service did not say how old the tenant is.',
        'Set it: Microsoft 365 admin center, Settings, Org settings, Security & privacy, Password expiration policy.',
      );
    }
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
      judged.length,
    );
  },
});

/** For a check without findings: a domain that says too little leaves it without an answer. */
function isJudged(domain: Domain): boolean {
  return isVerified(domain) && !isFederated(domain) && isRoot(domain);
}

/** Null: not known. */
function defaultDays(created: string | null | undefined): number | null {
  if (!created) return null;
  return created < oldDefault.before ? oldDefault.days : never;
}

function isRoot(domain: Domain): boolean {
  if (domain.isRoot == null) throw new UnknownEvidence(`The service did not say whether ${domain.id} is a root domain.`, domainFix);
  return domain.isRoot;
}
