import { appSubject, isOutside, publisherText } from '../../src/datasets/app-ownership.ts';
import { applications } from '../../src/datasets/graph/applications.ts';
import { servicePrincipals } from '../../src/datasets/graph/servicePrincipals.ts';
import { defineCheck, type Finding, failIfAny } from '../../src/kit/kit.ts';
import { list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'apps-with-office-addins',
  title: 'No app hooks itself into Office or OneDrive unreviewed',
  failTitle: 'Apps hook themselves into Office or OneDrive',
  why: 'Such an app is called with the document a person is working on. Whoever runs it, or breaks into it, sees what passes through.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'addIn resource', url: 'https://learn.microsoft.com/graph/api/resources/addin' },
    { label: 'File handlers', url: 'https://learn.microsoft.com/onedrive/developer/file-handlers/' },
  ],
  remediation: {
    effort: 'low',
    impact: 'The menu entries and previews of the add-in disappear within one or two days.',
    steps: [
      'Ask who uses the add-in and for which file types.',
      'Unwanted, own registration: Entra admin center > Entra ID > App registrations > the app > Manifest: empty the property addIns.',
      'Unwanted, outside app: Enterprise apps > the app > Properties: set "Enabled for users to sign-in" to No, or delete it.',
      'Wanted: accept it in the configuration with a reason and an end date.',
    ],
    command: 'Update-MgApplication -ApplicationId <object-id> -BodyParameter @{addIns=@()}',
    rollback: 'Put the previous value back into addIns (copy the manifest before the change).',
  },
  needs: { applications, servicePrincipals },

  evaluate(evidence, { tenant }) {
    const own: Finding[] = evidence.applications.flatMap((app) =>
      app.addIns.length > 0 ? [addInFinding({ ...appSubject(app), type: 'application' }, kinds(app.addIns), 'this organization')] : [],
    );
    // The service principal of an own registration repeats its add-ins; only outside apps are named by theirs.
    const outside = evidence.servicePrincipals.filter((app) => isOutside(app, tenant.id));
    const others: Finding[] = outside.flatMap((app) =>
      app.addIns.length > 0 ? [addInFinding(appSubject(app), kinds(app.addIns), publisherText(app, tenant.id))] : [],
    );
    return failIfAny([...own, ...others], evidence.applications.length + outside.length);
  },
});

function kinds(addIns: readonly { readonly type: string }[]): string[] {
  return [...new Set(addIns.map((addIn) => addIn.type))].sort();
}

function addInFinding(subject: Finding['subject'], types: string[], publisher: string): Finding {
  return { subject, message: `${subject.name} (${publisher}) carries add-ins of the kind ${list(types)}.`, facts: { types: types.join(', '), publisher } };
}
