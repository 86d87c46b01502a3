import { badRequest } from './errors.ts';

export interface Expansion {
  name: string;
  select: readonly string[] | undefined;
  expand: readonly Expansion[];
}

/** The query options of one request, read but not yet held against a type. */
export interface Query {
  select: readonly string[] | undefined;
  expand: readonly Expansion[];
  filter: string | undefined;
  orderby: string | undefined;
  top: number | undefined;
  count: boolean;
  skiptoken: string | undefined;
  /** Everything but the page token, in a fixed order: what a page token belongs to. */
  identity: string;
}

const known = new Set(['select', 'expand', 'filter', 'orderby', 'top', 'count', 'skiptoken', 'format']);

/** Graph takes the options with and without the dollar sign; an unknown one with it is refused, one without it ignored. */
export function parseQuery(search: string): Query {
  const options = new Map<string, string>();
  for (const [rawName, value] of new URLSearchParams(search)) {
    const name = rawName.replace(/^\$/, '').toLowerCase();
    if (!known.has(name)) {
      if (rawName.startsWith('$')) throw badRequest(`The query parameter '${rawName}' is not supported.`);
      continue;
    }
    if (options.has(name)) throw badRequest(`Query option '$${name}' was specified more than once, but it must be specified at most once.`);
    options.set(name, value);
  }
  return {
    select: options.has('select') ? names(options.get('select') ?? '') : undefined,
    expand: parseExpand(options.get('expand') ?? ''),
    filter: options.get('filter'),
    orderby: options.get('orderby'),
    top: parseTop(options.get('top')),
    count: options.get('count') === 'true',
    skiptoken: options.get('skiptoken'),
    identity: JSON.stringify([...options].filter(([name]) => name !== 'skiptoken').sort()),
  };
}

function parseTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw badRequest(`Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`);
  return Number(text);
}

function names(text: string): string[] {
  const list = text.split(',').map((each) => each.trim());
  if (list.includes('')) throw badRequest('Term is not valid in a $select or $expand expression.');
  return list;
}

function parseExpand(text: string): Expansion[] {
  if (text.trim() === '') return [];
  return splitOutside(text, ',').map((part) => {
    const match = /^\s*([\w.]+)\s*(?:\((.*)\))?\s*$/s.exec(part);
    if (!match) throw badRequest(`Term '${part}' is not valid in a $select or $expand expression.`);
    return { name: match[1] as string, ...parseExpandOptions(match[2] ?? '') };
  });
}

function parseExpandOptions(text: string): Omit<Expansion, 'name'> {
  const options = new Map<string, string>();
  for (const part of text === '' ? [] : splitOutside(text, ';')) {
    const [name = '', ...rest] = part.trim().split('=');
    if (name !== '$select' && name !== '$expand') throw badRequest(`Term '${part.trim()}' is not valid in a $select or $expand expression.`);
    options.set(name, rest.join('='));
  }
  const select = options.get('$select');
  return { select: select === undefined ? undefined : names(select), expand: parseExpand(options.get('$expand') ?? '') };
}

/** Splits at a separator that stands outside of parentheses. */
function splitOutside(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
