import { powerShellSignIns } from '../../src/datasets/graph/powerShellSignIns.ts';
import { requireOutcomes, signInFindings } from '../../src/datasets/sign-in-uses.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'exchange-powershell-password',
  title: 'No script signs in to Exchange with a stored password',
  failTitle: 'Scripts sign in to Exchange with a stored password',
  why: 'Microsoft removes the option from the Exchange module; the scripts stop. Until then the stored password alone opens the account, because no second factor can be asked for.',
  severity: 'high',
  controls: [],
  references: [
    { label: 'App-only authentication in Exchange Online PowerShell', url: 'https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2' },
    { label: 'Connect to Exchange Online PowerShell', url: 'https://learn.microsoft.com/powershell/exchange/connect-to-exchange-online-powershell' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Scripts need a certificate or a managed identity and the Exchange role they use.',
    steps: [
      'Find the scripts of the accounts named: look for Connect-ExchangeOnline -Credential and Connect-IPPSSession -Credential.',
      'Register an app with a certificate and Exchange.ManageAsApp, or use a managed identity, and assign it the role it needs.',
      'Change the scripts, then disable the account or give it a new password.',
    ],
    command: 'Connect-ExchangeOnline -CertificateThumbprint <thumbprint> -AppId <app-id> -Organization <tenant>.onmicrosoft.com',
    rollback: 'Use the stored password again, as long as the module still takes it.',
  },
  needs: { powerShellSignIns },

  evaluate(evidence) {
    const { exchangePassword: password, exchangeUntold: untold } = evidence.powerShellSignIns;
    const findings = signInFindings(
      password,
      'user',
      ({ name, signIns, last }) => `${name} signed in to Exchange PowerShell with a stored password ${count(signIns, 'time')} in 30 days, last on ${last}.`,
    );
    if (findings.length === 0) {
      requireOutcomes(password, 'to Exchange PowerShell');
      if (untold > 0)
        throw new UnknownEvidence(
          `The sign-in log does not tell how ${count(untold, 'sign-in')} to Exchange PowerShell came about.`,
          'Entra admin center > Monitoring & health > Sign-in logs: filter by Authentication protocol ROPC.',
        );
    }
    return failIfAny(findings, password.size);
  },
});
