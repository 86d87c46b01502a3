import { certificateState, type DatedCredential, loginCredentials, loginState, samlCertificate } from '../../src/datasets/app-credentials.ts';
import { appSubject, isMicrosofts } from '../../src/datasets/app-ownership.ts';
import { applicationFederatedCredentials } from '../../src/datasets/graph/applicationFederatedCredentials.ts';
import { applications } from '../../src/datasets/graph/applications.ts';
import { servicePrincipalSignIns } from '../../src/datasets/graph/servicePrincipalSignIns.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, type Finding, failIfAny, type Subject, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { count } from '../../src/lib/text.ts';

/** What `app-credentials.ts` says of a login that has an end. */
type Ending = { state: 'expiring' | 'expired'; newest: DatedCredential; daysLeft: number };

/** Whatever used a login that ended longer ago has long been noticed or given up. */
const recentDays = 90;

export default defineCheck({
  id: 'app-credentials-expiring',
  title: 'No app login ends soon or has just expired',
  failTitle: 'App logins end soon or have just expired',
  why: 'On that day mail, backup, payroll interfaces or single sign-on stop without warning.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Add and manage app credentials', url: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials' },
    {
      label: 'Manage certificates for federated single sign-on',
      url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/tutorial-manage-certificates-for-federated-single-sign-on',
    },
  ],
  remediation: {
    effort: 'low',
    impact: 'None when the new login is in place before the old one ends.',
    steps: [
      'Entra admin center > Entra ID > App registrations > the app > Certificates & secrets: add a new certificate or, better, a federated credential.',
      'Put it into the program that uses the app, see that it signs in, then remove the old one.',
      'SAML: Enterprise apps > the app > Single sign-on > SAML certificates: add a certificate, give it to the vendor, make it active.',
      'An app nobody uses any more: delete its registration; it can be restored for 30 days.',
    ],
    command: "Add-MgApplicationPassword -ApplicationId <object-id> -PasswordCredential @{displayName='<purpose>';endDateTime='<date>'}",
    rollback: 'Remove the new login again; the old one works until its end.',
  },
  needs: { applications, servicePrincipals, applicationFederatedCredentials },
  wants: { servicePrincipalSignIns },

  evaluate(evidence, { now, settings }) {
    const seen = evidence.servicePrincipalSignIns.ok ? evidence.servicePrincipalSignIns.kept : undefined;
    const withSecrets = evidence.applications.filter((app) => !evidence.applicationFederatedCredentials.has(app.id) && loginCredentials(app).length > 0);
    const saml = evidence.servicePrincipals.flatMap((app) => {
      const certificate = app.accountEnabled !== false && !isMicrosofts(app) ? samlCertificate(app) : undefined;
      return certificate ? [{ app, certificate }] : [];
    });
    const judged = [
      ...withSecrets.map((app) => ({
        app,
        subject: { ...appSubject(app), type: 'application' },
        what: 'last login',
        state: loginState(loginCredentials(app), now, settings.expiryNoticeDays),
      })),
      ...saml.map(({ app, certificate }) => ({
        app,
        subject: appSubject(app),
        what: 'active SAML signing certificate',
        state: certificateState(certificate, now, settings.expiryNoticeDays),
      })),
    ];
    if (judged.length === 0) return { verdict: 'notApplicable', because: 'No app registration holds a password or certificate, and no app signs in by SAML.' };

    const findings = judged.flatMap(({ app, subject, what, state }) =>
      state.state === 'expiring' || (state.state === 'expired' && state.daysLeft >= -recentDays)
        ? [endingFinding(subject, what, { ...state, state: state.state }, seen?.get(app.appId ?? ''))]
        : [],
    );
    const unknown = judged.filter(({ state }) => state.state === 'unknown');
    if (findings.length === 0 && unknown.length > 0) throw new UnknownEvidence(`Graph names no end date for a login of ${count(unknown.length, 'app')}.`);
    const longGone = judged.filter(({ state }) => state.state === 'expired' && state.daysLeft < -recentDays).length;
    const remark = `The last login of ${count(longGone, 'app')} expired more than ${recentDays} days ago; delete what nobody needs.`;
    return failIfAny(findings, judged.length, longGone > 0 ? remark : undefined);
  },
});

function endingFinding(subject: Subject, what: string, { state, newest, daysLeft }: Ending, lastSignIn: string | undefined): Finding {
  const end = isoDay(new Date(newest.end));
  const when = state === 'expired' ? `expired on ${end}` : `ends on ${end}, in ${count(daysLeft, 'day')}`;
  return {
    subject,
    message: `The ${what} of ${subject.name} ${when}.`,
    facts: { state, end, daysLeft, kind: newest.kind, urgent: daysLeft <= 7, ...(lastSignIn ? { lastSignIn: isoDay(lastSignIn) } : {}) },
  };
}
