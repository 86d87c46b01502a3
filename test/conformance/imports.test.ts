import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/root.ts';

/** Who may import whom: folder → folders of ours, and whether it may touch the machine (`node:*`). docs/architecture.md gives the reasons. */
const rules: Record<string, { ours: readonly string[]; node: boolean }> = {
  checks: { ours: ['kit', 'datasets', 'advisories', 'lib'], node: false },
  'src/advisories': { ours: ['model', 'lib'], node: false },
  'src/cli': { ours: ['*'], node: true },
  'src/collect': { ours: ['sources', 'kit', 'model', 'lib'], node: true },
  'src/config': { ours: ['model', 'lib'], node: true },
  'src/datasets': { ours: ['kit', 'model', 'lib'], node: false },
  'src/deliver': { ours: ['model', 'lib'], node: true },
  'src/evaluate': { ours: ['kit', 'model'], node: false },
  'src/kit': { ours: ['model', 'lib'], node: false },
  'src/lib': { ours: [], node: false },
  'src/measure': { ours: ['model', 'advisories', 'datasets', 'lib', 'kit'], node: false },
  'src/model': { ours: ['lib'], node: false },
  'src/plan': { ours: ['kit', 'model', 'lib'], node: true },
  'src/report': { ours: ['model', 'advisories', 'lib'], node: true },
  'src/sandbox': { ours: ['model', 'lib'], node: true },
  'src/score': { ours: ['model', 'lib'], node: false },
  'src/sources': { ours: ['model', 'lib'], node: true },
  'src/store': { ours: ['model', 'advisories', 'lib'], node: true },
  'src/tenants': { ours: ['config', 'sources', 'model', 'lib'], node: true },
};

/** Packages, each with the folders that use it: a second place for one is a second way of doing a thing. */
const packages: Record<string, readonly string[]> = {
  '@azure/identity': ['src/tenants'],
  '@azure/msal-node': ['src/tenants'],
  '@microsoft/microsoft-graph-client': ['src/sources'],
  undici: ['src/sources', 'src/tenants'],
  'p-limit': ['src/sources'],
  handlebars: ['src/report'],
  'write-excel-file': ['src/report'],
  commander: ['src/cli'],
  picocolors: ['src/cli'],
  yaml: ['src/config'],
  selfsigned: ['src/sandbox'],
};

const files = (await Promise.all(['src', 'checks'].map((top) => sources(top)))).flat();

async function sources(top: string): Promise<string[]> {
  const names = await readdir(join(root, top), { recursive: true });
  return names.filter((name) => /\.[jt]s$/.test(name)).map((name) => join(top, name).split(sep).join('/'));
}

function folderOf(file: string): string {
  return file.startsWith('checks/') ? 'checks' : file.split('/').slice(0, 2).join('/');
}

async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), 'utf8');
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g),
  ].map((found) => (found[1] ?? found[2] ?? found[3]) as string);
}

describe('imports', () => {
  it('every folder has a rule and every rule a folder', async () => {
    const folders = (await readdir(join(root, 'src'), { withFileTypes: true })).filter((each) => each.isDirectory()).map((each) => `src/${each.name}`);
    expect([...folders, 'checks'].sort()).toEqual(Object.keys(rules).sort());
  });

  it('go in the allowed direction', async () => {
    const wrong: string[] = [];
    for (const file of files) {
      const folder = folderOf(file);
      const rule = rules[folder];
      for (const target of await importsOf(file)) {
        if (target.startsWith('.')) {
          const path = relative(root, resolve(root, dirname(file), target))
            .split(sep)
            .join('/');
          const other = folderOf(path);
          const allowed = other === folder ? folder !== 'checks' : rule?.ours.includes('*') || rule?.ours.some((each) => other === `src/${each}`);
          if (!allowed) wrong.push(`${file} imports ${path}`);
        } else if (target.startsWith('node:')) {
          if (!rule?.node) wrong.push(`${file} imports ${target}`);
        } else {
          const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] as string);
          if (name !== 'zod' && !packages[name]?.includes(folder)) wrong.push(`${file} imports the package ${name}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('no folder has a name that says nothing, and none lies deep', () => {
    const folders = new Set(files.map((file) => dirname(file)));
    expect([...folders].filter((folder) => /(^|\/)(utils?|helpers?|common|core|shared|misc)(\/|$)/.test(folder))).toEqual([]);
    expect([...folders].filter((folder) => folder.split('/').length > 3)).toEqual([]);
  });

  it('only the sources read the network', async () => {
    const network = /\bfetch\(|from 'node:(http|https|net|dns|tls)'|from 'undici'/;
    const readers: string[] = [];
    for (const file of files) if (network.test(await readFile(join(root, file), 'utf8'))) readers.push(folderOf(file));
    // Signing in tells an unknown tenant from an unreachable service; the sandbox listens; the command line adds the sandbox's certificate authority.
    expect([...new Set(readers)].filter((folder) => !['src/sources', 'src/tenants', 'src/sandbox', 'src/cli'].includes(folder))).toEqual([]);
  });
});
