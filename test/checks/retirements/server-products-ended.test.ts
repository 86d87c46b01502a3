import { expect } from 'vitest';
import check from '../../../checks/retirements/server-products-ended.ts';
import { onboarding, product, server } from '../../datasets/hunting-rows.ts';
import { checkTable } from '../../support/check-table.ts';

const tenant = { id: 't1', verifiedDomains: [], onPremisesSyncEnabled: null };
const served = { serverProducts: [], deviceInventory: [server()], deviceOnboarding: [onboarding()], organization: [tenant] };
const runs = (SoftwareName: string, SoftwareVersion: string | null) => ({ ...served, serverProducts: [product({ SoftwareName, SoftwareVersion })] });
const on = (day: string) => ({ now: new Date(`${day}T12:00:00Z`) });

checkTable(check, [
  { it: 'passes without such a product', evidence: served, expect: { pass: 1 } },
  { it: 'passes with the Subscription Edition of Exchange', evidence: runs('exchange_server_se', '15.02.2562.056'), expect: { pass: 1 } },
  { it: 'passes with the Subscription Edition of SharePoint', evidence: runs('sharepoint_server', '16.0.19725.20522'), expect: { pass: 1 } },
  {
    it: 'passes with the Subscription Edition of Skype for Business',
    evidence: runs('skype_for_business_server_subscription_edition', '7.0.2046.889'),
    expect: { pass: 1 },
  },
  {
    it: 'fails Exchange 2019 and says where',
    evidence: runs('exchange_server_2019', '15.02.1748.055'),
    expect: { fail: ['s1'] },
    and: (judgement) =>
      expect(judgement).toMatchObject({
        examined: 1,
        findings: [
          {
            subject: { name: 'SRV-1' },
            facts: { product: 'Exchange Server 2019', version: '15.02.1748.055', ended: '2025-10-14', retirements: 'exchange-2016-2019' },
          },
        ],
      }),
  },
  { it: 'fails Exchange 2016 by its version alone', evidence: runs('exchange_server', '15.1.2507.77'), expect: { fail: ['s1'] } },
  {
    it: 'fails SharePoint 2016',
    evidence: runs('sharepoint_server_2016', '16.0.5565.1001'),
    expect: { fail: ['s1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'sharepoint-server-2016-2019' } }] }),
  },
  {
    it: 'fails Skype for Business 2019 by its name',
    evidence: runs('skype_for_business_server_2019', '7.0.2046.583'),
    expect: { fail: ['s1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'sfb-server-2015-2019' } }] }),
  },
  {
    it: 'fails what ended long ago, which is in no list of retirements',
    evidence: runs('exchange_server', '15.00.1497.048'),
    expect: { fail: ['s1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { product: 'Exchange Server 2013', retirements: '' } }] }),
  },
  {
    it: 'passes on the last day of support, and says so',
    evidence: runs('sharepoint_server_2019', '16.0.10417.20198'),
    context: on('2026-07-14'),
    expect: { pass: 1 },
    and: (judgement) => expect(judgement).toMatchObject({ because: 'Supported for now: SharePoint Server 2019 until 2026-07-14 on 1 server.' }),
  },
  {
    it: 'fails on the day after',
    evidence: runs('sharepoint_server_2019', '16.0.10417.20198'),
    context: on('2026-07-15'),
    expect: { fail: ['s1'] },
  },
  { it: 'does not know a version that neither name nor number tells', evidence: runs('exchange_server', null), expect: 'unknown' },
  { it: 'does not know Skype for Business by its version alone', evidence: runs('skype_for_business_server', '7.0.2046.583'), expect: 'unknown' },
  {
    it: 'names each product of a server once',
    evidence: {
      ...served,
      serverProducts: [
        product({ SoftwareName: 'sharepoint_server_2019', SoftwareVersion: '16.0.10417.20198' }),
        product({ SoftwareName: 'sharepoint_server', SoftwareVersion: '16.0.10417.20000' }),
        product({ SoftwareName: 'sharepoint_server', SoftwareVersion: null }),
      ],
    },
    expect: { fail: ['s1'] },
  },
  { it: 'leaves tools beside the server aside', evidence: runs('sharepoint_server_2019_client_components_sdk', '16.0.10000.1000'), expect: { pass: 1 } },
  {
    it: 'does not know servers that Defender does not watch',
    evidence: { ...served, deviceInventory: [server(), server({ DeviceId: 's2', OnboardingStatus: 'Can be onboarded', SystemVersion: null })] },
    expect: 'unknown',
  },
  {
    it: 'does not know watched servers without an inventory yet',
    evidence: { ...served, deviceInventory: [server({ SystemVersion: null })] },
    expect: 'unknown',
  },
  {
    it: 'does not know a server of an onboarding status of the future',
    evidence: { ...served, deviceInventory: [server({ OnboardingStatus: 'Half onboarded' })] },
    expect: 'unknown',
  },
  {
    it: 'finds what it sees, though not every server is watched',
    evidence: {
      ...served,
      serverProducts: [product()],
      deviceInventory: [server(), server({ DeviceId: 's2', OnboardingStatus: 'Can be onboarded', SystemVersion: null })],
    },
    expect: { fail: ['s1'] },
  },
  {
    it: 'leaves Linux servers and network devices aside',
    evidence: {
      ...served,
      deviceInventory: [
        server({ OSPlatform: 'Linux', OnboardingStatus: 'Can be onboarded' }),
        server({ DeviceId: 'n1', DeviceType: 'NetworkDevice', OSPlatform: null }),
      ],
    },
    expect: 'notApplicable',
  },
  { it: 'does not apply to a tenant of the cloud without servers', evidence: { ...served, deviceInventory: [] }, expect: 'notApplicable' },
  {
    it: 'does not know the servers from which the directory is synchronized, where Defender saw none',
    evidence: { ...served, deviceInventory: [], organization: [{ ...tenant, onPremisesSyncEnabled: true }] },
    expect: 'unknown',
  },
  {
    it: 'does not know anything where Defender watches nothing',
    evidence: { ...served, deviceInventory: [], deviceOnboarding: [] },
    expect: 'unknown',
  },
]);
