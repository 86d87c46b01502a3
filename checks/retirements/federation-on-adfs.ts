import { domainFederation, type Federation } from '../../src/datasets/graph/domainFederation.ts';
import { domains, isFederated, isVerified } from '../../src/datasets/graph/domains.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'federation-on-adfs',
  title: 'No domain depends on AD FS',
  failTitle: 'Domains depend on AD FS',
  why: 'People of these domains cannot sign in when the server farm fails, and whoever takes over the farm signs in as anybody. Updates of the farm change how it reads its keys.',
  severity: 'medium',
  controls: [],
  references: [
    {
      label: 'Migrate from federation to cloud authentication',
      url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/migrate-from-federation-to-cloud-authentication',
    },
    { label: 'Best practices for securing AD FS', url: 'https://learn.microsoft.com/windows-server/identity/ad-fs/deployment/best-practices-securing-ad-fs' },
  ],
  remediation: {
    effort: 'high',
    impact: 'People of the domain enter their password at Microsoft instead of at the farm.',
    steps: [
      'Before the next update of the farm, look at the permissions of the container that holds its keys (CN=ADFS,CN=Microsoft,CN=Program Data) and repair them as the announcement says.',
      'Plan the move to managed sign-in: switch on password hash synchronisation, try staged rollout with a group, then convert the domain.',
    ],
    command: 'Update-MgDomain -DomainId <domain-name> -AuthenticationType Managed',
    rollback: 'Federate the domain again from the farm.',
  },
  needs: { domains, domainFederation },

  evaluate(evidence) {
    const federated = evidence.domains.filter((domain) => isVerified(domain) && isFederated(domain)).map(({ id }) => id);
    if (federated.length === 0) return { verdict: 'notApplicable', because: 'No domain is federated.' };
    const issuerOf = issuers(evidence.domainFederation);
    const findings = federated
      .filter((domain) => /\/adfs\/services\/trust/i.test(issuerOf(domain) ?? ''))
      .map((domain) => ({
        subject: { type: 'domain', id: domain, name: domain },
        message: `AD FS checks the passwords of ${domain}.`,
        facts: { issuer: issuerOf(domain) ?? '' },
      }))
      .sort((a, b) => byText(a.subject.name, b.subject.name));
    const silent = federated.filter((domain) => !issuerOf(domain));
    if (findings.length === 0 && silent.length > 0)
      throw new UnknownEvidence(
        `Graph did not say who checks the passwords of ${list(silent.sort(), 3)}.`,
        'Get-MgDomainFederationConfiguration -DomainId <domain>: look at IssuerUri.',
      );
    return failIfAny(findings, federated.length);
  },
});

/** A subdomain without a configuration of its own goes by the nearest domain above it that has one. */
function issuers(federation: readonly Federation[]): (domain: string) => string | undefined {
  const known = new Map(federation.map(({ domain, issuerUri }) => [domain.toLowerCase(), issuerUri]));
  return (domain) => {
    const labels = domain.toLowerCase().split('.');
    return labels.map((_, at) => known.get(labels.slice(at).join('.'))).find(Boolean) ?? undefined;
  };
}
