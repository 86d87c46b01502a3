import { refusedPermission } from './authorize.ts';
import type { Row } from './collection.ts';
import { badRequest, type GraphError, type Reply } from './errors.ts';
import type { Claims } from './tokens.ts';

/** What a hunting query over a table finds: the answers to the questions that a scan asks, not the table itself. */
export interface HuntingAnswer {
  table: string;
  /** Name and type of each column that may be asked for. */
  columns: Readonly<Record<string, string>>;
  rows: readonly Row[];
}

export interface Hunting {
  /** Whether Defender for Endpoint fills the tables. */
  filled: boolean;
  answers: readonly HuntingAnswer[];
}

const paths = /^\/security\/(microsoft\.graph\.security\.)?runHuntingQuery$/i;

export function isHunting(method: string, path: string): boolean {
  return method === 'POST' && paths.test(path);
}

/**
 * Answers a hunting query as far as a stand-in can: it knows no KQL. The table the query begins with and the columns it
 * ends with tell which of the prepared answers is meant.
 */
export function answerHunting({ filled, answers }: Hunting, claims: Claims, body: string): Reply {
  if (!claims.roles.includes('ThreatHunting.Read.All')) throw refusedPermission('/security', ['ThreatHunting.Read.All'], claims);
  const query = queryIn(body);
  const table = /^\w+/.exec(query)?.[0] ?? '';
  const ofTable = answers.filter((answer) => answer.table === table);
  if (!filled || ofTable.length === 0) throw unresolved('table or column expression', table);
  const columns = /\| project ([\w, ]+?)(?: \| take \d+)?$/.exec(query)?.[1]?.split(', ');
  if (!columns) throw badRequest('The query must end with the columns it projects.');
  const answer = ofTable.find((each) => columns.every((column) => column in each.columns));
  if (!answer) throw unresolved('scalar expression', columns.find((column) => !ofTable.some((each) => column in each.columns)) ?? '');
  const most = Number(/\| take (\d+)$/.exec(query)?.[1] ?? 100_000);
  return {
    status: 200,
    body: {
      schema: columns.map((name) => ({ name, type: answer.columns[name] })),
      results: answer.rows.slice(0, most).map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null]))),
    },
  };
}

function queryIn(body: string): string {
  try {
    const { Query: query } = JSON.parse(body) as { Query?: unknown };
    if (typeof query === 'string') return query;
  } catch {
    // Said below.
  }
  throw badRequest('The request body must hold a Query.');
}

function unresolved(what: string, name: string): GraphError {
  return badRequest(`'where' operator: Failed to resolve ${what} named '${name}'. Fix semantic errors in your query.`);
}
