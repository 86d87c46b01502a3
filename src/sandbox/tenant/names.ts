import { hasher } from './seed.ts';

const first =
  'Avery Bela Casey Dara Emil Farah Greta Hollis Imre Jonna Kamal Lior Mira Nadim Orla Piet Quinn Rhea Soren Talia Ugo Vesna Wren Ximena Yara Zeno'.split(' ');
const last =
  'Holm Abara Brandt Castell Dunmore Eriksen Fallow Grieve Harrow Ibsen Juric Keller Lindqvist Marsh Novak Okafor Pell Quist Ravel Sundar Thorne Ulmer Varga Whitlock Yoder Zielin'.split(
    ' ',
  );
/** In large tenants some names are far more common than others: the first of these most. */
const commonFirst =
  'Maria Anna Michael Jan Sophie Thomas Mohammed Andrea Peter Julia Stefan Laura Ali Martin Christine Daniel Eva Sara Marco Lukas Nina Alexander Katrin Paul Fatima Robert Elena Oliver Hannah Simon Ines Erik Tomas Bianca Leon Wei Ayse Victor Gabriela Kai Igor Freya Henrik Chloe Omar Ulrike Youssef Rosa Dmitri Zoe Quentin Xenia'.split(
    ' ',
  );
const commonLast =
  'Muller Smith Schmidt Jansen Nowak Garcia Rossi Meyer Weber Andersen Kaya Singh Becker Hoffmann Silva Schulz Koch Bauer Larsen Richter Wolf Novotny Ahmed Kovacs Fischer Costa Lang Dubois Nguyen Petrov Evans Berg Hansen Vogel Unger Ivanov Eder Orlov Zimmermann Quinn Yilmaz Jung Tran Pohl Roth Frank Graf Arnold Xu Ott'.split(
    ' ',
  );
/** Below this, names stay as the recorded runs know them. */
const evenlySpread = 1000;
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

const drawn = { first: hasher('first'), last: hasher('last'), department: hasher('department') };

const evenly = (list: readonly string[], draw: number) => list[draw % list.length] as string;
const skewed = (list: readonly string[], draw: number) => list[Math.floor(list.length * (draw / 2 ** 32) ** 2)] as string;

export function firstName(index: number): string {
  return index < evenlySpread ? evenly(first, drawn.first(index)) : skewed(commonFirst, drawn.first(index));
}

export function lastName(index: number): string {
  return index < evenlySpread ? evenly(last, drawn.last(index)) : skewed(commonLast, drawn.last(index));
}

export function departmentOf(index: number): string {
  return evenly(departments, drawn.department(index));
}

/** A plain name, or in a tenant with hostile names every third time a hostile one. */
export function nameOr(isHostile: boolean, index: number, plain: string): string {
  return isHostile && index % 3 === 0 ? (hostile[(index / 3) % hostile.length] as string) : plain;
}
