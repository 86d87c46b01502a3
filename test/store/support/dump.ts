import { DatabaseSync } from 'node:sqlite';
import { unpackSyncs } from '../../../src/store/syncs.ts';

/** Everything a history holds, by names instead of row numbers, sorted: equal dumps are equal histories. */
export function dump(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const name = (table: string, id: string) => `(SELECT ref || ' ' || about FROM ${table} WHERE id = ${id})`;
    const spans = db
      .prepare(
        `SELECT tenants.ref AS tenant, kind, tracks.name AS track, CASE WHEN key = 0 THEN 'verdict' ELSE ${name('things', 'key')} END AS thing, text, first, last
         FROM spans JOIN tracks ON tracks.id = track JOIN tenants ON tenants.id = tenant JOIN texts ON texts.id = value`,
      )
      .all();
    const tracks = new Map(
      db
        .prepare('SELECT id, kind, name FROM tracks')
        .all()
        .map(({ id, kind, name }) => [id, `${kind} ${name}`]),
    );
    const runs = db
      .prepare(
        'SELECT ref, tenants.name, domain, at, finished, summary, content, syncs FROM runs JOIN tenants ON tenants.id = runs.tenant JOIN scopes ON scopes.id = scope',
      )
      .all();
    const things = new Map(
      db
        .prepare('SELECT id, ref FROM things')
        .all()
        .map(({ id, ref }) => [id, ref]),
    );
    return [
      ...spans.map((span) => JSON.stringify(Object.values(span))),
      ...runs.map(({ content, syncs, at, ...run }) => JSON.stringify([run, at, scopeText(content, tracks), syncText(syncs, at, things)])),
    ].sort();
  } finally {
    db.close();
  }
}

function scopeText(content: unknown, tracks: ReadonlyMap<unknown, string>): unknown {
  const scope = JSON.parse(content as string) as Record<string, number[]>;
  return Object.entries(scope).map(([kind, ids]) => [kind, ids.map((id) => tracks.get(id)).sort()]);
}

function syncText(packed: unknown, at: unknown, things: ReadonlyMap<unknown, unknown>): unknown {
  if (!packed) return null;
  const syncs: unknown[][] = [];
  unpackSyncs(packed as Uint8Array, at as number, (key, sync) => syncs.push([things.get(key), sync]));
  return syncs.map((each) => JSON.stringify(each)).sort();
}

/** The words of SQLite on the state of the file; `ok` where nothing is wrong. */
export function integrityOf(file: string): unknown {
  const db = new DatabaseSync(file);
  try {
    const problems = db.prepare('PRAGMA foreign_key_check').all();
    return problems.length > 0 ? problems : db.prepare('PRAGMA integrity_check').get()?.integrity_check;
  } finally {
    db.close();
  }
}
