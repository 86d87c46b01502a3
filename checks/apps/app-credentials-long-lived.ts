import { type Credential, isValidAt, lifetimeDays, loginCredentials } from '../../src/datasets/app-credentials.ts';
import { appSubject } from '../../src/datasets/app-ownership.ts';
import { applications } from '../../src/datasets/graph/applications.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'app-credentials-long-lived',
  title: 'App logins are renewed within the limit',
  failTitle: 'App logins live longer than the limit',
  why: 'The longer a secret lives, the more copies of it exist: in mail, in scripts, with people who left.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'App management policies', url: 'https://learn.microsoft.com/graph/api/resources/applicationauthenticationmethodpolicy' },
    {
      label: 'Security best practices for application properties',
      url: 'https://learn.microsoft.com/entra/identity-platform/security-best-practices-for-app-registration',
    },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Programs that use the old login stop unless the new one is in place first.',
    steps: [
      'Entra admin center > Entra ID > App registrations > the app > Certificates & secrets: add a login that ends within the limit, or a federated credential or managed identity that needs none.',
      'Change the program over and remove the long-lived login.',
      'Limit lifetimes for the future: Enterprise apps > Application policies.',
    ],
    command: 'Remove-MgApplicationPassword -ApplicationId <object-id> -KeyId <key-id>',
    rollback: 'A removed secret cannot be restored; add a new one.',
  },
  needs: { applications },

  evaluate(evidence, { now, settings }) {
    const apps = evidence.applications
      .map((app) => ({ app, valid: loginCredentials(app).filter((each) => isValidAt(each, now)) }))
      .filter(({ valid }) => valid.length > 0);
    if (apps.length === 0) return { verdict: 'notApplicable', because: 'No app registration holds a valid password or certificate.' };

    const limitOf = (each: Credential) => (each.kind === 'password' ? settings.secretLifetimeDays : settings.certificateLifetimeDays);
    const findings = apps.flatMap(({ app, valid }) => {
      const long = valid.flatMap((each) => {
        const [days, limit] = [lifetimeDays(each), limitOf(each)];
        return days !== undefined && days > limit ? [{ kind: each.kind, limit, days }] : [];
      });
      const longest = long.sort((a, b) => b.days - a.days)[0];
      if (!longest) return [];
      const message = `${app.displayName || app.id} has ${count(long.length, 'login')} beyond the limit; the longest, a ${longest.kind}, lives ${longest.days} days where ${longest.limit} are allowed.`;
      return [{ subject: { ...appSubject(app), type: 'application' }, message, facts: { logins: long.length, days: longest.days, kind: longest.kind } }];
    });
    const undated = apps.filter(({ valid }) => valid.some((each) => lifetimeDays(each) === undefined));
    if (findings.length === 0 && undated.length > 0)
      throw new UnknownEvidence(`Graph names no start or no end for a login of ${count(undated.length, 'app')}.`);
    return failIfAny(findings, apps.length);
  },
});
