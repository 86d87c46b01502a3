import { expect } from 'vitest';
import check from '../../../checks/retirements/ended-apps-handed-out.ts';
import { checkTable } from '../../support/check-table.ts';

const app = (kind: string, change: Record<string, unknown> = {}) => ({
  '@odata.type': `#microsoft.graph.${kind}`,
  id: 'a1',
  displayName: 'App',
  isAssigned: true,
  ...change,
});
const of = (...apps: unknown[]) => ({ mobileApps: apps });
const lens = { bundleId: 'com.microsoft.officelens' };

checkTable(check, [
  { it: 'passes without apps', evidence: of(), expect: { pass: 0 } },
  { it: 'passes with apps of today', evidence: of(app('iosStoreApp', { bundleId: 'com.microsoft.Office.Outlook' })), expect: { pass: 1 } },
  { it: 'does not look at installers of the company', evidence: of(app('win32LobApp'), app('windowsMobileMSI')), expect: { pass: 0 } },
  {
    it: 'fails Lens, and says which entry it is about',
    evidence: of(app('iosStoreApp', lens)),
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: 'microsoft-lens' } }] }),
  },
  {
    it: 'fails it however it is spelt',
    evidence: of(app('androidManagedStoreApp', { packageId: 'com.Microsoft.Office.OfficeLens' })),
    expect: { fail: ['a1'] },
  },
  { it: 'fails Outlook Lite', evidence: of(app('androidManagedStoreApp', { packageId: 'com.microsoft.outlooklite' })), expect: { fail: ['a1'] } },
  {
    it: 'fails an app of an ended store, which no entry is about',
    evidence: of(app('microsoftStoreForBusinessApp')),
    expect: { fail: ['a1'] },
    and: (judgement) => expect(judgement).toMatchObject({ findings: [{ facts: { retirements: '' } }] }),
  },
  { it: 'fails an app for Windows Phone', evidence: of(app('windowsPhone81AppX')), expect: { fail: ['a1'] } },
  { it: 'passes one that is assigned to nobody', evidence: of(app('iosStoreApp', { ...lens, isAssigned: false })), expect: { pass: 1 } },
  { it: 'is unknown where the assignment is not told', evidence: of(app('iosStoreApp', { ...lens, isAssigned: null })), expect: 'unknown' },
]);
