/** Names Microsoft sells the service plans under. A plan that is not here is shown as Microsoft's licence list spells it. */
const planWords: Record<string, string> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  Entra_Identity_Governance: 'Microsoft Entra ID Governance',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  AAD_WRKLDID_P2: 'Microsoft Entra Workload ID',
  ADALLOM_S_STANDALONE: 'Microsoft Defender for Cloud Apps',
  ATA: 'Microsoft Defender for Identity',
  ATP_ENTERPRISE: 'Microsoft Defender for Office 365 Plan 1',
  EXCHANGE_S_DESKLESS: 'Exchange Online Kiosk',
  EXCHANGE_S_ENTERPRISE: 'Exchange Online Plan 2',
  EXCHANGE_S_STANDARD: 'Exchange Online Plan 1',
  INTUNE_A: 'Microsoft Intune',
  LOCKBOX_ENTERPRISE: 'Customer Lockbox',
  MDE_SMB: 'Microsoft Defender for Business',
  SHAREPOINTENTERPRISE: 'SharePoint Plan 2',
  SHAREPOINTSTANDARD: 'SharePoint Plan 1',
  INTUNE_EDU: 'Intune for Education',
  TEAMS1: 'Microsoft Teams',
  THREAT_INTELLIGENCE: 'Microsoft Defender for Office 365 Plan 2',
  WINDOWSUPDATEFORBUSINESS_DEPLOYMENTSERVICE: 'Windows Update for Business deployment service',
  Windows_Autopatch: 'Windows Autopatch',
  WINDEFATP: 'Microsoft Defender for Endpoint Plan 2',
};

export function planName(plan: string): string {
  const name = planWords[plan];
  return name ? `${name} (${plan})` : plan;
}
