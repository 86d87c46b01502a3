import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadChecks } from '../../src/plan/load-checks.ts';
import { objection, scaffold } from '../../tools/new-check.ts';
import { root } from '../support/root.ts';

const run = promisify(execFile);
let copy = '';

/** A checkout of its own, so that the catalogue of the others stays as it is. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'scaffold-'));
  for (const name of ['src', 'node_modules', 'package.json', 'tsconfig.json', 'vitest.config.ts']) await symlink(join(root, name), join(copy, name));
  await mkdir(join(copy, 'test'));
  await symlink(join(root, 'test/support'), join(copy, 'test/support'));
  for (const { path, text } of scaffold('tenant', 'things-broken')) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await writeFile(join(copy, path), text);
  }
});
afterAll(() => rm(copy, { recursive: true }));

describe('npm run new-check', () => {
  it('writes a check that loads', async () => {
    expect((await loadChecks([join(copy, 'checks')])).map(({ check }) => check.id)).toEqual(['things-broken']);
  });

  it('writes a check and a table that compile, and a table that passes', async () => {
    await writeFile(
      join(copy, 'tsconfig.scaffold.json'),
      JSON.stringify({ extends: './tsconfig.json', compilerOptions: { preserveSymlinks: true }, include: ['checks', 'test/checks'] }),
    );
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.scaffold.json'], { cwd: copy });
    const table = await run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/checks'], {
      cwd: copy,
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(table.stdout).toMatch(/Tests {2}\d+ passed/);
  }, 60_000);

  it.each([
    ['misc', 'guests-inactive', /not an area/],
    ['apps', 'GuestsInactive', /kebab-case/],
    ['apps', 'inactive', /kebab-case/],
    ['apps', `guests-${'x'.repeat(40)}`, /longer than 40/],
  ])('refuses %s/%s', (area, id, message) => {
    expect(objection(area, id)).toMatch(message);
  });
});
