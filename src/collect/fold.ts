import type { AnyDataset } from '../kit/kit.ts';
import type { Unread } from '../model/evidence.ts';
import { fitsOf } from './fits.ts';

/** Streams the rows of one dataset through its schema and its reducer. The only place where rows are judged fit. */
export interface Fold {
  /** Adds a page. Returns why the dataset is unreadable as soon as one row does not fit. */
  add(rows: readonly unknown[], key?: string): Unread | undefined;
  readonly kept: unknown;
  readonly items: number;
  readonly pages: number;
}

export function startFold(dataset: AnyDataset): Fold {
  const fits = fitsOf(dataset.row);
  let kept: unknown = dataset.keep.start();
  let items = 0;
  let pages = 0;
  return {
    get kept() {
      return kept;
    },
    get items() {
      return items;
    },
    get pages() {
      return pages;
    },
    add(rows, key) {
      pages += 1;
      for (const row of rows) {
        items += 1;
        if (fits?.(row)) {
          kept = dataset.keep.add(kept, row, key);
          continue;
        }
        const parsed = dataset.row.safeParse(row);
        if (!parsed.success) return misfit(dataset, pages, parsed.error.issues[0]);
        kept = dataset.keep.add(kept, parsed.data, key);
      }
      return undefined;
    },
  };
}

/** Names the place, never the value: it may be personal data. */
function misfit(dataset: AnyDataset, page: number, issue: { path: PropertyKey[]; message: string } | undefined): Unread {
  const place = issue?.path.join('.') || 'the row itself';
  return {
    ok: false,
    reason: 'shape',
    detail: `A row of ${dataset.id} (page ${page}) is not as Microsoft describes it: ${place}: ${issue?.message ?? 'not valid'}.`,
    fix: 'Update tidytenant; if it stays, report the name of the property.',
  };
}
