/** Lists and objects with more entries are written entry by entry. */
const few = 50;

/** What `JSON.stringify(value, null, 2)` gives, in pieces: the whole of a large value never stands in memory as text. For plain data without `toJSON`. */
export function* jsonText(value: unknown, indent = ''): Generator<string> {
  const entries = entriesOf(value);
  if (!entries) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  let before = Array.isArray(value) ? '[' : '{';
  for (const [name, entry] of entries) {
    yield `${before}\n${inner}${name === undefined ? '' : `${JSON.stringify(name)}: `}`;
    yield* jsonText(entry, inner);
    before = ',';
  }
  yield `\n${indent}${Array.isArray(value) ? ']' : '}'}`;
}

/** The entries of a value that is worth taking apart; undefined for all others. */
function entriesOf(value: unknown): [name: string | undefined, entry: unknown][] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return isLarge(value) ? value.map((entry) => [undefined, entry === undefined ? null : entry]) : undefined;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return entries.some(([, entry]) => isLarge(entry)) ? entries : undefined;
}

function isLarge(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length > few || value.some(isLarge) : Object.values(value).some(isLarge);
}
