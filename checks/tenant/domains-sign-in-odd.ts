import { type Domain, domains, isFederated, isVerified } from '../../src/datasets/graph/domains.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { byText } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'domains-sign-in-odd',
  title: 'Every domain signs in the way the tenant is set up',
  failTitle: 'Some domains sign in through an unexpected system',
  why: 'A federated domain lets another system vouch for your users. Intruders add one on purpose: it lets them sign in as anybody, without a password, for as long as nobody looks.',
  severity: 'high',
  controls: [],
  references: [
    {
      label: 'Monitor changes to federation configuration',
      url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/how-to-connect-monitor-federation-changes',
    },
    { label: 'What is federation with Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/whatis-fed' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Users of a domain that goes back to managed sign-in use their Microsoft 365 password; plan the day with them.',
    steps: [
      'Ask who set up the federation, and compare its sign-in address and certificate with those of your own federation service.',
      'If nobody knows it, treat it as a break-in: read the audit log for "Set domain authentication" and call your incident contact.',
      'If it is left over, make sure that its users have a password in the cloud (password hash synchronisation, or a new one), then turn the domain back to managed sign-in.',
      'If it is meant, accept the finding with a reason.',
    ],
    command: "Get-MgDomainFederationConfiguration -DomainId <domain>; Update-MgDomain -DomainId <domain> -BodyParameter @{authenticationType='Managed'}",
    rollback: 'Set up the federation again with New-MgDomainFederationConfiguration.',
  },
  needs: { domains, organization },

  /** Odd is a federation without a synchronised directory behind it, and a subdomain that differs from its root. */
  evaluate(evidence) {
    const synced = theOnly(evidence.organization, 'organization').onPremisesSyncEnabled === true;
    const verified = evidence.domains.filter(isVerified);
    const findings = verified.flatMap((domain) => oddFinding(domain, verified, synced));
    return failIfAny(
      findings.sort((a, b) => byText(a.subject.id, b.subject.id)),
      verified.length,
    );
  },
});

function oddFinding(domain: Domain, all: readonly Domain[], synced: boolean): Finding[] {
  const federated = isFederated(domain);
  const subject = { type: 'domain', id: domain.id, name: domain.id };
  if (federated && !synced)
    return [{ subject, message: `The domain ${domain.id} is federated, although no local directory is synchronised.`, facts: { federated } }];
  const parent = all.filter((other) => domain.id.endsWith(`.${other.id}`)).sort((a, b) => b.id.length - a.id.length)[0];
  if (!parent || isFederated(parent) === federated) return [];
  const how = federated ? 'federated' : 'managed';
  return [{ subject, message: `The domain ${domain.id} is ${how}, unlike ${parent.id} above it.`, facts: { federated, parent: parent.id } }];
}
