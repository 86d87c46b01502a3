/** One object as the tenant holds it: structural and navigation properties by name; absent = null. */
export type Row = Readonly<Record<string, unknown>>;

/** A list that may be made on demand: nothing is held for rows nobody asks for. */
export interface Collection {
  size: number;
  /** The row; where `names` are given, at least those properties of it. */
  at(index: number, names?: readonly string[]): Row;
  /** Every row is made when asked for and belongs to who asked; it has one type and, where names are given, nothing beside them. */
  fresh?: true;
  /** The row with this id; absent = found by walking through. */
  find?(id: string): Row | undefined;
  /** Properties whose order is worth remembering, so that a range of them is found without walking through the list. */
  ranged?: readonly string[];
  /** The property by which the rows descend as they stand, newest first: its order need not be remembered. */
  descending?: string;
  /** Rows of one kind are alike in these properties, so a filter on them is asked once per kind. */
  kinds?: { count: number; of(index: number): number; names: ReadonlySet<string> };
}

/** How each property of the nth row is made. */
export type Fields = Readonly<Record<string, (index: number) => unknown>>;

/** A list whose rows are made property by property. */
export function tableOf(size: number, fields: Fields, more: Omit<Collection, 'size' | 'at'> = {}): Collection {
  return { ...more, size, fresh: true, at: (index, names) => rowOf(fields, index, names) };
}

export function rowOf(fields: Fields, index: number, names: readonly string[] = Object.keys(fields)): Row {
  const row: Record<string, unknown> = {};
  for (const name of names) {
    const field = fields[name];
    if (field) row[name] = field(index);
  }
  return row;
}

export function listOf(rows: readonly Row[]): Collection {
  return { size: rows.length, at: (index) => rows[index] ?? {} };
}

/** Known rows first, then made ones up to a size. */
export function extended(known: readonly Row[], size: number, fields: Fields, more: Omit<Collection, 'size' | 'at'> = {}): Collection {
  if (size <= known.length) return { ...more, ...listOf(known) };
  return { ...more, size, at: (index, names) => known[index] ?? rowOf(fields, index, names) };
}

export const emptyList: Collection = listOf([]);

/** Makes a list when it is first asked for, and keeps it: what is remembered of its order stays valid. */
export function onDemand<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function rowsOf(collection: Collection): Row[] {
  return Array.from({ length: collection.size }, (_, index) => collection.at(index));
}

/** Finds by `id`, or by an alternate key such as `appId='…'`. */
export function findRow(collection: Collection, key: string): Row | undefined {
  const alternate = /^(\w+)='(.*)'$/.exec(key);
  if (!alternate && collection.find) return collection.find(key);
  const [name, value] = alternate ? [alternate[1] as string, alternate[2]] : ['id', key];
  for (let index = 0; index < collection.size; index++) {
    if (String(collection.at(index, [name])[name]).toLowerCase() === value?.toLowerCase()) return collection.at(index);
  }
  return undefined;
}

export function isCollection(value: Collection | Row): value is Collection {
  return typeof value.at === 'function';
}
