import { powerShellSignIns } from '../../src/datasets/graph/powerShellSignIns.ts';
import { requireOutcomes, signInFindings } from '../../src/datasets/sign-in-uses.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';
import { count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'old-powershell-modules-used',
  title: 'Nobody signs in to the old directory modules',
  failTitle: 'People or scripts sign in to the old directory modules',
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
    rollback: 'Update-MgPolicyAuthorizationPolicy -BlockMsolPowerShell:$false, and switch the enterprise app on again.',
  },
  needs: { powerShellSignIns },

  evaluate(evidence) {
    const uses = evidence.powerShellSignIns.oldModules;
    const findings = signInFindings(
      uses,
      'user',
      ({ name, signIns, last }) => `${name} signed in to the old PowerShell modules ${count(signIns, 'time')} in 30 days, last on ${last}.`,
    );
    if (findings.length === 0) requireOutcomes(uses, 'to the old PowerShell modules');
    return failIfAny(findings, uses.size);
  },
});
