import { describe, expect, it } from 'vitest';
import { newerUpdates, newerUpdatesRemark } from '../../src/advisories/newer-updates.ts';
import { loadSnapshot } from '../../src/advisories/snapshot.ts';
import { catalogProduct, catalogRevision } from '../datasets/update-service-rows.ts';

const snapshot = loadSnapshot();
const now = new Date('2026-08-20T12:00:00Z');
const listed = (...revisions: ReturnType<typeof catalogRevision>[]) => [catalogProduct(revisions)];

describe('updates newer than the data', () => {
  it('are those after its last day, up to the scan', () => {
    const revisions = [
      catalogRevision('2026-08-11', 9168),
      catalogRevision('2026-08-12', 9190, { kb: '5999901' }),
      catalogRevision('2026-08-20', 9199, { kb: 'KB5999902', hotpatch: true }),
      catalogRevision('2026-08-21', 9200),
    ];
    expect(newerUpdates(snapshot, listed(...revisions), now)).toEqual([
      { kb: 'KB5999902', product: 'Windows 11, version 24H2', build: '26100.9199', date: '2026-08-20', hotpatch: true, security: true },
      { kb: 'KB5999901', product: 'Windows 11, version 24H2', build: '26100.9190', date: '2026-08-12', hotpatch: false, security: true },
    ]);
  });

  it('leave out what the data has under another day', () => {
    expect(newerUpdates(snapshot, listed(catalogRevision('2026-08-13', 9168)), now)).toEqual([]);
  });

  it('are named where they may hold security fixes', () => {
    const preview = catalogRevision('2026-08-19', 9210, { classification: 'nonSecurity', kb: 'KB5999903' });
    const untold = catalogRevision('2026-08-18', 9205, { classification: 'someNewClass', kb: 'KB5999904' });
    expect(newerUpdatesRemark(snapshot, listed(preview), now)).toBeUndefined();
    expect(newerUpdatesRemark(snapshot, listed(preview, untold), now)).toBe(
      "Microsoft's catalog lists 1 newer update than the data of this program, which ends 2026-08-11: the newest is KB5999904 of 2026-08-18.",
    );
    expect(newerUpdatesRemark(snapshot, listed({ ...untold, catalogEntry: null, knowledgeBaseArticle: null }), now)).toMatch(/the newest is 26100.9205 of/);
  });
});
