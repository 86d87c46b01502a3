import { deviceInventory } from '../../src/datasets/graph/deviceInventory.ts';
import { deviceOnboarding } from '../../src/datasets/graph/deviceOnboarding.ts';
import { organization } from '../../src/datasets/graph/organization.ts';
import { serverProducts } from '../../src/datasets/graph/serverProducts.ts';
import { type ServerInstallation, serverInstallations } from '../../src/datasets/server-products.ts';
import { serverReach } from '../../src/datasets/watched-devices.ts';
import { defineCheck, type Finding, failIfAny, UnknownEvidence } from '../../src/kit/kit.ts';
import { isoDay } from '../../src/lib/dates.ts';
import { byText, count, list } from '../../src/lib/text.ts';

export default defineCheck({
  id: 'server-products-ended',
  title: 'No server runs an ended Exchange, SharePoint or Skype for Business',
  failTitle: 'Servers run an ended Exchange, SharePoint or Skype for Business',
  why: 'These servers are often reachable from the internet and trusted by the cloud. Attackers search for them as soon as a hole is known, and an ended version gets no fix for it.',
  severity: 'high',
  controls: [{ framework: 'CIS Controls 8.1', id: '2.2' }],
  references: [
    { label: 'Exchange Server build numbers', url: 'https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates' },
    { label: 'SharePoint Server 2019 lifecycle', url: 'https://learn.microsoft.com/lifecycle/products/sharepoint-server-2019' },
    { label: 'Inventory of software in Defender', url: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-devicetvmsoftwareinventory-table' },
  ],
  remediation: {
    effort: 'high',
    impact: 'Mail, documents or calls of the server stand still while it is upgraded or moved.',
    steps: [
      'Find out what the server still does: mailboxes and mail flow, sites and search, telephones, or only the management of synchronized recipients.',
      'Upgrade to the Subscription Edition, or move what is left to Microsoft 365.',
      'Remove the last server as Microsoft describes it, with its trust to the tenant. Until then close it off from the internet.',
    ],
    command:
      "Start-MgSecurityHuntingQuery -Query \"DeviceTvmSoftwareInventory | where SoftwareName contains 'exchange_server' or SoftwareName contains 'sharepoint' or SoftwareName contains 'skype_for_business_server'\"",
    rollback: 'Restore the server from its backup; keep the old one switched off until the new one has proven itself.',
  },
  needs: { serverProducts, deviceInventory, deviceOnboarding, organization },

  evaluate({ serverProducts, deviceInventory: servers, deviceOnboarding: onboarding, organization }, { now }) {
    const installed = serverInstallations(serverProducts);
    const { watched, unknown } = serverReach({ servers, onboarding, organization });
    const examined = Math.max(watched, new Set(installed.map(({ device }) => device.id)).size);
    const findings = installed.flatMap((each) => endedFinding(each, isoDay(now)));
    if (findings.length > 0) return failIfAny(findings, examined);
    const untold = installed.filter(({ product }) => !product);
    if (untold[0])
      throw new UnknownEvidence(
        `Which version of ${untold[0].family} runs on ${list(
          untold.map(({ device }) => device.name),
          5,
        )}, Defender does not tell.`,
        'Look at the version on the server itself.',
      );
    if (unknown)
      throw new UnknownEvidence(
        unknown,
        'Onboard the servers to Defender, or look through the list of servers for Exchange, SharePoint and Skype for Business.',
      );
    if (examined === 0) return { verdict: 'notApplicable', because: 'Defender saw no Windows server within 30 days.' };
    return failIfAny([], examined, stillServed(installed));
  },
});

function endedFinding({ product, device, version }: ServerInstallation, today: string): Finding[] {
  if (!product?.ends || today <= product.ends) return [];
  const paid = product.paidUntil ? `; updates could be bought until ${product.paidUntil}` : '';
  return [
    {
      subject: { type: 'device', id: device.id, name: device.name },
      message: `${product.name} runs on this server, and its support ended on ${product.ends}${paid}.`,
      facts: {
        product: product.name,
        ...(version ? { version } : {}),
        ended: product.ends,
        // Empty where it ended before the list of retirements begins: the finding is then about none of them.
        retirements: product.retirement ?? '',
      },
    },
  ];
}

/** Versions in use whose end is known. */
function stillServed(installed: readonly ServerInstallation[]): string | undefined {
  const ending = installed.flatMap(({ product }) => (product?.ends ? [`${product.name} until ${product.ends}`] : [])).sort(byText);
  const groups = [...Map.groupBy(ending, (each) => each)].map(([each, all]) => `${each} on ${count(all.length, 'server')}`);
  return groups.length > 0 ? `Supported for now: ${list(groups)}.` : undefined;
}
