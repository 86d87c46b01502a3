import { byText } from '../lib/text.ts';
import { areas, type Severity, severities, verdicts } from '../model/verdict.ts';
import type { Format } from './format.ts';
import { type Standing, type Traits, traitsOf } from './view-findings.ts';
import { type Judged, ofSeverity, withVerdict } from './view-judged.ts';

/** What the filters of the findings offer: only what occurs in this run. */
export interface Filters {
  severities: { key: Severity; label: string; count: number }[];
  standings: Choice[];
  areas: Choice[];
  efforts: Choice[];
  frameworks: Choice[];
  owners: Choice[];
  /** What the search covers, said beside it. */
  covers: string;
  /** The same for a page that does not carry the names it does not print (see name-index.ts), or cannot unpack them; null where it prints all. */
  coversLess: string | null;
}

export interface Choice {
  key: string;
  label: string;
}

export const efforts = ['low', 'medium', 'high'] as const;

export function filtersView(judged: readonly Judged[], limit: number, format: Format): Filters {
  const { say } = format;
  const traits = judged.map(traitsOf);
  const used = <K extends keyof Traits>(name: K, value: Traits[K]) => traits.some((each) => each[name] === value);
  const standings: readonly Standing[] = ['fail', 'accepted', ...verdicts.filter((verdict) => verdict !== 'fail')];
  return {
    severities: severities.map((key) => ({ key, label: say(`words.severity.${key}`), count: ofSeverity(withVerdict(judged, 'fail'), key).length })),
    standings: standings
      .filter((key) => used('standing', key))
      .map((key) => ({ key, label: key === 'accepted' ? say('findings.accepted') : say(`words.verdict.${key}`) })),
    areas: areas.filter((key) => used('area', key)).map((key) => ({ key, label: say(`words.area.${key}`) })),
    efforts: efforts.filter((key) => used('effort', key)).map((key) => ({ key, label: say(`words.effort.${key}`) })),
    frameworks: named(traits.flatMap(({ frameworks }) => frameworks.split('|'))),
    owners: ownerChoices(traits, format),
    ...searchWords(withVerdict(judged, 'fail'), limit, format),
  };
}

/** Stands for "nobody" in a filter: no name is made of a dash alone. */
export const nobody = '-';

/** Nothing to choose where nobody is named at all. */
function ownerChoices(traits: readonly Traits[], { say }: Format): Choice[] {
  const owners = named(traits.map(({ owner }) => owner));
  return owners.length > 0 ? [...owners, { key: nobody, label: say('findings.nobody') }] : [];
}

function searchWords(failed: readonly Judged[], limit: number, { say }: Format): Pick<Filters, 'covers' | 'coversLess'> {
  const left = failed.reduce((sum, { findings }) => sum + Math.max(0, findings.length - limit), 0);
  if (left === 0) return { covers: say('findings.coversAll'), coversLess: null };
  return { covers: say('findings.coversNames', { count: left }), coversLess: say('findings.coversLess', { count: left }) };
}

function named(names: readonly string[]): Choice[] {
  return [...new Set(names)]
    .filter(Boolean)
    .sort(byText)
    .map((name) => ({ key: name, label: name }));
}
