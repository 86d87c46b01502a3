/**
 * The schema of the history, step by step: a history of version n has the first n steps behind it (`PRAGMA user_version`).
 * Steps that were released are never changed, only followed.
 *
 * `spans` is the heart. A track is one question that runs answer again and again: what a check finds, which
 * systems the devices have. In a track, a key (a device, a subject) keeps a value from `first` to `last`, two
 * starting times of runs; `last` is null while that still held in the newest run that answered the track. A scope names
 * the tracks that a run answered. So a run that finds nothing new adds one row.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE tenants (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    domain TEXT NOT NULL
  ) STRICT;

  CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants ON DELETE CASCADE,
    content TEXT NOT NULL,
    UNIQUE (tenant, content)
  ) STRICT;

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants ON DELETE CASCADE,
    at INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    scope INTEGER NOT NULL REFERENCES scopes,
    summary TEXT NOT NULL,
    syncs BLOB,
    UNIQUE (tenant, at)
  ) STRICT;

  CREATE TABLE tracks (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants ON DELETE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (tenant, kind, name)
  ) STRICT;

  CREATE TABLE things (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants ON DELETE CASCADE,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    about TEXT NOT NULL,
    UNIQUE (tenant, kind, ref)
  ) STRICT;

  CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE spans (
    track INTEGER NOT NULL REFERENCES tracks ON DELETE CASCADE,
    key INTEGER NOT NULL,
    value INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER,
    PRIMARY KEY (track, key, first)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX open_spans ON spans (track) WHERE last IS NULL;
  `,
  // The ledger, one chain per tenant: an entry's hash covers the hash before it. Without a body: removed by retention.
  `
  CREATE TABLE ledger (
    tenant INTEGER NOT NULL REFERENCES tenants ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body BLOB,
    hash BLOB NOT NULL,
    PRIMARY KEY (tenant, number)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX ledger_words ON ledger (tenant, number) WHERE kind IN ('update', 'pruned');

  CREATE TABLE ledger_heads (
    tenant INTEGER PRIMARY KEY REFERENCES tenants ON DELETE CASCADE,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  `,
];
