import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { RunRecord } from '../../src/model/run-record.ts';
import { helpers } from '../../src/report/helpers.ts';
import { templateFolder } from '../../src/report/template-folder.ts';
import { buildView } from '../../src/report/view.ts';
import { mailView } from '../../src/report/view-mail.ts';
import { pictureMeasures } from '../support/picture-measures.ts';
import { root } from '../support/root.ts';
import { manyFindings, sampleBrand, sampleRun } from '../support/sample-run.ts';

/*
 * Handlebars prints nothing for a misspelt {{#if}} or {{#each}}, even in strict mode, so a section could vanish without a sound. Here every path of
 * every template is looked up in a view model in which every list has entries and every optional value is set somewhere.
 */
const files = { report: join(templateFolder, 'report.hbs'), mail: join(templateFolder, 'mail.hbs'), ...partialFiles() };

/** Mail programs drop style sheets, so the mail carries its styles in each element; a mail has no policy that would forbid them. */
const ofMail = (name: string) => name === 'mail' || name.startsWith('mail-');
const sources = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, readFileSync(file, 'utf8')]));
const builtIn = new Set(['if', 'unless', 'each', 'with']);

/** Every value the name `this` may stand for at one place of a template. */
type Samples = readonly unknown[];

function partialFiles(): Record<string, string> {
  const folder = join(templateFolder, 'partials');
  const found = readdirSync(folder).filter((file) => file.endsWith('.hbs'));
  return Object.fromEntries(found.map((file) => [basename(file, '.hbs'), join(folder, file)]));
}

function assets(files: RegExp): string[] {
  return readdirSync(join(templateFolder, 'assets')).filter((file) => files.test(file));
}

function asset(file: string): string {
  return readFileSync(join(templateFolder, 'assets', file), 'utf8');
}

function runs(): { run: RunRecord; previous: RunRecord } {
  const run = sampleRun();
  const more = new Map<string, Finding[]>([
    ['apps-with-takeover-permissions', crowd()],
    ['update-rings-not-tiered', [{ subject: { type: 'managedDevice', id: 'device-0', name: 'PC-0' }, message: 'It is late.' }]],
  ]);
  const many = run.results.map((result) => (more.has(result.check) ? { ...result, findings: more.get(result.check) ?? [] } : result));
  const previous = sampleRun({
    tool: { name: 'tidytenant', version: '0.0.9' },
    finishedAt: '2026-07-20T12:00:00Z',
    score: { value: 60, coverage: 0.9 },
    checks: run.checks.map((check) => (check.id === 'apps-with-takeover-permissions' ? { ...check, severity: 'low' as const } : check)),
    results: run.results.map((result) =>
      result.check === 'apps-unused'
        ? { ...result, verdict: 'fail' as const, findings: crowd() }
        : result.check === 'legacy-auth-not-blocked'
          ? { check: result.check, verdict: 'pass' as const, examined: 1 }
          : result.check === 'device-code-flow-not-blocked'
            ? { check: result.check, verdict: 'manual' as const, steps: ['Look.'] }
            : result,
    ),
  });
  return { run: { ...run, results: many }, previous };
}

function fullView(): object {
  const { run, previous } = runs();
  const long = manyFindings(25, 25);
  const whole = { ...run, checks: [...run.checks, ...long.checks], results: [...run.results, ...long.results], measures: pictureMeasures() };
  const view = buildView(whole, { previous, brand: sampleBrand });
  // A picture may stand wherever pictures stand.
  const pictures = view.answers.flatMap(({ picture }) => picture ?? []);
  view.patching.pictures.push(...pictures);
  view.retirementPictures.push(...pictures);
  return { ...view, names: 'K0ktLgEA', policy: "default-src 'none'" };
}

function fullMail(): object {
  const { run, previous } = runs();
  return mailView({ ...run, retirements: manyRetirements(run) }, { previous, reportLink: 'https://reports.contoso.example/', brand: { contact: 'Anna' } });
}

/** More than the mail names. */
function manyRetirements({ retirements }: RunRecord): RunRecord['retirements'] {
  return [...retirements, ...Array.from({ length: 9 }, (_, at) => ({ ...(retirements[0] as RunRecord['retirements'][number]), id: `ews-${at}` }))];
}

function crowd(): Finding[] {
  return Array.from({ length: 130 }, (_, at) => ({
    subject: { type: 'servicePrincipal', id: `app-${at}`, name: `App ${at}` },
    message: 'Too powerful.',
  }));
}

class Walker {
  readonly faults: string[] = [];
  readonly used = new Set<string>();

  walk(name: string, stack: readonly Samples[]): void {
    this.used.add(name);
    if (name === 'styles' || name === 'script') return;
    const source = sources[name];
    if (source === undefined) this.faults.push(`no partial "${name}"`);
    else this.program(name, Handlebars.parse(source), stack);
  }

  private program(name: string, program: hbs.AST.Program | undefined, stack: readonly Samples[]): void {
    for (const statement of program?.body ?? []) this.statement(name, statement, stack);
  }

  private statement(name: string, node: hbs.AST.Statement, stack: readonly Samples[]): void {
    if (node.type === 'MustacheStatement') this.mustache(name, node as hbs.AST.MustacheStatement, stack);
    else if (node.type === 'BlockStatement') this.block(name, node as hbs.AST.BlockStatement, stack);
    else if (node.type === 'PartialStatement') this.partial(name, node as hbs.AST.PartialStatement, stack);
    else if (node.type !== 'ContentStatement' && node.type !== 'CommentStatement') this.fault(name, node, `${node.type} is not used here`);
  }

  private mustache(name: string, node: hbs.AST.MustacheStatement, stack: readonly Samples[]): void {
    if (!node.escaped) this.fault(name, node, 'prints without escaping');
    const path = node.path as hbs.AST.PathExpression;
    if (node.params.length === 0) this.printed(name, path, stack);
    else if (!(path.original in helpers)) this.fault(name, node, `"${path.original}" is no helper`);
    const values = node.hash?.pairs.map(({ value }) => value) ?? [];
    for (const value of [...node.params, ...values]) if (value.type === 'PathExpression') this.printed(name, value as hbs.AST.PathExpression, stack);
  }

  private printed(name: string, path: hbs.AST.PathExpression, stack: readonly Samples[]): void {
    const found = this.lookUp(name, path, stack).filter((value) => value !== null);
    if (found.some((value) => typeof value === 'object' || typeof value === 'undefined')) this.fault(name, path, `"${path.original}" prints an object`);
  }

  private block(name: string, node: hbs.AST.BlockStatement, stack: readonly Samples[]): void {
    const kind = (node.path as hbs.AST.PathExpression).original;
    const [subject] = node.params as hbs.AST.PathExpression[];
    if (!builtIn.has(kind) || !subject) {
      this.fault(name, node, `block "${kind}"`);
      return;
    }
    const values = this.lookUp(name, subject, stack);
    this.program(name, node.inverse, stack);
    this.program(name, node.program, kind === 'if' || kind === 'unless' ? stack : [...stack, this.inner(name, kind, subject, values)]);
  }

  private inner(name: string, kind: string, subject: hbs.AST.PathExpression, values: Samples): Samples {
    const inner = kind === 'each' ? values.flatMap((value) => (Array.isArray(value) ? value : [])) : values;
    if (inner.length === 0) this.fault(name, subject, `the full view has no example for "${subject.original}"`);
    return inner;
  }

  private partial(name: string, node: hbs.AST.PartialStatement, stack: readonly Samples[]): void {
    const target = (node.name as hbs.AST.PathExpression).original;
    const [context] = node.params as hbs.AST.PathExpression[];
    this.walk(target, context ? [...stack, this.lookUp(name, context, stack)] : stack);
  }

  /** The values behind a path in all samples; a fault where a sample lacks the name. */
  private lookUp(name: string, path: hbs.AST.PathExpression, stack: readonly Samples[]): Samples {
    if (path.data) return [];
    let samples = stack.at(-1 - path.depth) ?? [];
    for (const part of path.parts as string[]) {
      const owners = samples.filter((value) => value !== null);
      if (owners.length === 0) this.fault(name, path, `the full view has no example for "${path.original}"`);
      if (owners.some((value) => !(part in Object(value)))) this.fault(name, path, `"${path.original}" is not in the view model`);
      samples = owners.map((value) => Object(value)[part]);
    }
    return samples;
  }

  private fault(name: string, node: hbs.AST.Node, what: string): void {
    this.faults.push(`${name}:${node.loc.start.line} ${what}`);
  }
}

describe('templates', () => {
  const walker = new Walker();
  walker.walk('report', [[fullView()]]);
  walker.walk('mail', [[fullMail()]]);

  it('read only what the view model holds, and escape all of it', () => {
    expect(walker.faults).toEqual([]);
  });

  it('are all used', () => {
    expect([...Object.keys(files), 'styles', 'script'].filter((name) => !walker.used.has(name))).toEqual([]);
  });

  it('hold no script but the one file, no inline style and no link that was not checked', () => {
    expect(sources.report?.match(/<script>\{\{> script\}\}<\/script>/g)).toHaveLength(1);
    const all = Object.entries({ ...sources, report: sources.report?.replace('<script>{{> script}}</script>', '') ?? '' });
    expect(all.filter(([, source]) => /<script|\son[a-z]+=|javascript:/i.test(source)).map(([name]) => name)).toEqual([]);
    expect(all.filter(([name, source]) => /style="/i.test(source) && !ofMail(name)).map(([name]) => name)).toEqual([]);
    const foreign = all.flatMap(([name, source]) => (source.match(/style="[^"]*"/g) ?? []).map((style) => `${name} ${style}`));
    expect(foreign.filter((style) => !/style="(\{\{[./]*css\.\w+\}\}|color:\{\{color\}\};)"$/.test(style))).toEqual([]);
    const links = all.flatMap(([, source]) => source.match(/(?:href|src)="[^"]*"/g) ?? []);
    expect(links.filter((link) => !/="(#[^"]*|data:,|\{\{https url\}\}|\{\{dataImage logo\}\})"$/.test(link))).toEqual([]);
  });

  it('quote every attribute that holds a value', () => {
    expect(
      Object.entries(sources)
        .filter(([, source]) => /=\{\{/.test(source))
        .map(([name]) => name),
    ).toEqual([]);
  });

  it('use fewer than ten helpers', () => {
    expect(Object.keys(helpers).length).toBeLessThan(10);
  });

  it.each(assets(/\.css$/))('keep %s free of template signs and of anything from outside', (file) => {
    expect(asset(file)).not.toMatch(/\{\{|@import|url\(|<\//);
  });

  it.each(assets(/\.js$/))('keep %s free of template signs, of the end of its element, and of every way to run or fetch text', (file) => {
    expect(asset(file)).not.toMatch(
      /\{\{|<\/|<!--|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|import\(|fetch\(|XMLHttpRequest|WebSocket|sendBeacon/,
    );
  });

  it('have a script that its types allow', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(templateFolder, 'assets')], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  });
});

describe('the walker', () => {
  it.each([
    ['a misspelt path', '{{cover.nmae}}'],
    ['a misspelt condition', '{{#if cover.nope}}x{{/if}}'],
    ['a misspelt list', '{{#each groupz}}x{{/each}}'],
    ['a misspelt name inside a list', '{{#each groups}}{{lable}}{{/each}}'],
    ['unescaped output', '{{{cover.name}}}'],
    ['unescaped output of the other kind', '{{&cover.name}}'],
    ['an unknown helper', '{{shout cover.name}}'],
    ['an object that is printed', '{{cover}}'],
  ])('finds %s', (_what, source) => {
    sources.broken = source;
    const walker = new Walker();
    walker.walk('broken', [[fullView()]]);
    expect(walker.faults).not.toEqual([]);
  });
});
