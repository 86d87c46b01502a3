/** Orders strings by code unit, the same on every machine (unlike `localeCompare`). */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `1 device`, `2 devices`. Give `many` where adding an s is wrong. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** `a, b and c`; with `limit`, `a, b and 3 more`. */
export function list(items: readonly string[], limit = items.length): string {
  const shown = items.slice(0, limit);
  const rest = items.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
