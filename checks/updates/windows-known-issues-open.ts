import { issueState, issueTouches, productLine } from '../../src/advisories/known-issues.ts';
import { eligibleWindows, isWindowsServer } from '../../src/datasets/devices.ts';
import { managedDevices } from '../../src/datasets/graph/managedDevices.ts';
import { type KnownIssue, updateProducts } from '../../src/datasets/graph/updateProducts.ts';
import { autopatchPlans } from '../../src/datasets/intune.ts';
import { type CheckContext, type DeepReadonly, defineCheck, type Finding, failIfAny, type KeptOf, UnknownEvidence } from '../../src/kit/kit.ts';
import { byText, count } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'windows-known-issues-open',
  title: 'No unsolved problem that Microsoft knows touches the installed Windows builds',
  failTitle: 'Problems that Microsoft knows and has not solved touch installed Windows builds',
  why: 'When something stops working after an update, hours go into looking for a cause that Microsoft has already published. A safeguard hold also explains why a computer is not offered a new version.',
  severity: 'low',
  controls: [],
  references: [
    { label: 'Windows release health', url: 'https://learn.microsoft.com/windows/release-health/' },
    { label: 'Safeguard holds', url: 'https://learn.microsoft.com/windows/deployment/update/safeguard-holds' },
    { label: 'Known issues in Microsoft Graph', url: 'https://learn.microsoft.com/graph/api/resources/windowsupdates-knownissue' },
  ],
  servicePlans: autopatchPlans,
  remediation: {
    effort: 'low',
    impact: 'None for users.',
    steps: [
      'Microsoft 365 admin center > Health > Windows release health > Known issues: read each issue named here and what helps until it is solved.',
      'Tell the service desk. Where it would stop work, pause the ring of most computers before the update reaches them.',
      'Which computers a safeguard hold keeps back, Microsoft Graph does not tell a program that only reads. Intune admin center > Devices > Monitor > Feature update failures, and Reports > Windows updates > Windows Feature Update Report show them, with the number of the hold.',
      'Do not switch off a safeguard hold to get a version sooner: it waits for the cure.',
    ],
    command: `Invoke-MgGraphRequest -Uri 'https://graph.microsoft.com/beta/admin/windows/updates/products?$expand=knownIssues'`,
    rollback: 'Nothing to undo; a paused ring is resumed on the same page.',
  },
  needs: { updateProducts, managedDevices },

  evaluate({ updateProducts, managedDevices }, { now, snapshot }) {
    const fleet = new Map<string, { osVersion: string | null; server: boolean; devices: number }>();
    for (const device of eligibleWindows(managedDevices, now)) {
      const server = isWindowsServer(device);
      const key = `${server} ${device.osVersion ?? ''}`;
      const found = fleet.get(key);
      if (found) found.devices += 1;
      else fleet.set(key, { osVersion: device.osVersion ?? null, server, devices: 1 });
    }
    const devices = [...fleet.values()].reduce((sum, version) => sum + version.devices, 0);
    if (devices === 0) return { verdict: 'notApplicable', because: 'No Windows device checked in within 30 days.' };
    if (updateProducts.length === 0) throw new UnknownEvidence('The Windows update service lists no Windows version.');
    const touched = issuesTouching(updateProducts, [...fleet.values()], snapshot);
    const findings = touched.filter(({ devices }) => devices > 0).map(open);
    const [unknown] = touched.filter(({ devices, perhaps }) => devices === 0 && perhaps > 0).map(({ issue }) => issue.id);
    if (findings.length === 0 && unknown)
      throw new UnknownEvidence(
        `Whether the known issue ${unknown} touches installed builds is not clear: the update that brought it, or its state, is not known here.`,
        'Read it in Microsoft 365 admin center > Health > Windows release health.',
      );
    return failIfAny(findings, devices);
  },
});

interface Touched {
  issue: DeepReadonly<KnownIssue>;
  products: string[];
  devices: number;
  perhaps: number;
}

/** Every issue that is not closed, once, however many Windows versions it is listed for; by id. */
function issuesTouching(
  products: DeepReadonly<KeptOf<typeof updateProducts>>,
  fleet: readonly { osVersion: string | null; server: boolean; devices: number }[],
  snapshot: CheckContext['snapshot'],
): Touched[] {
  const issues = new Map<string, Touched>();
  for (const product of [...products].sort((a, b) => byText(a.name, b.name))) {
    const line = productLine(snapshot, product.name);
    if (!line) continue;
    for (const issue of product.knownIssues) {
      const state = issueState(issue);
      if (state === 'closed') continue;
      const entry = issues.get(issue.id) ?? { issue, products: [], devices: 0, perhaps: 0 };
      issues.set(issue.id, entry);
      const touches = issueTouches(snapshot, line, issue);
      for (const { osVersion, server, devices } of fleet) {
        const touch = touches(osVersion, server);
        if (touch === 'touched' && state === 'open') entry.devices += devices;
        else if (touch !== 'untouched') entry.perhaps += devices;
        if (touch === 'touched' && !entry.products.includes(product.name)) entry.products.push(product.name);
      }
    }
  }
  return [...issues.values()].sort((a, b) => byText(a.issue.id, b.issue.id));
}

function open({ issue, products, devices }: Touched): Finding {
  const holds = issue.safeguardHoldIds ?? [];
  const held = holds.length > 0 ? ` Microsoft holds back new versions from computers it concerns (safeguard hold ${holds.join(', ')}).` : '';
  return {
    subject: { type: 'knownIssue', id: issue.id, name: issue.title || issue.id },
    message: `${count(devices, 'Windows device')} with ${products.join(', ')} ${devices === 1 ? 'has' : 'have'} a build that this issue touches; its state is ${issue.status}.${held}`,
    facts: { devices, state: issue.status, ...(holds.length > 0 ? { safeguardHolds: holds.join(', ') } : {}) },
  };
}
