import { adminConsentRequestPolicy } from '../../src/datasets/graph/adminConsentRequestPolicy.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'admin-consent-workflow-off',
  title: 'Users can ask an administrator for an app',
  failTitle: 'Users cannot ask an administrator for an app',
  why: 'Without a request path people work around the block, or hand their password to the vendor.',
  severity: 'medium',
  controls: [
    { framework: 'CISA SCuBA', id: 'MS.AAD.5.3v1' },
    { framework: 'CIS M365 6.0', id: '5.1.5.2' },
    { framework: 'CIS M365 7.0', id: '5.1.5.2' },
    { framework: 'EIDSCA', id: 'CR01' },
    { framework: 'EIDSCA', id: 'CP04' },
    { framework: 'NIST SP 800-53', id: 'CM-4' },
    { framework: 'ISO 27001:2022', id: 'A.5.2' },
    { framework: 'ISO 27001:2022', id: 'A.5.3' },
    { framework: 'ISO 27001:2022', id: 'A.8.2' },
    { framework: 'MITRE ATT&CK', id: 'T1098' },
    { framework: 'MITRE ATT&CK', id: 'T1098.001' },
    { framework: 'MITRE ATT&CK', id: 'T1098.003' },
  ],
  references: [
    { label: 'Configure the admin consent workflow', url: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-admin-consent-workflow' },
  ],
  remediation: {
    effort: 'low',
    impact: 'People who meet a blocked app see a form to ask for it; the reviewers get mail.',
    steps: [
      'Entra admin center > Entra ID > Enterprise apps > Consent and permissions > Admin consent settings.',
      'Set "Users can request admin consent to apps they are unable to consent to" to Yes.',
      'Choose reviewers who are allowed to consent, switch on mail notifications and reminders, and save.',
    ],
    command:
      "Update-MgPolicyAdminConsentRequestPolicy -BodyParameter @{isEnabled=$true;notifyReviewers=$true;remindersEnabled=$true;requestDurationInDays=14;reviewers=@(@{query='/v1.0/users/<reviewer-id>';queryType='MicrosoftGraph'})}",
    rollback: 'Set the same switch to No.',
  },
  needs: { adminConsentRequestPolicy },

  evaluate({ adminConsentRequestPolicy: policy }) {
    const enabled = policy?.isEnabled;
    const reviewers = policy?.reviewers?.length;
    const finding = (message: string) => ({
      subject: { type: 'adminConsentRequestPolicy', id: 'adminConsentRequestPolicy', name: 'Admin consent requests' },
      message,
    });
    if (enabled === false) return failIfAny([finding('Users cannot request consent: the admin consent workflow is off.')], 1);
    if (enabled === undefined || enabled === null) throw new UnknownEvidence('Graph did not say whether the admin consent workflow is on.');
    if (reviewers === undefined) throw new UnknownEvidence('Graph did not say who reviews admin consent requests.');
    return failIfAny(reviewers === 0 ? [finding('The admin consent workflow is on but names no reviewer: requests go to nobody.')] : [], 1);
  },
});
