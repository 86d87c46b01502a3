import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areas } from '../src/model/verdict.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The two files of a new check: what is left to say is marked FILL IN, and a conformance test refuses those words. */
export function scaffold(area: string, id: string): { path: string; text: string }[] {
  return [
    { path: join('checks', area, `${id}.ts`), text: checkText(id) },
    { path: join('test', 'checks', area, `${id}.test.ts`), text: tableText(area, id) },
  ];
}

/** Why `area/id` cannot be a check, or undefined. */
export function objection(area: string, id: string): string | undefined {
  if (!areas.some((each) => each === area)) return `"${area}" is not an area. Areas: ${areas.join(', ')}.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) return `"${id}" is not <thing>-<failing-state> in kebab-case, such as guests-inactive.`;
  return id.length > 40 ? `"${id}" is longer than 40 characters.` : undefined;
}

function checkText(id: string): string {
  return `import { organization } from '../../src/datasets/graph/organization.ts';
import { defineCheck, failIfAny } from '../../src/kit/kit.ts';

export default defineCheck({
  id: '${id}',
  title: 'FILL IN: a sentence that is true when the tenant passes',
  failTitle: 'FILL IN: a sentence that is true when it fails',
  why: 'FILL IN: what goes wrong if nobody acts, for a business owner.',
  severity: 'medium',
  controls: [],
  references: [{ label: 'FILL IN', url: 'https://learn.microsoft.com/' }],
  remediation: {
    effort: 'low',
    impact: 'FILL IN: what users will notice.',
    steps: ['FILL IN: the path in the portal, in words a person can follow.'],
    rollback: 'FILL IN: how to undo it.',
  },
  needs: { organization },

  evaluate({ organization }) {
    if (!organization) return { verdict: 'notApplicable', because: 'FILL IN: what does not exist here.' };
    const broken = organization.displayName === 'FILL IN';
    const finding = { subject: { type: 'organization', id: organization.id, name: organization.displayName ?? '' }, message: 'FILL IN: one plain sentence.' };
    return failIfAny(broken ? [finding] : [], 1);
  },
});
`;
}

function tableText(area: string, id: string): string {
  return `import check from '../../../checks/${area}/${id}.ts';
import { checkTable } from '../../support/check-table.ts';

const good = { id: 'o1', displayName: 'Contoso', verifiedDomains: [{ name: 'contoso.com', isDefault: true }] };

checkTable(check, [
  { it: 'passes when FILL IN', evidence: { organization: [good] }, expect: { pass: 1 } },
  { it: 'fails when FILL IN', evidence: { organization: [{ ...good, displayName: 'FILL IN' }] }, expect: { fail: ['o1'] } },
  { it: 'does not apply without FILL IN', evidence: { organization: [] }, expect: 'notApplicable' },
]);
`;
}

async function run(target: string | undefined): Promise<number> {
  const [area = '', id = ''] = (target ?? '').split('/');
  const wrong = objection(area, id);
  if (wrong) {
    console.error(`${wrong}\nUsage: npm run new-check <area>/<id>`);
    return 64;
  }
  const files = scaffold(area, id);
  for (const { path } of files) {
    const exists = await access(join(root, path)).then(
      () => true,
      () => false,
    );
    if (exists) {
      console.error(`${path} exists already; nothing was written.`);
      return 65;
    }
  }
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(path);
  }
  console.log('Replace every FILL IN, then: npm run docs && npm test');
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await run(process.argv[2]);
