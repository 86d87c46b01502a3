import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { Settings } from '../model/settings.ts';
import { Severity } from '../model/verdict.ts';
import { cloudNames } from './clouds.ts';
import { ReportSettings } from './report.ts';

/** A risk somebody accepts: shown with the finding, and over when `until` has passed. */
const AcceptedRisk = z.strictObject({
  check: z.string().min(1),
  /** Subject id or name; absent = every subject of the check. */
  subject: z.string().min(1).optional(),
  reason: z.string().min(1),
  approvedBy: z.string().min(1),
  until: z.iso.date(),
});

/** Who looks after open items: by check id or by area; the check wins. */
const Owner = z.strictObject({ check: z.string().min(1).optional(), area: z.string().min(1).optional(), owner: z.string().min(1) });

/** `tidytenant.yaml`. Strict: a misspelt key is an error with its line, not a setting that silently does nothing. */
export const Config = z.strictObject({
  tenant: z.string().min(1).optional(),
  cloud: z.enum(cloudNames as [string, ...string[]]).optional(),
  only: z.array(z.string().min(1)).optional(),
  skip: z.array(z.string().min(1)).optional(),
  out: z.string().min(1).optional(),
  /** Folder of renewed advisory data; default: the data folder of the user. */
  advisories: z.string().min(1).optional(),
  /** File of the history; false = keep none. Default: `tidytenant.sqlite` in the working folder. */
  history: z.union([z.string().min(1), z.literal(false)]).optional(),
  format: z.array(z.string().min(1)).optional(),
  failOn: z.union([Severity, z.literal('none')]).optional(),
  /** Minutes a scan may take; what is not read by then is incomplete. */
  timeLimit: z.number().positive().max(10_000).optional(),
  /** Further folders of checks, beside the shipped catalogue. */
  checks: z.array(z.string().min(1)).optional(),
  /** Language and look of the documents. */
  report: ReportSettings.prefault({}),
  settings: Settings.prefault({}),
  accept: z.array(AcceptedRisk).default([]),
  owners: z.array(Owner).default([]),
});
export type Config = z.infer<typeof Config>;

/** The config file cannot be used. `message` holds file and line. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads `tidytenant.yaml`. Without a file name a missing file is the empty config; a named file must exist. */
export async function loadConfig(file: string | undefined): Promise<Config> {
  const path = file ?? 'tidytenant.yaml';
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && file === undefined) return '';
    throw new ConfigError(`${path}: cannot be read (${error.code ?? error.message}).`);
  });
  return parseConfig(text, path);
}

/** Parses and checks the text of a config file; `path` is for messages. */
export function parseConfig(text: string, path: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [syntax] = document.errors;
  if (syntax) throw new ConfigError(`${path}:${lines.linePos(syntax.pos[0]).line}: ${syntax.message}`);
  const parsed = Config.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] as string] : (issue?.path ?? []);
  throw new ConfigError(`${path}:${lineOf(document, lines, where)}: ${where.join('.') || 'config'}: ${issue?.message ?? 'not valid'}`);
}

/** Line of the key or list item at `path`, or of its nearest parent that exists. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    const item = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step) : undefined;
    const child = isSeq(node) ? node.items[Number(step)] : item?.key;
    if (!isNode(child) || !child.range) break;
    offset = child.range[0];
    node = item ? item.value : child;
  }
  return lines.linePos(offset).line;
}
