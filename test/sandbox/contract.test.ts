import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox, type Variant } from '../../src/sandbox/sandbox.ts';
import { loadSchema, pathShape, type Version } from '../../src/sandbox/schema.ts';
import { buildSchema, contractFolder, contractIsHere } from './support/build-schema.ts';
import { isEmbedded } from './support/embedded.ts';
import { type Client, clientOf } from './support/graph-client.ts';
import { servedExpansions, servedPaths } from './support/served-paths.ts';

interface Problem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  at?: string;
}
interface Validator {
  checkRequest(request: { method: string; url: string; headers?: Record<string, string> }): Problem[];
  checkResponse(exchange: { method: string; url: string; status: number; body: unknown; requestHeaders?: Record<string, string> }): Problem[];
}

const prefer = { prefer: 'include-unknown-enum-members' };
/** No application permission exists for it. */
const delegatedOnly = 'beta /directory/onPremisesSynchronization';
const skipped = contractIsHere ? '' : ' (SKIPPED: the Graph contract is not beside this checkout)';
const validator: Validator | undefined = contractIsHere ? await import(new URL('validate.mjs', contractFolder).href) : undefined;

describe.skipIf(!contractIsHere)(`the sandbox against the published contract${skipped}`, () => {
  it('has the schema that the contract gives', () => {
    const { text } = buildSchema(servedPaths(), servedExpansions());
    const stored = readFileSync(new URL('../../src/sandbox/data/graph-schema.ts', import.meta.url), 'utf8');
    expect(stored === text, 'run: node test/sandbox/support/write-schema.ts').toBe(true);
  });

  describe.each<Variant>(['messy', 'clean', 'restricted', 'typical'])('%s', (variant) => {
    let sandbox: Sandbox;
    let client: Client;
    beforeAll(async () => {
      sandbox = await startSandbox({ variant, users: 130, now: new Date('2026-08-20T12:00:00Z') });
      client = clientOf(sandbox);
    });
    afterAll(async () => {
      await client.close();
      await sandbox.close();
    });

    it.each(served())('%s', async (path) => {
      const url = await concrete(client, path);
      if (url === undefined) return;
      const answer = await client.get(url, prefer);
      if (variant !== 'restricted') expect(answer.status, JSON.stringify(answer.body)).toBe(path === delegatedOnly ? 403 : 200);
      expect(problems(sandbox, url, answer)).toEqual([]);
    });
  });
});

function served(): string[] {
  const schema = loadSchema();
  return servedPaths().filter((path) => {
    const [version = '', template = ''] = path.split(' ');
    return schema.path(version as Version, template) !== undefined;
  });
}

/** Fills the key of a path with the first object of the list above it; undefined where that list is empty. */
async function concrete(client: Client, path: string): Promise<string | undefined> {
  const [version = '', template = ''] = path.split(' ');
  const at = template.indexOf('/{');
  if (at < 0) return `/${version}${template}`;
  const list = await client.get(`/v1.0${template.slice(0, at)}`, prefer);
  const other = list.status === 200 ? list : await client.get(`/beta${template.slice(0, at)}`, prefer);
  const id = other.body.value?.[0]?.id;
  return id === undefined ? undefined : `/${version}${template.replace(/\{[^}]*\}/, encodeURIComponent(id))}`;
}

function problems(sandbox: Sandbox, url: string, answer: { status: number; body: unknown }): string[] {
  const body = JSON.parse(JSON.stringify(answer.body).replaceAll(sandbox.origin, 'https://graph.microsoft.com'));
  const absolute = `https://graph.microsoft.com${url}`;
  const found = [
    ...(validator?.checkRequest({ method: 'GET', url: absolute }) ?? []),
    ...(validator?.checkResponse({ method: 'GET', url: absolute, status: answer.status, body, requestHeaders: prefer }) ?? []),
  ];
  return found
    .filter((each) => !isEmbedded(each) && (each.severity === 'error' || !tolerated.has(each.code)))
    .map((each) => `${each.code} ${each.at ?? ''} ${each.message}`);
}

/** Deprecated properties still come with a default answer. */
const tolerated = new Set(['deprecated-property', 'deprecated-operation']);

describe('routes', () => {
  it('serve every path under one shape once', () => {
    const shapes = servedPaths().map(pathShape);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('have a permission for everything they serve', () => {
    const schema = loadSchema();
    const open = servedPaths().filter((path) => {
      const [version = '', template = ''] = path.split(' ');
      return schema.path(version as Version, template)?.permissions.length === 0;
    });
    expect(open.sort()).toEqual(['beta /deviceManagement/managedDeviceCleanupRules', 'beta /deviceManagement/windowsQualityUpdatePolicies', delegatedOnly]);
  });
});
