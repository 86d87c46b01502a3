import { powerShellSignIns } from '../../src/datasets/graph/powerShellSignIns.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'old-powershell-modules-used',
  title: 'No script uses the old directory modules',
  failTitle: 'Scripts use the old directory modules',
  why: 'The MSOnline and AzureAD modules are retired; scheduled jobs that use them fail, often at night and unseen.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'Migrate from Azure AD and MSOnline PowerShell', url: 'https://learn.microsoft.com/powershell/microsoftgraph/migration-steps' },
    { label: 'Microsoft Entra PowerShell', url: 'https://learn.microsoft.com/powershell/entra-powershell/overview' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'medium',
    impact: 'Scripts that were not changed fail.',
    steps: [
      'Ask the people named here which scripts they run; look at scheduled tasks and automation accounts for Connect-MsolService and Connect-AzureAD.',
      'Move the scripts to Microsoft Graph PowerShell or Microsoft Entra PowerShell.',
      'Then close the door: block MSOnline by the command, and switch off the enterprise app "Azure Active Directory PowerShell" for users.',
    ],
    command: 'Update-MgPolicyAuthorizationPolicy -BlockMsolPowerShell',
    rollback: 'Update-MgPolicyAuthorizationPolicy -BlockMsolPowerShell:$false',
  },
  needs: { powerShellSignIns },

  evaluate(evidence) {
    const findings = [...evidence.powerShellSignIns.values()].map((use) => {
      const name = use.userPrincipalName || use.userId;
      return {
        subject: { type: 'user', id: use.userId, name },
        message: `${name} used the old PowerShell modules ${count(use.signIns, 'time')} in 30 days, last on ${isoDay(use.last)}.`,
        facts: { signIns: use.signIns, last: isoDay(use.last) },
      };
    });
    return failIfAny(findings, evidence.powerShellSignIns.size);
  },
});
