import { domains, isVerified } from '../../src/datasets/graph/domains.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'domains-unverified',
  title: 'Every domain of the tenant is verified',
  failTitle: 'Some domains of the tenant are not verified',
  why: 'A domain that was added but never proved is unfinished work: mail and sign-in do not use it, and nobody knows whether the company still owns the name.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Add a custom domain name', url: 'https://learn.microsoft.com/entra/fundamentals/add-custom-domain' },
    { label: 'Domain resource', url: 'https://learn.microsoft.com/graph/api/resources/domain' },
  ],
  remediation: {
    effort: 'low',
    impact: 'None: an unverified domain is in use nowhere.',
    steps: [
      'Open the Microsoft 365 admin center, then Settings, then Domains, and open the domain.',
      'If the company owns it and wants to use it, add the DNS record shown there and verify.',
      'If not, remove the domain.',
    ],
    command: 'Confirm-MgDomain -DomainId <domain>  # or: Remove-MgDomain -DomainId <domain>',
    rollback: 'Add the domain again.',
  },
  needs: { domains },

  evaluate({ domains }) {
    const findings = domains
      .filter((domain) => !isVerified(domain))
      .map(({ id }): Finding => {
        return { subject: { type: 'domain', id, name: id }, message: `The domain ${id} was added but its ownership is not proved.` };
      });
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
      domains.length,
    );
  },
});
