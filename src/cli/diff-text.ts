import type { Say } from '../report/messages.ts';
import type { DiffGroup, DiffView } from '../report/view-diff.ts';
import type { FigureRow } from '../report/view-diff-figures.ts';
import { paint, plain } from './console.ts';

/** A comparison for a terminal. Every name of the tenant is made harmless here, whatever was done to it before. */
export function diffText(view: DiffView, say: Say): string {
  const blocks = [
    [paint.bold(plain(view.title)), plain(view.span), ...view.score.map(plain)],
    view.unchanged ? [say('diff.unchanged')] : figures(view),
    view.notes.map((note) => paint.dim(plain(note))),
    ...view.groups.map(group),
    part(say('diff.heading.verdicts'), view.verdicts.map(figure)),
    part(say('diff.heading.measures'), view.measures.map(figure)),
    part(say('diff.heading.retirements'), view.retirements.map(figure)),
    part(
      say('diff.heading.access'),
      view.access.map((line) => `  ${plain(line)}`),
    ),
    part(say('diff.heading.notCompared'), [
      ...view.notCompared.map(({ title, id, why }) => `  ${plain(title)} ${paint.dim(`[${plain(id)}]`)}: ${plain(why)}`),
      ...(view.neither ? [`  ${view.neither}`] : []),
    ]),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function figures({ figures: rows }: DiffView): string[] {
  const width = Math.max(...rows.map(({ label }) => label.length));
  return rows
    .filter(({ count }) => count > 0)
    .map(({ label, count, meaning }) => `${String(count).padStart(7)}  ${label.padEnd(width)}  ${paint.dim(meaning)}`);
}

function group({ id, title, severity, severityLabel, counts, changes, rows, more }: DiffGroup): string[] {
  const level = severity ? paint[severity](severityLabel) : '';
  const width = Math.max(0, ...rows.map(({ label }) => label.length));
  const colours = { new: paint.high, fixed: paint.good, changed: paint.medium, unknownBefore: paint.medium, unknownAfter: paint.medium, open: paint.dim };
  return [
    `${level ? `${level}  ` : ''}${plain(title)} ${paint.dim(`[${plain(id)}]`)}`,
    `  ${counts}`,
    ...changes.map((change) => `  ${plain(change)}`),
    ...rows.map(({ state, label, name, type, said }) => {
      const what = said ? `: ${plain(said)}` : '';
      return `  ${colours[state](label.padEnd(width))}  ${plain(name)} ${paint.dim(`(${plain(type)})`)}${what}`;
    }),
    ...(more ? [`  ${more}`] : []),
  ];
}

function figure({ label, before, after, note }: FigureRow): string {
  return `  ${plain(label)}: ${plain(before)} -> ${plain(after)}${note ? `; ${plain(note)}` : ''}`;
}

function part(heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [paint.bold(heading), ...lines] : [];
}
