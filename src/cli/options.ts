import { type CloudName, cloudNames } from '../config/clouds.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type Severity, severities } from '../model/verdict.ts';
import { type CatalogueEntry, loadChecks, shippedChecks } from '../plan/load-checks.ts';
import { nearest, selectChecks } from '../plan/select.ts';
import { formats, usualFormats } from '../report/report.ts';
import { plain } from './console.ts';
import { UsageError } from './exit.ts';
import { chooseRendering, type Rendering } from './rendering.ts';

/** Flags as commander gives them; every one may be absent. */
export interface Flags {
  tenant?: string;
  config?: string;
  cloud?: string;
  only?: string[];
  skip?: string[];
  checks?: string[];
  out?: string;
  format?: string[];
  failOn?: string;
  language?: string;
  sandbox?: string | true;
  previous?: string;
  /** The same, also by a date in the history. */
  compareWith?: string;
  reportLink?: string;
  /** False = --no-history. */
  history?: string | false;
  saveEvidence?: boolean;
  /** Minutes. */
  timeLimit?: string;
  json?: boolean;
  debug?: boolean;
}

/** Flags over environment over config file: what one command goes by. */
export interface Choices {
  config: Config;
  environment: Environment;
  tenant: string | undefined;
  cloud: CloudName;
  formats: string[];
  rendering: Rendering;
  failOn: Severity | 'none';
  /** Milliseconds a scan may take; absent = the default of the source. */
  timeLimit: number | undefined;
  entries: CatalogueEntry[];
}

export async function choose(flags: Flags): Promise<Choices> {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(flags.config ?? environment.configFile);
  const catalogue = await loadChecks([shippedChecks, ...(config.checks ?? []), ...(flags.checks ?? [])]);
  for (const each of [...config.accept, ...config.owners]) requireKnown(each.check, catalogue);
  return {
    config,
    environment,
    tenant: flags.tenant ?? environment.tenantId ?? config.tenant,
    cloud: oneOf('--cloud', flags.cloud ?? environment.cloud ?? config.cloud ?? 'global', cloudNames),
    formats: (flags.format ?? config.format ?? (await usualFormats())).map((word) => oneOf('--format', word, formats)),
    rendering: chooseRendering(flags.language, environment, config, (line) => process.stderr.write(`${plain(line)}\n`)),
    failOn: oneOf('--fail-on', flags.failOn ?? config.failOn ?? 'low', [...severities, 'none'] as const),
    timeLimit: minutes(flags.timeLimit) ?? (config.timeLimit === undefined ? undefined : config.timeLimit * 60_000),
    entries: selectChecks(catalogue, flags.only ?? config.only ?? [], flags.skip ?? config.skip ?? []),
  };
}

/** A comma- or space-separated list flag: `--only a,b --only c`. */
export function collectWords(text: string, before: string[] | undefined): string[] {
  return [
    ...(before ?? []),
    ...text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  ];
}

export function oneOf<T extends string>(flag: string, word: string, known: readonly T[]): T {
  const found = known.find((each) => each === word);
  if (found) return found;
  const hint = nearest(word, known);
  throw new UsageError(`${flag} does not know "${word}".`, hint ? `Did you mean "${hint}"? Known: ${known.join(', ')}.` : `Known: ${known.join(', ')}.`);
}

function minutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!(number > 0 && number <= 10_000)) throw new UsageError(`--time-limit takes minutes, up to 10000, not "${text}".`, 'For example --time-limit 90.');
  return number * 60_000;
}

function requireKnown(id: string | undefined, catalogue: readonly CatalogueEntry[]): void {
  if (id === undefined || catalogue.some(({ check }) => check.id === id)) return;
  const hint = nearest(
    id,
    catalogue.map(({ check }) => check.id),
  );
  throw new UsageError(`The config names a check that does not exist: "${id}".`, hint ? `Did you mean "${hint}"?` : 'See the ids with: tidytenant checks list');
}
