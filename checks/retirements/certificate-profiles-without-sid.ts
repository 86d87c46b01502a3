import { isAssigned } from '../../src/datasets/assignments.ts';
import { deviceConfigurations, type JudgedProfile } from '../../src/datasets/graph/deviceConfigurations.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { type DeepReadonly, defineCheck, failIfAny } from '../../src/kit/kit.ts';

/** The variable that Intune replaces by the account's security identifier in Active Directory. */
const sid = /\{\{\s*OnPremisesSecurityIdentifier\s*\}\}/i;

export default defineCheck({
  id: 'certificate-profiles-without-sid',
  title: 'Certificates that Intune requests name the account of Active Directory',
  failTitle: 'Certificates that Intune requests lack the account of Active Directory',
  why: 'Domain controllers refuse certificates that do not name the account. Wi-Fi, VPN and log-on with them fail when the certificate is next renewed.',
  severity: 'medium',
  controls: [],
  references: [
    { label: 'SCEP certificate profiles', url: 'https://learn.microsoft.com/intune/intune-service/protect/certificates-profile-scep' },
    {
      label: 'Certificate-based authentication changes on domain controllers',
      url: 'https://learn.microsoft.com/windows-server/security/kerberos/kerberos-authentication-overview',
    },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact:
      'Devices request a new certificate as soon as the profile changes; the authority must stand the load. Certificates for services outside Active Directory need no change.',
    steps: [
      'Ask for each profile named here whether its certificates sign in to Active Directory: Wi-Fi or VPN by an NPS server, or smart-card log-on.',
      'Intune admin center > Devices > Configuration: open the profile, and add to Subject alternative name the attribute URI with the value {{OnPremisesSecurityIdentifier}}.',
      'Try it on a few devices, and look at the events 39, 40 and 41 of the domain controllers.',
    ],
    command: "Invoke-MgGraphRequest -Method GET -Uri 'https://graph.microsoft.com/beta/deviceManagement/deviceConfigurations/<profile-id>'",
    rollback: 'Take the attribute out of the profile; devices request a certificate without it.',
  },
  needs: { deviceConfigurations, organization },

  evaluate(evidence) {
    if (!evidence.organization?.onPremisesSyncEnabled)
      return { verdict: 'notApplicable', because: 'The tenant is not synchronized with an Active Directory, so no domain controller reads the certificates.' };
    const profiles = evidence.deviceConfigurations.judged.filter((profile) => isScep(profile) && isAssigned(profile));
    const findings = profiles
      .filter((profile) => !(profile.customSubjectAlternativeNames ?? []).some(({ name }) => sid.test(name ?? '')))
      .map((profile) => ({
        subject: { type: 'deviceConfiguration', id: profile.id, name: profile.displayName },
        message: 'The profile requests certificates without the security identifier of the account.',
      }));
    return failIfAny(findings, profiles.length);
  },
});

function isScep(profile: DeepReadonly<JudgedProfile>): boolean {
  return /ScepCertificateProfile$/i.test(profile['@odata.type']);
}
