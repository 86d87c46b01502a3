import type { Say } from './messages.ts';
import type { MailLine, MailView } from './view-mail.ts';

/** RFC 5322 asks for lines of at most 78 characters. */
const width = 76;

/** The mail for those who read text only: the same sentences in the same order. */
export function mailText(view: MailView, say: Say): string {
  const { score, open, report, changes, answers, first, retirements, unjudged, contact, footer } = view;
  const figure = score.known ? `${score.figure} ${say('mail.of')}` : say('mail.noScore');
  const blocks = [
    [view.kicker, view.title, view.byline],
    [figure, score.sentence, `${say('mail.openTitle')}: ${open.map(({ count, label }) => `${count} ${label}`).join(', ')}`],
    [report.url ? `${report.sentence}:\n${report.url}` : report.sentence],
    part(changes.heading, changes.sentences),
    ...changes.lists.map(({ heading, items, more }) => [`${heading}:`, ...items.map(item), ...(more ? [`- ${more}`] : [])]),
    part(
      say('mail.answers'),
      answers.map(({ number, label, figure: value, mark }) => `${number}. ${label}: ${mark} ${value}`),
    ),
    part(say('mail.first'), first.length > 0 ? first.map(({ number, title, note }) => `${number}. ${title} (${note})`) : [say('mail.firstNone')]),
    part(say('mail.retirements'), [...retirements.lines.map(item), ...(retirements.more ? [`- ${retirements.more}`] : []), ...retirements.sentences]),
    part(say('mail.unjudged'), unjudged),
    contact ? [contact] : [],
    footer,
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(wrapped).join('\n'))
    .join('\n\n')}\n`;
}

function part(heading: string, lines: readonly string[]): string[] {
  return [heading, '-'.repeat(Math.min(heading.length, width)), ...lines];
}

function item({ title, note }: MailLine): string {
  return `- ${title}${note ? `: ${note}` : ''}`;
}

/** Broken at spaces; a word without any, such as an address, stays whole. */
function wrapped(text: string): string {
  return text.split('\n').map(wrappedLine).join('\n');
}

function wrappedLine(line: string): string {
  const indent = /^(- |\d+\. )/.exec(line)?.[0].length ?? 0;
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(indent) + word;
    } else current = current ? `${current} ${word}` : word;
  }
  return [...lines, current].join('\n');
}
