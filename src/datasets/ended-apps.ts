import type { DeepReadonly } from '../kit/kit.ts';
import type { MobileApp } from './graph/mobileApps.ts';

/** Why an app that Intune hands out is over. */
export interface EndedApp {
  because: string;
  /** Id in the list of retirements. */
  retirement?: string;
}

const stores: readonly (readonly [RegExp, string])[] = [
  [/^microsoftStoreForBusinessApp$/, 'an app of Microsoft Store for Business, which hands out nothing any more'],
  [/^windowsPhone/, 'an app for Windows Phone, which ended in 2017'],
];

/** Retired apps by their id in Apple's and Google's store. */
const retired: readonly { retirement?: string; ids: readonly string[]; because: string }[] = [
  { retirement: 'microsoft-lens', ids: ['com.microsoft.officelens', 'com.microsoft.office.officelens'], because: 'Microsoft Lens, which ended in March 2026' },
  { retirement: 'outlook-lite', ids: ['com.microsoft.outlooklite'], because: 'Outlook Lite, which ended in May 2026' },
  { ids: ['com.microsoft.mobile.polymer'], because: 'Kaizala, which ended in August 2023' },
];

export function endedApp(app: DeepReadonly<MobileApp>): EndedApp | undefined {
  const storeId = (app.bundleId ?? app.packageId ?? '').toLowerCase();
  const known = retired.find(({ ids }) => ids.includes(storeId));
  if (known) return { because: known.because, ...(known.retirement ? { retirement: known.retirement } : {}) };
  const type = app['@odata.type'].replace('#microsoft.graph.', '');
  const store = stores.find(([of]) => of.test(type));
  return store ? { because: store[1] } : undefined;
}
