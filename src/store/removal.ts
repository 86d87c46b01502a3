import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../model/history.ts';
import { transaction } from './database.ts';
import { pruneLedger } from './ledger-removal.ts';
import { newestOf, tenantRow, timelineOf } from './tables.ts';

/** Removes a tenant with all that was ever recorded of it. False = there was nothing. */
export function forgetTenant(db: DatabaseSync, tenantId: string): boolean {
  const gone = transaction(db, () => {
    const tenant = tenantRow(db, tenantId);
    if (tenant === undefined) return false;
    db.prepare('DELETE FROM runs WHERE tenant = ?').run(tenant);
    db.prepare('DELETE FROM tenants WHERE id = ?').run(tenant);
    removeUnused(db);
    return true;
  });
  if (gone) giveBack(db);
  return gone;
}

/**
 * Removes the runs before a time and what had ended by then; what still stands keeps its first day. Gives the number of
 * runs removed.
 */
export function pruneTenant(db: DatabaseSync, tenantId: string, olderThan: Instant): number {
  const pruned = transaction(db, () => {
    const tenant = tenantRow(db, tenantId);
    if (tenant === undefined) return 0;
    const timeline = timelineOf(db, tenant);
    const ended = db.prepare('DELETE FROM spans WHERE track = ? AND last < ?');
    const all = db.prepare('DELETE FROM spans WHERE track = ?');
    for (const { id } of db.prepare('SELECT id FROM tracks WHERE tenant = ?').all(tenant)) {
      const track = id as number;
      if (newestOf(timeline, track) < olderThan) all.run(track);
      else ended.run(track, olderThan);
    }
    const { changes } = db.prepare('DELETE FROM runs WHERE tenant = ? AND at < ?').run(tenant, olderThan);
    if (changes > 0) {
      pruneLedger(db, tenant, tenantId, timelineOf(db, tenant), olderThan);
      removeUnused(db);
    }
    return Number(changes);
  });
  if (pruned > 0) giveBack(db);
  return pruned;
}

/** Names and texts that nothing refers to any more. */
function removeUnused(db: DatabaseSync): void {
  db.exec(`
    DELETE FROM scopes WHERE id NOT IN (SELECT scope FROM runs);
    DELETE FROM things WHERE id NOT IN (SELECT key FROM spans);
    DELETE FROM texts WHERE id NOT IN (SELECT value FROM spans);
    DELETE FROM tenants WHERE id NOT IN (SELECT tenant FROM runs);
  `);
}

/** Deleted pages are overwritten already; this gives their room back to the disk, unless somebody is reading. */
function giveBack(db: DatabaseSync): void {
  try {
    db.exec('VACUUM');
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== 5) throw error;
  }
}
