import { badRequest, type GraphError, unsupportedQuery } from './errors.ts';
import type { Filter, Operand } from './odata-filter.ts';
import type { Property, Schema, Version } from './schema.ts';

export interface FilterRules {
  schema: Schema;
  version: Version;
  type: string;
  /** `ConsistencyLevel: eventual` together with `$count=true`. */
  advanced: boolean;
}

/** Refuses what the service would: unknown properties, and on directory objects operators it does not index. */
export function checkFilter(rules: FilterRules, filter: Filter, variables: ReadonlySet<string> = new Set()): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      checkFilter(rules, filter.left, variables);
      checkFilter(rules, filter.right, variables);
      return;
    case 'not':
      requireAdvanced(rules);
      checkFilter(rules, filter.of, variables);
      return;
    case 'lambda':
      checkPath(rules, filter.path, 'eq', variables);
      if (filter.body) checkFilter(rules, filter.body, new Set([...variables, filter.variable]));
      return;
    case 'in':
      // https://learn.microsoft.com/graph/filter-query-parameter
      if (indexed.has(rules.type) && filter.keys.length > 15)
        throw unsupportedQuery(
          `Too many child clauses specified in search filter expression containing 'OR' operators: ${filter.keys.length}. Max allowed: 15.`,
        );
      checkOperand(rules, filter.left, 'in', variables);
      return;
    case 'compare':
      // https://learn.microsoft.com/graph/aad-advanced-queries: null is looked up in the separate index alone.
      if ([filter.left, filter.right].some((each) => each.kind === 'literal' && each.value === null)) requireAdvanced(rules);
      checkOperand(rules, filter.left, filter.operator, variables);
      checkOperand(rules, filter.right, filter.operator, variables);
      return;
    case 'test':
      checkOperand(rules, filter.operand, 'eq', variables);
  }
}

function checkOperand(rules: FilterRules, operand: Operand, operator: string, variables: ReadonlySet<string>): void {
  if (operand.kind === 'path') checkPath(rules, operand.path, operator, variables);
  if (operand.kind !== 'call') return;
  const known = ['startswith', 'endswith', 'contains', 'tolower', 'isof'];
  if (!known.includes(operand.name)) throw badRequest(`Invalid filter clause: An unknown function with name '${operand.name}' was found.`);
  const inner = { startswith: 'startsWith', endswith: 'endsWith' }[operand.name] ?? operator;
  for (const each of operand.args) checkOperand(rules, each, inner, variables);
}

function checkPath(rules: FilterRules, path: readonly string[], operator: string, variables: ReadonlySet<string>): void {
  const [name = '', ...rest] = path;
  if (variables.has(name)) return;
  const { schema, version, type } = rules;
  const property = schema.properties(version, type).get(name);
  if (!property) throw badRequest(`Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`);
  if (operator === 'ne' || operator === 'endsWith' || rest.at(-1) === '$count') requireAdvanced(rules);
  if (indexed.has(type) && name !== 'id' && !supports(property, operator)) throw unsupported(name, type);
  checkNested(rules, property, rest);
}

function checkNested({ schema, version }: FilterRules, property: Property, rest: readonly string[]): void {
  let type = property.type;
  for (const step of rest) {
    const properties = schema.properties(version, type);
    if (step === '$count' || properties.size === 0) return;
    const next = properties.get(step);
    if (!next) throw badRequest(`Invalid filter clause: Could not find a property named '${step}' on type 'microsoft.graph.${type}'.`);
    type = next.type;
  }
}

/** Directory objects: only what their description lists can be filtered by. */
const indexed = new Set(['user', 'group', 'application', 'servicePrincipal', 'device']);

/** A description that lists `le` serves `lt` as well, and `eq` serves `in`. */
function supports(property: Property, operator: string): boolean {
  const { filter } = property;
  if (!filter) return false;
  const same: Record<string, string> = { lt: 'le', gt: 'ge', in: 'eq', endsWith: 'startsWith' };
  return filter.some((each) => each.toLowerCase() === operator.toLowerCase() || each === same[operator]);
}

function requireAdvanced(rules: FilterRules): void {
  if (indexed.has(rules.type) && !rules.advanced) throw unsupportedQuery('Unsupported Query.');
}

function unsupported(name: string, type: string): GraphError {
  const resource = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  return unsupportedQuery(`Unsupported or invalid query filter clause specified for property '${name}' of resource '${resource}'.`);
}
