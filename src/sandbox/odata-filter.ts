import { badRequest } from './errors.ts';
import { type Key, keyOf } from './odata-order.ts';

export type Literal = string | number | boolean | null;
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type Operand =
  | { kind: 'path'; path: readonly string[] }
  | { kind: 'literal'; value: Literal; key: Key }
  | { kind: 'call'; name: string; args: readonly Operand[] };

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'compare'; operator: Comparison; left: Operand; right: Operand }
  | { kind: 'in'; left: Operand; keys: readonly Key[] }
  | { kind: 'lambda'; quantifier: 'any' | 'all'; path: readonly string[]; variable: string; body: Filter | undefined }
  | { kind: 'test'; operand: Operand };

interface Token {
  text: string;
  at: number;
}

const tokenPattern =
  /\s*('(?:[^']|'')*'|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|-?\d+(?:\.\d+)?|[A-Za-z_@$][\w.$]*(?:\/[A-Za-z_$][\w.$]*)*|[(),:])/y;
const comparisons = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

/** The part of OData's filter grammar that Graph's readers use; anything else is refused as Graph does. */
export function parseFilter(text: string): Filter {
  const tokens = tokenize(text);
  const reader = new Reader(text, tokens);
  const filter = readOr(reader);
  if (reader.peek() !== undefined) throw reader.syntaxError();
  return filter;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw badRequest(`Invalid filter clause: Syntax error at position ${at} in '${text}'.`);
    tokens.push({ text: match[1] as string, at });
  }
  return tokens;
}

class Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  next = 0;
  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }
  peek(ahead = 0): string | undefined {
    return this.tokens[this.next + ahead]?.text;
  }
  take(): string {
    const token = this.tokens[this.next];
    if (!token) throw this.syntaxError();
    this.next += 1;
    return token.text;
  }
  expect(text: string): void {
    if (this.peek() !== text) throw this.syntaxError();
    this.next += 1;
  }
  syntaxError() {
    const at = this.tokens[this.next]?.at ?? this.text.length;
    return badRequest(`Invalid filter clause: Syntax error at position ${at} in '${this.text}'.`);
  }
}

function readOr(reader: Reader): Filter {
  let left = readAnd(reader);
  while (reader.peek() === 'or') {
    reader.take();
    left = { kind: 'or', left, right: readAnd(reader) };
  }
  return left;
}

function readAnd(reader: Reader): Filter {
  let left = readNot(reader);
  while (reader.peek() === 'and') {
    reader.take();
    left = { kind: 'and', left, right: readNot(reader) };
  }
  return left;
}

function readNot(reader: Reader): Filter {
  if (reader.peek() === 'not') {
    reader.take();
    return { kind: 'not', of: readNot(reader) };
  }
  if (reader.peek() === '(') {
    reader.take();
    const inner = readOr(reader);
    reader.expect(')');
    return inner;
  }
  return readTest(reader);
}

function readTest(reader: Reader): Filter {
  const lambda = /^(.+)\/(any|all)$/.exec(reader.peek() ?? '');
  if (lambda && reader.peek(1) === '(') return readLambda(reader, lambda[1] as string, lambda[2] as 'any' | 'all');
  const left = readOperand(reader);
  const operator = reader.peek();
  if (operator === 'in') return readIn(reader, left);
  if (operator === undefined || !comparisons.has(operator)) {
    if (left.kind === 'call' || left.kind === 'path') return { kind: 'test', operand: left };
    throw reader.syntaxError();
  }
  reader.take();
  return { kind: 'compare', operator: operator as Comparison, left, right: readOperand(reader) };
}

function readLambda(reader: Reader, path: string, quantifier: 'any' | 'all'): Filter {
  reader.take();
  reader.expect('(');
  let variable = '';
  let body: Filter | undefined;
  if (reader.peek() !== ')') {
    variable = reader.take();
    reader.expect(':');
    body = readOr(reader);
  }
  reader.expect(')');
  return { kind: 'lambda', quantifier, path: path.split('/'), variable, body };
}

function readIn(reader: Reader, left: Operand): Filter {
  reader.take();
  const keys: Key[] = [];
  reader.expect('(');
  do {
    const operand = readOperand(reader);
    if (operand.kind !== 'literal') throw reader.syntaxError();
    keys.push(operand.key);
  } while (reader.peek() === ',' && reader.take());
  reader.expect(')');
  return { kind: 'in', left, keys };
}

function readOperand(reader: Reader): Operand {
  const text = reader.take();
  if (/^[A-Za-z_@$]/.test(text)) return readName(reader, text);
  if (/^[(),:]/.test(text)) {
    reader.next -= 1;
    throw reader.syntaxError();
  }
  if (text.startsWith("'")) return literal(text.slice(1, -1).replaceAll("''", "'"));
  return literal(/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);
}

function readName(reader: Reader, text: string): Operand {
  if (text === 'true' || text === 'false') return literal(text === 'true');
  if (text === 'null') return literal(null);
  if (reader.peek() !== '(') return { kind: 'path', path: text.split('/') };
  reader.take();
  const args: Operand[] = [];
  while (reader.peek() !== ')') {
    args.push(readOperand(reader));
    if (reader.peek() === ',') reader.take();
  }
  reader.expect(')');
  return { kind: 'call', name: text.toLowerCase(), args };
}

function literal(value: Literal): Operand {
  return { kind: 'literal', value, key: keyOf(value) };
}

/** Names of the properties that a filter looks at. */
export function propertiesOf(filter: Filter, variables: ReadonlySet<string> = new Set()): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...propertiesOf(filter.left, variables), ...propertiesOf(filter.right, variables)];
    case 'not':
      return propertiesOf(filter.of, variables);
    case 'lambda':
      return [...headOf(filter.path, variables), ...(filter.body ? propertiesOf(filter.body, new Set([...variables, filter.variable])) : [])];
    case 'compare':
      return [...namesOf(filter.left, variables), ...namesOf(filter.right, variables)];
    case 'in':
      return namesOf(filter.left, variables);
    case 'test':
      return namesOf(filter.operand, variables);
  }
}

function namesOf(operand: Operand, variables: ReadonlySet<string>): string[] {
  if (operand.kind === 'path') return headOf(operand.path, variables);
  return operand.kind === 'call' ? operand.args.flatMap((each) => namesOf(each, variables)) : [];
}

function headOf([head = '']: readonly string[], variables: ReadonlySet<string>): string[] {
  return variables.has(head) ? [] : [head];
}
