import type { Row } from './collection.ts';
import { badRequest } from './errors.ts';
import type { Comparison, Filter, Operand } from './odata-filter.ts';
import { type Key, keyOf } from './odata-order.ts';

type Scope = ReadonlyMap<string, unknown>;
const noVariables: Scope = new Map();

/** Whether a row satisfies a filter. `typeOf` names the row's type for `isof`. */
export function matches(filter: Filter, row: Row, isOfType: (row: Row, type: string) => boolean): boolean {
  return test(filter, row, noVariables, isOfType);
}

function test(filter: Filter, row: Row, scope: Scope, isOfType: (row: Row, type: string) => boolean): boolean {
  switch (filter.kind) {
    case 'and':
      return test(filter.left, row, scope, isOfType) && test(filter.right, row, scope, isOfType);
    case 'or':
      return test(filter.left, row, scope, isOfType) || test(filter.right, row, scope, isOfType);
    case 'not':
      return !test(filter.of, row, scope, isOfType);
    case 'compare':
      return compares(filter.operator, key(filter.left, row, scope), key(filter.right, row, scope));
    case 'in': {
      const left = key(filter.left, row, scope);
      return filter.keys.includes(left);
    }
    case 'lambda': {
      const items = asList(follow(filter.path, row, scope));
      const { body, variable } = filter;
      if (!body) return items.length > 0;
      const holds = (item: unknown) => test(body, row, new Map([...scope, [variable, item]]), isOfType);
      return filter.quantifier === 'any' ? items.some(holds) : items.every(holds);
    }
    case 'test':
      if (filter.operand.kind === 'call' && filter.operand.name === 'isof') return isOfType(row, typeArgument(filter.operand.args));
      return value(filter.operand, row, scope) === true;
  }
}

function typeArgument(args: readonly Operand[]): string {
  const last = args.at(-1);
  if (last?.kind !== 'literal') throw badRequest('Invalid filter clause: isof needs a type name.');
  return String(last.value).replace(/^#?microsoft\.graph\./, '');
}

function value(operand: Operand, row: Row, scope: Scope): unknown {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'path') return follow(operand.path, row, scope);
  return call(
    operand.name,
    operand.args.map((each) => value(each, row, scope)),
  );
}

function follow(path: readonly string[], row: Row, scope: Scope): unknown {
  const [head = '', ...rest] = path;
  let current: unknown = scope.has(head) ? scope.get(head) : row[head];
  for (const step of rest) current = step === '$count' ? asList(current).length : (current as Row | null | undefined)?.[step];
  return current ?? null;
}

function call(name: string, args: readonly unknown[]): unknown {
  const [first, second] = args.map((each) => (typeof each === 'string' ? each.toLowerCase() : each));
  if (name === 'tolower') return first;
  if (typeof first !== 'string' || typeof second !== 'string') return false;
  if (name === 'startswith') return first.startsWith(second);
  if (name === 'endswith') return first.endsWith(second);
  if (name === 'contains') return first.includes(second);
  throw badRequest(`Invalid filter clause: An unknown function with name '${name}' was found.`);
}

function key(operand: Operand, row: Row, scope: Scope): Key {
  return operand.kind === 'literal' ? operand.key : keyOf(value(operand, row, scope));
}

/** Null is equal to null, and neither more nor less than anything. */
export function compares(operator: Comparison, a: Key, b: Key): boolean {
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  if (a === null || b === null) return false;
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  return operator === 'lt' ? a < b : a <= b;
}

function asList(each: unknown): readonly unknown[] {
  return Array.isArray(each) ? each : [];
}
