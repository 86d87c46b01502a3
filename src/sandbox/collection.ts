/** One object as the tenant holds it: structural and navigation properties by name; absent = null. */
export type Row = Readonly<Record<string, unknown>>;

/** A list that may be made on demand: nothing is held for rows nobody asks for. */
export interface Collection {
  size: number;
  at(index: number): Row;
  /** The row with this id; absent = found by walking through. */
  find?(id: string): Row | undefined;
}

export function listOf(rows: readonly Row[]): Collection {
  return { size: rows.length, at: (index) => rows[index] ?? {} };
}

export const emptyList: Collection = listOf([]);

export function rowsOf(collection: Collection): Row[] {
  return Array.from({ length: collection.size }, (_, index) => collection.at(index));
}

/** Finds by `id`, or by an alternate key such as `appId='…'`. */
export function findRow(collection: Collection, key: string): Row | undefined {
  const alternate = /^(\w+)='(.*)'$/.exec(key);
  if (!alternate && collection.find) return collection.find(key);
  const [name, value] = alternate ? [alternate[1] as string, alternate[2]] : ['id', key];
  for (let index = 0; index < collection.size; index++) {
    const row = collection.at(index);
    if (String(row[name]).toLowerCase() === value?.toLowerCase()) return row;
  }
  return undefined;
}

export function isCollection(value: Collection | Row): value is Collection {
  return typeof value.at === 'function';
}
