import { isoDay } from '../lib/dates.ts';
import { byText, count } from '../lib/text.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What Microsoft's catalog tells of the updates of one Windows version. */
export interface CatalogProduct {
  readonly name: string;
  readonly revisions: readonly {
    readonly osBuild: { readonly buildNumber: number; readonly updateBuildRevision: number };
    readonly releaseDateTime: string;
    readonly isHotpatchUpdate: boolean;
    readonly knowledgeBaseArticle?: { readonly id: string } | null | undefined;
    readonly catalogEntry?: { readonly qualityUpdateClassification?: string | null | undefined } | null | undefined;
  }[];
}

/** An update that the catalog lists and the data of this version does not. */
export interface NewerUpdate {
  /** Empty where the catalog names no article. */
  kb: string;
  product: string;
  /** `26100.9202`. */
  build: string;
  date: string;
  hotpatch: boolean;
  /** Null where the catalog does not tell. */
  security: boolean | null;
}

/** Newest first. What came out up to the day the data ends is in it, or is left out of it for a reason. */
export function newerUpdates({ windows }: Snapshot, products: readonly CatalogProduct[], now: Date): NewerUpdate[] {
  const known = new Set(windows.updates.map(({ build, revision }) => `${build}.${revision}`));
  const found = products.flatMap(({ name, revisions }) =>
    revisions.map(({ osBuild, releaseDateTime, isHotpatchUpdate, knowledgeBaseArticle, catalogEntry }): NewerUpdate => {
      const digits = knowledgeBaseArticle?.id.replace(/\D/g, '') ?? '';
      return {
        kb: digits ? `KB${digits}` : '',
        product: name,
        build: `${osBuild.buildNumber}.${osBuild.updateBuildRevision}`,
        date: isoDay(releaseDateTime),
        hotpatch: isHotpatchUpdate,
        security: securityOf(catalogEntry?.qualityUpdateClassification),
      };
    }),
  );
  return found
    .filter(({ build, date }) => date > windows.asOf && date <= isoDay(now) && !known.has(build))
    .sort((a, b) => byText(b.date, a.date) || byText(a.kb, b.kb) || byText(a.product, b.product) || byText(a.build, b.build));
}

function securityOf(classification: string | null | undefined): boolean | null {
  if (classification === 'security' || classification === 'all') return true;
  return classification === 'nonSecurity' ? false : null;
}

/** What to say where the catalog lists updates that may hold security fixes and are not in the data; undefined where it lists none. */
export function newerUpdatesRemark(snapshot: Snapshot, products: readonly CatalogProduct[], now: Date): string | undefined {
  const newer = newerUpdates(snapshot, products, now).filter(({ security }) => security !== false);
  const [newest] = newer;
  if (!newest) return undefined;
  const kbs = new Set(newer.map(({ kb, build }) => kb || build));
  return `Microsoft's catalog lists ${count(kbs.size, 'newer update')} than the data of this program, which ends ${snapshot.windows.asOf}: the newest is ${newest.kb || newest.build} of ${newest.date}.`;
}
