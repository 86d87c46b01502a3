import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut, retirementEntries, retirementsAsOf } from '../../src/advisories/retirements/catalogue.ts';
import { detectabilityOf } from '../../src/advisories/retirements/detection.ts';
import { lastDayOf } from '../../src/lib/dates.ts';
import { Retirement } from '../../src/model/retirement.ts';
import { families, newEntry, objection } from '../../tools/new-retirement.ts';
import { familyText, readFamily, retirementFolder } from '../../tools/retirement-files.ts';
import { catalogue } from '../support/catalogue.ts';
import { root } from '../support/root.ts';

const run = promisify(execFile);
const known = await families(root);
const checks = new Set(catalogue.map(({ check }) => check.id));
const entries = retirementEntries.map((entry) => [entry.id, entry] as const);

describe('the catalogue of retirements', () => {
  it.each(known)('%s.json stands in its own form: by id, one property a line', async (family) => {
    const text = await readFile(join(root, retirementFolder, `${family}.json`), 'utf8');
    expect(text).toBe(familyText(readFamily(root, family)));
  });

  it('holds every file of its folder', () => {
    const onDisk = known.flatMap((family) => readFamily(root, family));
    expect(onDisk.map(({ id }) => id).sort()).toEqual(retirementEntries.map(({ id }) => id));
  });

  it('has each id once, and none that was left out', () => {
    const ids = retirementEntries.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(leftOut.filter(({ id }) => ids.includes(id))).toEqual([]);
  });

  it('is as old as its oldest entry', () => {
    expect(retirementsAsOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(retirementEntries.filter(({ asOf }) => asOf < retirementsAsOf)).toEqual([]);
  });

  it('leaves no entry that what is read could decide without a check', () =>
    expect(retirementEntries.filter((entry) => detectabilityOf(entry) === 'noCheckYet').map(({ id }) => id)).toEqual([]));

  it('decides at least 70 entries by checks', () =>
    expect(retirementEntries.filter((entry) => ['automatic', 'partial'].includes(String(detectabilityOf(entry)))).length).toBeGreaterThanOrEqual(70));
});

describe.each(entries)('%s', (_id, entry) => {
  it('has a kebab-case id and says everything', () => {
    expect(entry.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(entry.title).not.toMatch(/\.$/);
    expect(JSON.stringify(entry)).not.toContain('FILL IN');
  });

  it('has dates that exist, in order', () => {
    const { announced, date, milestones, onHoldSince } = entry;
    const all = [announced, date, onHoldSince, ...milestones.map((milestone) => milestone.date)].filter((each) => each != null);
    for (const each of all) expect(isDate(each), each).toBe(true);
    const days = milestones.map((milestone) => lastDayOf(milestone.date));
    expect(days).toEqual([...days].sort());
    if (announced && date) expect(firstDayOf(announced) <= lastDayOf(date), `announced ${announced}, ends ${date}`).toBe(true);
    if (onHoldSince) expect(date, 'on hold: no date counts').toBeNull();
    if (entry.plan) expect(date !== null && lastDayOf(date) <= entry.asOf, 'by plan: the date has passed unread').toBe(true);
  });

  it('has links over https, and none twice', () => {
    const urls = entry.sources.map(({ url }) => new URL(url));
    for (const url of urls) {
      expect(url.protocol).toBe('https:');
      expect(url.hostname).toMatch(/\.[a-z]{2,}$/);
      expect([url.username, url.password, url.port].join('')).toBe('');
    }
    const texts = entry.sources.map(({ url }) => url);
    expect(texts.filter((url, at) => texts.indexOf(url) !== at)).toEqual([]);
    expect(entry.messageCenterIds.filter((id, at) => entry.messageCenterIds.indexOf(id) !== at)).toEqual([]);
  });

  it('is decided by checks that exist, and says what partial ones leave open', () => {
    expect((entry.checks ?? []).filter((id) => !checks.has(id))).toEqual([]);
    expect(entry.detectability === 'manual' && entry.checks !== undefined, 'a manual entry has no check').toBe(false);
    expect(entry.left === undefined, 'left: what partial checks cannot see').toBe(!(entry.detectability === 'partial' && entry.checks !== undefined));
  });
});

function isDate(date: string): boolean {
  const parsed = new Date(date);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function firstDayOf(date: string): string {
  return `${date}-01-01`.slice(0, 10);
}

const research = join(root, '../shared/advisories/m365-deprecations.json');
describe.skipIf(!existsSync(research))('against the research it came from (skipped where that is not beside the checkout)', () => {
  it('has lost nothing: each is in, or left out with a reason', async () => {
    const list = JSON.parse(await readFile(research, 'utf8')) as { id: string }[];
    const here = new Set([...retirementEntries, ...leftOut].map(({ id }) => id));
    expect(list.map(({ id }) => id).filter((id) => !here.has(id))).toEqual([]);
    expect(list.length).toBeGreaterThanOrEqual(179);
  });
});

describe('npm run new-retirement', () => {
  let copy = '';
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'retirement-'));
    await mkdir(join(copy, 'src'));
    await cp(join(root, 'tools'), join(copy, 'tools'), { recursive: true });
    await cp(join(root, 'src'), join(copy, 'src'), { recursive: true });
    for (const name of ['package.json', 'node_modules', 'templates']) await symlink(join(root, name), join(copy, name));
  });
  afterAll(() => rm(copy, { recursive: true }));

  it('puts an entry into its family that is valid but for the blanks, and nothing else changes', async () => {
    const { stdout } = await run(process.execPath, ['tools/new-retirement.ts', 'exchange/exo-old-thing'], { cwd: copy });
    expect(stdout).toContain(`${retirementFolder}/exchange.json`);
    const now = readFamily(copy, 'exchange');
    const added = now.find(({ id }) => id === 'exo-old-thing');
    expect(Retirement.parse(added)).toEqual(newEntry('exo-old-thing', added?.asOf ?? ''));
    expect(now.filter(({ id }) => id !== 'exo-old-thing')).toEqual(readFamily(root, 'exchange'));
    expect(await readFile(join(copy, retirementFolder, 'exchange.json'), 'utf8')).toBe(familyText(now));
    expect(JSON.stringify(added)).toContain('FILL IN');
  });

  it('is found by the command line at once', async () => {
    const { stdout } = await run(process.execPath, ['src/cli/tidytenant.js', 'advisories', 'show', 'exo-old-thing'], { cwd: copy });
    expect(stdout).toContain('exo-old-thing');
  });

  it.each([
    ['misc', 'new-thing', /not a family/],
    ['exchange', 'NewThing', /kebab-case/],
    ['teams', 'exo-ews', /exists already, in .*exchange\.json/],
  ])('refuses %s/%s', async (family, id, message) => {
    expect(await objection(root, family, id)).toMatch(message);
    const refused = await run(process.execPath, ['tools/new-retirement.ts', `${family}/${id}`], { cwd: copy }).catch((error: { code: number }) => error);
    expect(refused).toMatchObject({ code: 64 });
  });
});

it('the guide shows an entry that is valid', async () => {
  const guide = await readFile(join(root, 'docs/adding-a-retirement.md'), 'utf8');
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  expect(Retirement.safeParse(JSON.parse(example)).error).toBeUndefined();
  const fields = [...guide.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(fields.sort()).toEqual(Object.keys(Retirement.shape).sort());
});
