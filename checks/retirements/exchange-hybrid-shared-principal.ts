import { appSubject } from '../../src/datasets/app-ownership.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { resourceApps } from '../../src/lib/app-ids.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'exchange-hybrid-shared-principal',
  title: 'No certificate of an Exchange server is left on Microsoft’s own app',
  failTitle: 'A certificate of an Exchange server is left on Microsoft’s own app',
  why: 'A certificate of a local server on Microsoft’s own app lets an intruder there act in the cloud without a trace.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'Deploy the dedicated Exchange hybrid app', url: 'https://learn.microsoft.com/exchange/hybrid-deployment/deploy-dedicated-hybrid-app' },
  ],
  remediation: {
    effort: 'medium',
    impact: 'Free/busy, mail tips and photos between the server and the cloud stop if the dedicated app is not set up first.',
    steps: [
      'Hybrid still in use: run ConfigureExchangeHybridApplication.ps1 (or the current hybrid wizard) on an updated Exchange server to create the dedicated app.',
      'Check that calendars of both sides see each other.',
      'Then remove the certificates from Microsoft’s app by the command. Without a hybrid any more: remove them right away. Expired ones must go as well.',
    ],
    command: '.\\ConfigureExchangeHybridApplication.ps1 -ResetFirstPartyServicePrincipalKeyCredentials',
    rollback: 'Run the hybrid wizard again; Microsoft no longer accepts the shared app for hybrid features.',
  },
  needs: { servicePrincipals },

  evaluate(evidence) {
    const exchange = evidence.servicePrincipals.filter((app) => app.appId === resourceApps.exchange);
    if (exchange.length === 0) return { verdict: 'notApplicable', because: 'The tenant has no Exchange Online.' };
    const findings = exchange.flatMap((app) => {
      // Passwords on it are judged by `first-party-app-credentials`.
      const certificates = app.keyCredentials.length;
      if (certificates === 0) return [];
      return [
        {
          subject: appSubject(app),
          message: `Microsoft’s app ${app.displayName || 'Office 365 Exchange Online'} carries ${count(certificates, 'certificate')}, as the hybrid wizard adds for local servers.`,
          facts: { certificates },
        },
      ];
    });
    return failIfAny(findings, exchange.length);
  },
});
