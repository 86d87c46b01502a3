import { hash } from './seed.ts';

const first =
  'Avery Bela Casey Dara Emil Farah Greta Hollis Imre Jonna Kamal Lior Mira Nadim Orla Piet Quinn Rhea Soren Talia Ugo Vesna Wren Ximena Yara Zeno'.split(' ');
const last =
  'Holm Abara Brandt Castell Dunmore Eriksen Fallow Grieve Harrow Ibsen Juric Keller Lindqvist Marsh Novak Okafor Pell Quist Ravel Sundar Thorne Ulmer Varga Whitlock Yoder Zielin'.split(
    ' ',
  );
const departments = ['Sales', 'Finance', 'Operations', 'Workshop', 'Human Resources', 'Logistics', 'IT'];

/** Text that must stay text wherever it is printed. */
export const hostile: readonly string[] = [
  '<script>document.title="owned"</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("https://attacker.example","Open")',
  '+1-1|calc',
  '@SUM(1,1)',
  '{{constructor.constructor("return 1")()}}',
  '\u001b[31mred\u001b[0m',
  'right\u202Eto left',
  "O'Neil; DROP TABLE users --",
  '](javascript:alert(1)) **bold** `code`',
  '&lt;b&gt; & <b>bold</b>',
  'tab\there and line\nbreak',
];

export interface PersonName {
  first: string;
  last: string;
  department: string;
}

export function personName(index: number): PersonName {
  const pick = (list: readonly string[], word: string) => list[hash(word, index) % list.length] as string;
  return { first: pick(first, 'first'), last: pick(last, 'last'), department: pick(departments, 'department') };
}

/** A plain name, or in a tenant with hostile names every third time a hostile one. */
export function nameOr(isHostile: boolean, index: number, plain: string): string {
  return isHostile && index % 3 === 0 ? (hostile[(index / 3) % hostile.length] as string) : plain;
}
