import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import { helpers } from './helpers.ts';
import type { Say } from './messages.ts';
import { templateFolder } from './template-folder.ts';

type Template = (view: object, say: Say) => string;

export interface Templates {
  /** The page as a function of its view model, in the language of `say`. */
  page: Template;
  /** The mail. It has no style sheet: styles stand in its elements. */
  mail: Template;
  /** The style sheet, exactly as it stands in the page: its hash is the page's only permission for styles. */
  styles: string;
  /** The same for the script. */
  script: string;
}

let loaded: Templates | undefined;

/** Reads and compiles the templates once per process. */
export function loadTemplates(): Templates {
  loaded ??= compile();
  return loaded;
}

/**
 * Nothing is ever printed unescaped, not even our own style sheet and script: they are partials, so their text is part of the template and not a value.
 * `strict` makes a misspelt name throw; what it lets pass (`#if`, `#each`) is found by test/conformance/templates.test.ts.
 */
function compile(): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  const styles = assets('.css');
  handlebars.registerPartial('styles', styles);
  const script = assets('.js');
  handlebars.registerPartial('script', script);
  for (const [name, source] of partials()) handlebars.registerPartial(name, source);
  const known = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const compiled = (file: string): Template => {
    const source = readFileSync(join(templateFolder, file), 'utf8');
    const template = handlebars.compile<object>(source, { strict: true, knownHelpersOnly: true, knownHelpers: known });
    return (view, say) => template(view, { data: { say } });
  };
  return { page: compiled('report.hbs'), mail: compiled('mail.hbs'), styles, script };
}

/** One file per block of the page, in the order of their names. */
function assets(extension: string): string {
  const folder = join(templateFolder, 'assets');
  const files = readdirSync(folder).filter((file) => file.endsWith(extension));
  return files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
    .join('\n');
}

function partials(): [name: string, source: string][] {
  const folder = join(templateFolder, 'partials');
  const files = readdirSync(folder).filter((file) => file.endsWith('.hbs'));
  return files.map((file) => [basename(file, '.hbs'), readFileSync(join(folder, file), 'utf8')]);
}
