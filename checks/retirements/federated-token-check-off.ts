import { type Domain, domains, isFederated, isVerified } from '../../src/datasets/graph/domains.ts';
import { federatedTokenValidationPolicy } from '../../src/datasets/graph/federatedTokenValidationPolicy.ts';
import { theOnly } from '../../src/datasets/unread.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

const fix = 'Invoke-MgGraphRequest -Method GET -Uri https://graph.microsoft.com/v1.0/policies/federatedTokenValidationPolicy: look there.';

export default defineCheck({
  id: 'federated-token-check-off',
  title: 'Tokens must come from the user’s own domain',
  failTitle: 'Tokens from another domain are accepted',
  why: 'One compromised federation server could sign in as users of every domain. Microsoft ends this by default, and sign-ins that relied on it fail.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'federatedTokenValidationPolicy', url: 'https://learn.microsoft.com/graph/api/resources/federatedtokenvalidationpolicy' },
    { label: 'Federation with Microsoft Entra ID', url: 'https://learn.microsoft.com/entra/identity/hybrid/connect/whatis-fed' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'People whose name belongs to one domain and who sign in through the server of another can no longer sign in.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs: filter by error 5000820 to see who is concerned.',
      'Give those people a user principal name of the domain whose server checks them, or move the domain to managed sign-in.',
      'Then let the check cover all federated domains.',
    ],
    command:
      "Invoke-MgGraphRequest -Method PATCH -Uri https://graph.microsoft.com/v1.0/policies/federatedTokenValidationPolicy -Body @{validatingDomains=@{'@odata.type'='#microsoft.graph.allDomains';rootDomains='allFederated'}}",
    rollback: 'Set the former value by the same call; never leave it open for long.',
  },
  needs: { domains, federatedTokenValidationPolicy },

  evaluate(evidence) {
    const federated = evidence.domains.filter((domain) => isVerified(domain) && isFederated(domain));
    if (federated.length === 0) return { verdict: 'notApplicable', because: 'No domain is federated.' };
    const { validatingDomains } = theOnly(evidence.federatedTokenValidationPolicy, 'federated token validation policy');
    const isCovered = coverage(validatingDomains?.rootDomains, validatingDomains?.domainNames);
    const findings = federated
      .filter((domain) => !isCovered(domain))
      .map(({ id }) => ({ subject: { type: 'domain', id, name: id }, message: `Users of ${id} may be vouched for by the server of another domain.` }));
    return failIfAny(findings, federated.length);
  },
});

/** The policy names root domains and means their subdomains with them. */
function coverage(roots: string | null | undefined, names: readonly string[] | null | undefined): (domain: Domain) => boolean {
  if (roots === 'all' || roots === 'allFederated') return () => true;
  if (roots === 'none' || roots === 'allManaged') return () => false;
  if ((roots === 'enumerated' || roots === 'allManagedAndEnumeratedFederated') && names) {
    const covered = names.map((name) => name.toLowerCase());
    return ({ id }) => covered.some((name) => id.toLowerCase() === name || id.toLowerCase().endsWith(`.${name}`));
  }
  throw new UnknownEvidence(`The policy covers ${roots ?? 'null'}, which does not tell the domains.`, fix);
}
