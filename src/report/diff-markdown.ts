import { escapeMarkdown as text } from './escape-markdown.ts';
import type { Say } from './messages.ts';
import type { DiffGroup, DiffView } from './view-diff.ts';
import type { FigureRow } from './view-diff-figures.ts';

/** A comparison for tickets, wikis and chats. Everything is escaped. */
export function diffMarkdown(view: DiffView, say: Say): string {
  const blocks = [
    `# ${text(view.title)}`,
    text(view.span),
    view.unchanged ? text(say('diff.unchanged')) : '',
    view.score.map(text).join(' '),
    table(
      [say('diff.column.state'), say('diff.column.count'), say('diff.column.meaning')],
      view.figures.map(({ label, count, meaning }) => [label, String(count), meaning]),
    ),
    view.notes.map((note) => `> ${text(note)}`).join('\n>\n'),
    section(say('diff.heading.findings'), view.groups.map((group) => groupText(group, say)).join('\n\n')),
    section(say('diff.heading.verdicts'), figureTable(view.verdicts, say)),
    section(say('diff.heading.measures'), figureTable(view.measures, say)),
    section(say('diff.heading.retirements'), figureTable(view.retirements, say)),
    section(say('diff.heading.access'), view.access.map((line) => `- ${text(line)}`).join('\n')),
    section(say('diff.heading.notCompared'), notCompared(view, say)),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function groupText({ id, title, severityLabel, counts, changes, rows, more }: DiffGroup, say: Say): string {
  const named = rows.map(({ label, name, type, said }) => [label, `${name} (${type})`, said]);
  return [
    `### ${text(title)}`,
    text([severityLabel, id, counts].filter(Boolean).join(', ')),
    ...changes.map(text),
    named.length > 0 ? table([say('diff.column.state'), say('diff.column.what'), say('diff.column.said')], named) : '',
    text(more),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function figureTable(rows: readonly FigureRow[], say: Say): string {
  if (rows.length === 0) return '';
  return table(
    [say('diff.column.what'), say('diff.column.before'), say('diff.column.after'), say('diff.column.state')],
    rows.map(({ label, before, after, note }) => [label, before, after, note]),
  );
}

function notCompared({ notCompared: checks, neither }: DiffView, say: Say): string {
  const rows = checks.map(({ title, why }) => [title, why]);
  return [rows.length > 0 ? table([say('diff.column.question'), say('diff.column.why')], rows) : '', text(neither)].filter(Boolean).join('\n\n');
}

function section(heading: string, body: string): string {
  return body ? `## ${text(heading)}\n\n${body}` : '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
