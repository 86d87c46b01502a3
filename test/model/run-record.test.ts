import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { RunRecord } from '../../src/model/run-record.ts';
import { root } from '../support/root.ts';
import { sampleRun } from '../support/sample-run.ts';
import { scanSandbox, trustedSandbox } from '../support/scan-sandbox.ts';

const schema = JSON.parse(await readFile(join(root, 'docs/run-record.schema.json'), 'utf8')) as object;
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

describe('the published schema of the run record', () => {
  it('accepts a whole run, judged by an independent validator', async () => {
    const sandbox = await trustedSandbox({ variant: 'restricted' });
    const run = await scanSandbox(sandbox);
    await sandbox.close();
    expect(validate(JSON.parse(JSON.stringify(run))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });

  it.each<[string, (run: Record<string, unknown>) => void]>([
    ['an unknown verdict', (run) => Object.assign((run['results'] as object[])[0] as object, { verdict: 'maybe' })],
    ['a missing tenant', (run) => delete run['tenant']],
    ['a field that does not exist', (run) => Object.assign(run, { extra: 1 })],
    ['a measure without a value', (run) => delete ((run['measures'] as Record<string, unknown>[])[0] as Record<string, unknown>)['value']],
  ])('refuses %s, as the program does', (_name, spoil) => {
    const run = JSON.parse(JSON.stringify(sampleRun())) as Record<string, unknown>;
    expect(validate(run)).toBe(true);
    spoil(run);
    expect(validate(run)).toBe(false);
    expect(RunRecord.safeParse(run).success).toBe(false);
  });
});
