import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { expiredCertificate } from '../support/certificates.ts';
import { trustedSandbox } from '../support/scan-sandbox.ts';
import { environmentOf, tidytenant } from '../support/tidytenant.ts';

let sandbox: Sandbox;
let folder = '';
let environment: Record<string, string> = {};

beforeAll(async () => {
  sandbox = await trustedSandbox({ variant: 'clean', users: 20 });
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-'));
  environment = await environmentOf(sandbox, folder);
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

/** Two lines on stderr: what happened, what to do; no stack, no secret. */
async function complaint(args: string[], env: Record<string, string | undefined> = {}): Promise<{ code: number; what: string; fix: string }> {
  const { code, stderr, stdout } = await tidytenant(args, { ...environment, ...env }, folder);
  expect(stderr + stdout).not.toMatch(/\n\s+at .+:\d+:\d+/);
  expect(stderr + stdout).not.toContain(sandbox.clientSecret);
  const lines = stderr.trimEnd().split('\n');
  return { code, what: lines.at(-2) ?? '', fix: lines.at(-1) ?? '' };
}

describe('bad input gets one clear line, the way out, and the right exit code', () => {
  it.each<[string, string[], Record<string, string | undefined>, number, RegExp, RegExp]>([
    ['an unknown tenant', ['scan', '--tenant', '11111111-2222-4333-8444-555555555555'], {}, 77, /tenant does not exist/, /--tenant/],
    ['a wrong secret', ['scan'], { AZURE_CLIENT_SECRET: 'wrong-secret' }, 77, /client secret is wrong/, /AZURE_CLIENT_SECRET/],
    ['an unknown application', ['scan'], { AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555' }, 77, /application is not known/, /AZURE_CLIENT_ID/],
    ['no way to sign in', ['scan'], { AZURE_CLIENT_SECRET: undefined }, 77, /No way to sign in/, /AZURE_CLIENT_CERTIFICATE_PATH/],
    [
      'a certificate that is not there',
      ['scan'],
      { AZURE_CLIENT_SECRET: undefined, AZURE_CLIENT_CERTIFICATE_PATH: 'nowhere.pem' },
      77,
      /cannot be read \(ENOENT\)/,
      /PEM/,
    ],
    ['no tenant at all', ['scan'], { AZURE_TENANT_ID: undefined }, 64, /No tenant is named/, /--tenant/],
    ['an unreachable sign-in service', ['scan'], { AZURE_AUTHORITY_HOST: 'https://localhost:9' }, 69, /could not be reached/, /network/],
    ['an endpoint that is not https', ['scan'], { TIDYTENANT_GRAPH_ENDPOINT: 'http://graph.example' }, 77, /not an https address/, /https/],
    ['an unknown check', ['scan', '--only', 'guest-inactive'], {}, 64, /No check matches "guest-inactive"/, /guests-inactive/],
    ['an unknown check to show', ['checks', 'show', 'guests-inactiv'], {}, 64, /no check "guests-inactiv"/, /guests-inactive/],
    ['an unknown format', ['scan', '--format', 'htm'], {}, 64, /--format does not know "htm"/, /html/],
    ['an unknown severity', ['scan', '--fail-on', 'hihg'], {}, 64, /--fail-on does not know "hihg"/, /high/],
    ['an unknown cloud', ['scan', '--cloud', 'mars'], {}, 64, /--cloud does not know "mars"/, /usgov/],
    ['an unknown command', ['scann'], {}, 64, /Unknown command 'scann'/, /--help/],
    ['an unknown option', ['scan', '--onyl', 'x'], {}, 64, /Unknown option '--onyl'/, /--only/],
    ['a named config that is not there', ['scan', '--config', 'nowhere.yaml'], {}, 65, /nowhere\.yaml: cannot be read/, /docs/],
    ['no evidence file', ['evaluate', '--evidence', 'nowhere.gz'], {}, 65, /nowhere\.gz: does not exist/, /collect/],
    ['no run', ['report', '--run', 'nowhere.json'], {}, 65, /cannot be read/, /path/],
  ])('%s', async (_name, args, env, code, what, fix) => {
    const said = await complaint(args, env);
    expect(said).toEqual({ code, what: expect.stringMatching(what), fix: expect.stringMatching(fix) });
  });

  it('a malformed config, with its line', async () => {
    await writeFile(join(folder, 'bad.yaml'), 'settings:\n  guestIdleDays: 90\n  patchDeadline: 3\n');
    expect(await complaint(['scan', '--config', 'bad.yaml'])).toMatchObject({ code: 65, what: expect.stringMatching(/bad\.yaml:3: settings\.patchDeadline/) });
    await writeFile(join(folder, 'ghost.yaml'), 'accept:\n  - { check: guests-inactiv, reason: r, approvedBy: a, until: 2027-01-01 }\n');
    expect(await complaint(['scan', '--config', 'ghost.yaml'])).toMatchObject({
      code: 64,
      what: expect.stringMatching(/guests-inactiv/),
      fix: expect.stringMatching(/guests-inactive/),
    });
  });

  it('an expired certificate, before anything is sent', async () => {
    const pem = join(folder, 'old.pem');
    await writeFile(pem, await expiredCertificate(), { mode: 0o600 });
    expect(await complaint(['scan'], { AZURE_CLIENT_SECRET: undefined, AZURE_CLIENT_CERTIFICATE_PATH: pem })).toMatchObject({
      code: 77,
      what: expect.stringMatching(/expired on/),
    });
  });

  it.each<[string, Buffer, RegExp]>([
    ['that is no gzip', Buffer.from('hello'), /not a gzip file/],
    ['that is cut off', gzipSync('{"schemaVersion":1,"tenant":{"id":"t"},"collectedAt":"2026-01-01T00:00:00Z"}\n').subarray(0, 40), /cut off/],
    ['with a broken line', gzipSync('{"schemaVersion":1,"tenant":{"id":"t"},"collectedAt":"2026-01-01T00:00:00Z"}\n{"dataset"\n'), /:2: is not JSON/],
    ['without header', gzipSync('{"dataset":"users","page":1,"rows":[]}\n'), /:1: is not the header/],
    ['of a later version', gzipSync('{"schemaVersion":99,"tenant":{"id":"t"},"collectedAt":"2026-01-01T00:00:00Z"}\n'), /:1: is not the header/],
    ['that is empty', gzipSync(''), /is empty/],
  ])('an evidence file %s', async (_name, bytes, what) => {
    await writeFile(join(folder, 'broken.gz'), bytes);
    expect(await complaint(['evaluate', '--evidence', 'broken.gz'])).toMatchObject({ code: 65, what: expect.stringMatching(what) });
  });

  it('a run record that is none', async () => {
    await writeFile(join(folder, 'not-a-run.json'), '{"schemaVersion":1}');
    expect(await complaint(['report', '--run', 'not-a-run.json'])).toMatchObject({ code: 65, what: expect.stringMatching(/not a run record/) });
  });

  it('a folder of checks with a faulty one', async () => {
    await mkdir(join(folder, 'mychecks/apps'), { recursive: true });
    await writeFile(join(folder, 'mychecks/apps/x-broken.js'), 'export default { id: "x-broken" }');
    expect(await complaint(['scan', '--checks', 'mychecks'])).toMatchObject({ code: 65, what: expect.stringMatching(/x-broken\.js: title/) });
  });

  it('an output folder that cannot be written, before anything is read; what was there stays', async () => {
    await writeFile(join(folder, 'a-file'), 'precious');
    const before = sandbox.requests().length;
    expect(await complaint(['scan', '--out', 'a-file'])).toMatchObject({
      code: 64,
      what: expect.stringMatching(/a-file cannot be written/),
      fix: expect.stringMatching(/--out/),
    });
    expect(await complaint(['scan', '--out', '/proc/nowhere'])).toMatchObject({ code: 64 });
    expect(sandbox.requests().length).toBe(before);
  });

  it('a document that cannot be replaced: the run record is kept', async () => {
    const out = join(folder, 'half');
    await mkdir(join(out, 'report.html', 'in-the-way'), { recursive: true });
    const said = await complaint(['scan', '--only', 'tenant', '--out', out]);
    expect(said.code).toBe(64);
    expect(await readdir(out)).toContain('run.json');
    await chmod(out, 0o700);
  });
});
