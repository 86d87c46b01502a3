import { hash } from './seed.ts';

/** Monthly updates of Windows 11 24H2 and 25H2: day of release, revision, and that of the hotpatch where there is one. */
const releases: readonly (readonly [date: string, revision: number, hotpatch?: number])[] = [
  ['2026-01-13', 7623],
  ['2026-02-10', 7840, 7781],
  ['2026-03-10', 8037, 7979],
  ['2026-04-14', 8246],
  ['2026-05-12', 8457, 8390],
  ['2026-06-09', 8655],
  ['2026-07-14', 8875],
  ['2026-08-11', 9168, 9106],
];

/** Days from a release to the first computers of a ring. */
const deferral = [1, 3, 7];
const dayInMs = 86_400_000;

/** The version of the nth computer at an instant, when its ring installs each update within about a week of its turn. */
export function rolledOut(at: Date, index: number, ring: number): string {
  const family = index % 4 === 3 ? 26100 : 26200;
  const installed = releases.findLast(([date]) => Date.parse(`${date}T18:00:00Z`) + delay(date, index, ring) * dayInMs <= at.getTime()) ?? releases[0];
  const [, revision, hotpatch] = installed as (typeof releases)[number];
  return `10.0.${family}.${hash('hotpatched', index) % 5 === 0 && hotpatch ? hotpatch : revision}`;
}

/** Some computers lie in a drawer for weeks, some lag behind always, and a few miss a month altogether. */
function delay(date: string, index: number, ring: number): number {
  const usual = (deferral[ring] as number) + (hash(date, index) % 50) / 10;
  if (hash('stubborn', index) % 25 === 0) return usual + 40;
  const luck = hash('luck', `${date}/${index}`) % 40;
  return luck === 0 ? 1000 : luck < 3 ? usual + 18 : usual;
}
