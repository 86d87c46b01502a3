import { teamsWebSignIns } from '../../src/datasets/graph/teamsWebSignIns.ts';
import { requireOutcomes, signInFindings } from '../../src/datasets/sign-in-uses.ts';
import { defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'teams-browsers-too-old',
  title: 'No browser seen at Teams on the web is too old for it',
  failTitle: 'People open Teams on the web with browsers that it refuses',
  why: 'Teams on the web has refused browsers without ECMAScript 2022 since May 2026. Whoever has nothing else, often at a kiosk or on an old virtual desktop, stands outside; and so old a browser has known holes.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Browsers for Teams on the web', url: 'https://learn.microsoft.com/microsoftteams/unsupported-browsers' },
    { label: 'Sign-in logs', url: 'https://learn.microsoft.com/entra/identity/monitoring-health/concept-sign-ins' },
  ],
  servicePlans: ['AAD_PREMIUM', 'AAD_PREMIUM_P2'],
  remediation: {
    effort: 'low',
    impact: 'None, but for pages that only the old browser can show.',
    steps: [
      'Entra admin center > Monitoring & health > Sign-in logs: filter by the application Microsoft Teams Web Client and add the column Browser to find the computers.',
      'Update the browser, or the image of the virtual desktop or kiosk that it comes from.',
      'Where the operating system holds it back, replace the computer.',
    ],
    command:
      "Get-MgAuditLogSignIn -Filter \"appId eq '5e3ce6c0-2b1f-4285-8d4b-75ee78787346' and userPrincipalName eq '<user>'\" | Select-Object CreatedDateTime,DeviceDetail",
    rollback: 'Nothing to undo.',
  },
  needs: { teamsWebSignIns },

  evaluate({ teamsWebSignIns: { old, served, untold } }) {
    const findings = signInFindings(
      old,
      'user',
      ({ name, signIns, last, programs }) =>
        `${name} signed in to Teams on the web ${count(signIns, 'time')} in 7 days with ${list(programs, 3)}, last on ${last}.`,
    );
    if (findings.length > 0) return failIfAny(findings, served + findings.reduce((sum, { facts }) => sum + Number(facts?.signIns ?? 0), 0));
    requireOutcomes(old, 'to Teams on the web with an old browser');
    if (served === 0 && untold === 0) return { verdict: 'notApplicable', because: 'Nobody signed in to Teams on the web within 7 days.' };
    const remark = `Of ${count(untold, 'sign-in')} the browser is not told or not known here.`;
    if (served === 0) throw new UnknownEvidence(remark);
    return failIfAny([], served, untold > 0 ? remark : undefined);
  },
});
