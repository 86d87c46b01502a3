/** The `in` operator takes at most 15 values by default: https://learn.microsoft.com/graph/filter-query-parameter */
const idsPerRequest = 15;

/** Quoted, comma-separated ids for an `in` filter, each once, at most 15 at a time: `'a','b'`. */
export function idLists(ids: readonly string[]): string[] {
  const quoted = [...new Set(ids)].sort().map((id) => `'${id.replaceAll("'", "''")}'`);
  const lists: string[] = [];
  for (let at = 0; at < quoted.length; at += idsPerRequest) lists.push(quoted.slice(at, at + idsPerRequest).join(','));
  return lists;
}
