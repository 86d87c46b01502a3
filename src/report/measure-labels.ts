import type { EarlierRun } from '../model/history.ts';
import type { Format } from './format.ts';
import { messagesOf } from './messages.ts';

/**
 * The run with the labels of its measures in the language of the page. A label holds values (the month of an update, a version), so the English message is
 * the pattern that a record's label must fit; what fits none of its measure's patterns stays as the record says it.
 */
export function withLabels<Run extends Pick<EarlierRun, 'measures'>>(run: Run, format: Format): Run {
  if (format.language === 'en' || !run.measures) return run;
  return { ...run, measures: run.measures.map((measure) => ({ ...measure, label: labelIn(measure, format) ?? measure.label })) };
}

/** Undefined where no message fits. */
export function labelIn({ id, label }: { id: string; label: string }, { sayIfKnown, day }: Format): string | undefined {
  for (const { key, pattern } of patternsOf(id)) {
    const values = pattern.exec(label)?.groups;
    if (pattern.test(label)) return sayIfKnown(key, Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, inWords(value, day)])));
  }
  return undefined;
}

/** All messages for a measure: `<id>` and `<id>.<variant>`, the one with the most words of its own first. */
function patternsOf(id: string): { key: string; pattern: RegExp }[] {
  const keys = [...messagesOf('en')].filter(([key]) => key === `measureLabels.${id}` || key.startsWith(`measureLabels.${id}.`));
  return keys
    .map(([key, text]) => ({ key, text: String(text) }))
    .sort((a, b) => words(b.text) - words(a.text))
    .map(({ key, text }) => ({ key, pattern: patternOf(text) }));
}

function words(text: string): number {
  return text.replace(/\{\w+\}/g, '').length;
}

function patternOf(text: string): RegExp {
  const parts = text.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 1 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`);
}

/** `July 2026` in the reader's language; anything else is a name and stays. */
function inWords(value: string, day: Format['day']): string {
  const found = /^([A-Z][a-z]+) (\d{4})$/.exec(value);
  const month = found ? new Date(`1 ${value} UTC`) : undefined;
  return month && !Number.isNaN(month.getTime()) ? day(month.toISOString().slice(0, 7)) : value;
}
