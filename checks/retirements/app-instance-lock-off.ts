import { appSubject } from '../../src/datasets/app-ownership.ts';
import { type Application, applications } from '../../src/datasets/graph/applications.ts';
import { type DeepReadonly, defineCheck, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

/** Only apps of this kind have instances in other organizations. */
const forOthers = ['AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount'];
const forUs = ['AzureADMyOrg', 'PersonalMicrosoftAccount'];

export default defineCheck({
  id: 'app-instance-lock-off',
  title: 'Apps offered to other organizations lock their instances',
  failTitle: 'Apps offered to other organizations leave their instances unlocked',
  why: 'In an organization that uses the app, anyone who may edit it could add a login of his own and act as the app. New apps are locked by default; these are not.',
  severity: 'medium',
  controls: [],
  references: [{ label: 'App instance property lock', url: 'https://learn.microsoft.com/entra/identity-platform/howto-configure-app-instance-property-locks' }],
  remediation: {
    effort: 'low',
    impact: 'Nobody can add credentials to the app’s instances in other organizations; automation that does so gets an error.',
    steps: [
      'Make sure that no automation adds credentials to instances of the app elsewhere.',
      'Entra admin center > Entra ID > App registrations > the app > Authentication > App instance property lock > Configure: enable the lock for all properties.',
    ],
    command: 'Update-MgApplication -ApplicationId <object-id> -ServicePrincipalLockConfiguration @{isEnabled=$true;allProperties=$true}',
    rollback: 'Update-MgApplication -ApplicationId <object-id> -ServicePrincipalLockConfiguration @{isEnabled=$false}',
  },
  needs: { applications },

  evaluate(evidence) {
    const offered = evidence.applications.filter((app) => forOthers.includes(app.signInAudience ?? ''));
    const findings = offered
      .filter((app) => locksLogins(app) === false)
      .map((app) => {
        const subject = { ...appSubject(app), type: 'application' };
        return { subject, message: `${subject.name} is offered to other organizations and does not lock its instances there.` };
      });
    const unclear = evidence.applications.filter(
      (app) => ![...forOthers, ...forUs].includes(app.signInAudience ?? '') || (offered.includes(app) && locksLogins(app) === undefined),
    );
    if (findings.length === 0 && unclear.length > 0)
      throw new UnknownEvidence(
        `Graph did not say clearly for whom ${list(unclear.map((app) => appSubject(app).name).sort(), 3)} is meant, or whether its instances are locked.`,
        'Entra admin center > Entra ID > App registrations > the app > Authentication: look there.',
      );
    return failIfAny(findings, offered.length);
  },
});

/** Undefined = Graph does not tell. A lock may be on and leave the logins open. */
function locksLogins({ servicePrincipalLockConfiguration: lock }: DeepReadonly<Application>): boolean | undefined {
  if (lock === null || lock?.isEnabled === false) return false;
  if (lock?.isEnabled !== true) return undefined;
  if (lock.allProperties || lock.credentialsWithUsageVerify) return true;
  return lock.allProperties === false && lock.credentialsWithUsageVerify === false ? false : undefined;
}
