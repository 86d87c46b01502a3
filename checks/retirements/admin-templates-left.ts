import { isAssigned } from '../../src/datasets/assignments.ts';
import { groupPolicyConfigurations } from '../../src/datasets/graph/groupPolicyConfigurations.ts';
import { intunePlans } from '../../src/datasets/intune.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: 'admin-templates-left',
  title: 'No profile of the ended kind Administrative Templates is left',
  failTitle: 'Profiles of the ended kind Administrative Templates are left',
  why: 'Such profiles can no longer be created or copied. Whoever has to rebuild or extend one in a hurry cannot, and settings drift apart from those of the successor.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Administrative Templates in Intune', url: 'https://learn.microsoft.com/intune/intune-service/configuration/administrative-templates-windows' },
    { label: 'Settings catalog', url: 'https://learn.microsoft.com/intune/intune-service/configuration/settings-catalog' },
  ],
  servicePlans: intunePlans,
  remediation: {
    effort: 'medium',
    impact: 'None where the new profile holds the same values. While both are assigned, differing values show as conflicts.',
    steps: [
      'Intune admin center > Devices > Configuration: open each profile named here and write down its settings; nothing converts them.',
      'Create a settings catalog profile with the same settings, and assign it to the same groups.',
      'Remove the assignments of the old profile, wait a week, then delete it.',
    ],
    command:
      "Invoke-MgGraphRequest -Method GET -Uri 'https://graph.microsoft.com/beta/deviceManagement/groupPolicyConfigurations/<profile-id>/definitionValues?$expand=definition'",
    rollback: 'Until it is deleted, assign the old profile again.',
  },
  needs: { groupPolicyConfigurations },

  evaluate({ groupPolicyConfigurations: profiles }) {
    const findings = profiles.map((profile) => {
      const assigned = isAssigned(profile);
      return {
        subject: { type: 'groupPolicyConfiguration', id: profile.id, name: profile.displayName },
        message: `The profile is an Administrative Template and is ${assigned ? 'assigned' : 'assigned to nobody'}.`,
        facts: { assigned, ...(profile.policyConfigurationIngestionType ? { templates: profile.policyConfigurationIngestionType } : {}) },
      };
    });
    return failIfAny(findings, profiles.length);
  },
});
