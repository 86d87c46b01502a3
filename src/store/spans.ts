import type { DatabaseSync } from 'node:sqlite';
import type { Instant } from '../model/history.ts';

/** Where a run lies among the runs that answered a track. */
export interface Place {
  at: Instant;
  before: Instant | null;
  after: Instant | null;
}

export interface StoredSpan {
  key: number;
  value: number;
  first: Instant;
  last: Instant | null;
}

/**
 * Adds what one run saw of a track: a value per key, and nothing for keys that were not there. Runs may come in any order;
 * the spans are the same. Where the run is the newest, only changes are written.
 */
export function addToTrack(db: DatabaseSync, track: number, place: Place, values: ReadonlyMap<number, number>): void {
  const { at, before, after } = place;
  const end = db.prepare('UPDATE spans SET last = ? WHERE track = ? AND key = ? AND first = ?');
  const start = db.prepare('UPDATE spans SET first = ? WHERE track = ? AND key = ? AND first = ?');
  const insert = db.prepare('INSERT INTO spans (track, key, value, first, last) VALUES (?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM spans WHERE track = ? AND key = ? AND first = ?');
  const left = new Map(values);
  for (const span of spansAround(db, track, place)) {
    const same = values.get(span.key) === span.value;
    // A span that starts or ends here is one that pruning left: its run is gone and comes back.
    const covers = span.first <= at && (span.last === null || span.last >= at);
    const ends = span.last !== null && span.last === before;
    const starts = span.first === after;
    if (covers && !same) {
      // After pruning a span can start before the oldest run that is left.
      if (span.first === at) remove.run(track, span.key, at);
      else end.run(Math.max(before ?? span.first, span.first), track, span.key, span.first);
      if (after !== null && span.last !== at) insert.run(track, span.key, span.value, after, span.last);
    } else if (same && left.has(span.key) && (covers || ends || starts)) {
      left.delete(span.key);
      if (ends) end.run(at, track, span.key, span.first);
      if (starts) start.run(at, track, span.key, span.first);
    }
  }
  for (const [key, value] of left) insert.run(track, key, value, at, after === null ? null : at);
}

/** The spans that reach from the run before to the run after, or a part of that way. */
function spansAround(db: DatabaseSync, track: number, { at, before, after }: Place): StoredSpan[] {
  const columns = 'SELECT key, value, first, last FROM spans WHERE track = ?';
  // What was seen in the newest run is open: the index knows it.
  if (after === null) return db.prepare(`${columns} AND last IS NULL`).all(track) as unknown as StoredSpan[];
  return db.prepare(`${columns} AND first <= ? AND (last IS NULL OR last >= ?)`).all(track, after, before ?? at) as unknown as StoredSpan[];
}
