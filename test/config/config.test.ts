import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from '../../src/config/config.ts';
import { readEnvironment } from '../../src/config/environment.ts';

describe('tidytenant.yaml', () => {
  it('may be empty', () => {
    expect(parseConfig('', 'x.yaml')).toMatchObject({ accept: [], owners: [], settings: { patchDeadlineDays: 14, guestIdleDays: 90 } });
  });

  it('takes accepted risks, owners and settings', () => {
    const config = parseConfig(
      'settings:\n  patchDeadlineDays: 7\naccept:\n  - check: guests-inactive\n    reason: merger\n    approvedBy: Ada\n    until: 2026-12-31\nowners:\n  - area: apps\n    owner: App team\n',
      'x.yaml',
    );
    expect(config.settings.patchDeadlineDays).toBe(7);
    expect(config.settings.guestIdleDays).toBe(90);
    expect(config.accept[0]).toMatchObject({ until: '2026-12-31' });
  });

  const wrong: [string, string, RegExp][] = [
    ['broken YAML', 'a: [1,\nb: 2\n', /^x\.yaml:\d+: /],
    ['a misspelt key', 'tenant: contoso.com\nsetings:\n  patchDeadlineDays: 7\n', /^x\.yaml:2: setings: /],
    ['a misspelt setting', 'settings:\n  guestIdleDays: 30\n  patchDeadline: 7\n', /^x\.yaml:3: settings\.patchDeadline: /],
    ['a wrong type', 'settings:\n  patchDeadlineDays: soon\n', /^x\.yaml:2: settings\.patchDeadlineDays: /],
    ['an impossible date', 'accept:\n  - check: a-b\n    reason: r\n    approvedBy: x\n    until: 2026-02-30\n', /^x\.yaml:5: accept\.0\.until: /],
    ['a risk without approver', 'accept:\n  - check: a-b\n    reason: r\n    until: 2026-02-20\n', /^x\.yaml:2: accept\.0\.approvedBy: /],
    ['an unknown severity', 'failOn: urgent\n', /^x\.yaml:1: failOn: /],
    ['a list instead of settings', '- a\n- b\n', /^x\.yaml:1: config: /],
  ];
  it.each(wrong)('says the line of %s', (_name, text, message) => {
    expect(() => parseConfig(text, 'x.yaml')).toThrow(ConfigError);
    expect(() => parseConfig(text, 'x.yaml')).toThrow(message);
  });

  it('must exist when named, and need not when not', async () => {
    await expect(loadConfig('/nonexistent/tidytenant.yaml')).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});

describe('the environment', () => {
  it('counts empty strings as not set', () => {
    expect(readEnvironment({ AZURE_TENANT_ID: ' t ', AZURE_CLIENT_SECRET: '', TIDYTENANT_GRAPH_ENDPOINT: 'https://g' })).toEqual({
      tenantId: 't',
      graphEndpoint: 'https://g',
    });
  });
});
