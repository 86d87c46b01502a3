import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retirementEntries } from '../../src/advisories/retirements/catalogue.ts';
import type { Standing } from '../../src/cli/advisories-retirements.ts';
import { tidytenant } from '../support/tidytenant.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidytenant-retirements-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => tidytenant(['advisories', ...args], {}, folder);

async function standings(...args: string[]): Promise<Standing[]> {
  const { stdout, code } = await run(...args, '--json');
  expect(code).toBe(0);
  return (JSON.parse(stdout) as { entries: Standing[] }).entries;
}

describe('advisories list', () => {
  it('shows each entry once, as it stands on the day', async () => {
    const { stdout, code } = await run('list', '--on', '2027-01-15');
    expect(code).toBe(0);
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^178 retirements and enforcements on 2027-01-15, by data of \d{4}-\d\d-\d\d\. Confirm dates within 90 days with Microsoft\.$/);
    expect(lines).toHaveLength(retirementEntries.length);
    expect(stdout).toMatch(/^ {2}2027-04-01 +in 76 days {2}in progress +exo-ews /m);
    expect(stdout).toMatch(/^ {2}2027-01-12 +3 days ago {2}out of support +windows-10-ltsc-2021 /m);
    expect(stdout).toMatch(/^ {2}no date +on hold +defender-cloud-apps-siem-agents /m);
    expect(stdout).toContain('(next: 2027-01)');
  });

  it('follows the clock: status, days left and order', async () => {
    const [november, june] = [await standings('list', '--on', '2026-11-22'), await standings('list', '--on', '2027-06-30')];
    expect(november[0]).toMatchObject({ id: 'exo-pop-imap-legacy-tls', status: 'inProgress', daysLeft: 39 });
    expect(june[0]).toMatchObject({ id: 'spo-remote-event-receivers', status: 'inProgress', daysLeft: 1 });
    expect(june.find(({ id }) => id === 'exo-ews')).toMatchObject({ status: 'retired', daysLeft: -90, next: null });
    expect(june.map(({ id }) => id).sort()).toEqual(november.map(({ id }) => id).sort());
  });

  it.each(['2026-02-31', '22.11.2026', 'tomorrow'])('refuses --on %s', async (day) => {
    const { code, stderr } = await run('list', '--on', day);
    expect(code).toBe(64);
    expect(stderr).toBe(`tidytenant: --on takes a day, not "${day}".\nWrite it as YYYY-MM-DD, for example 2027-01-15.\n`);
  });
});

describe('advisories show', () => {
  it('tells all of one entry', async () => {
    const { stdout } = await run('show', 'exo-ews', '--on', '2026-11-22');
    for (const part of ['in progress on 2026-11-22, 2027-04-01, in 130 days', 'to do (a project):', 'partial, by ews-permissions-granted', 'MC1227454'])
      expect(stdout).toContain(part);
  });

  it('tells which dates were taken back', async () => expect((await run('show', 'exo-smtp-auth-basic')).stdout).toMatch(/2026-03-01 .*\(no longer holds\)/));

  it('gives it as JSON with what follows on the day', async () => {
    const { stdout } = await run('show', 'exo-ews', '--on', '2027-04-02', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ on: '2027-04-02', id: 'exo-ews', effort: 'high', status: 'retired', daysLeft: -1 });
  });

  it('suggests the id that was meant', async () => {
    const { code, stderr } = await run('show', 'exo-ew');
    expect(code).toBe(64);
    expect(stderr).toBe('tidytenant: There is no retirement "exo-ew".\nDid you mean "exo-ews"?\n');
  });
});

describe('advisories search', () => {
  it('finds entries that speak of all the words, whatever their case', async () => {
    const ids = (await standings('search', 'SMTP', 'basic')).map(({ id }) => id);
    expect(ids).toContain('exo-smtp-auth-basic');
    expect(ids.length).toBeLessThan(5);
  });
  it('finds a post by its number', async () => expect((await standings('search', 'mc1227454')).map(({ id }) => id)).toEqual(['exo-ews']));
  it('finds nothing without failing', async () => expect(await standings('search', 'fax machine')).toEqual([]));
  it('wants a word', async () => expect((await run('search')).code).toBe(64));
});

it('leaves `advisories` itself to the state of the data', async () => expect((await run()).stdout).toMatch(/^Advisory data of /));
